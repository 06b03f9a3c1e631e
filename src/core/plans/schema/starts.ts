/** Whose rule a number of minutes is, and the moments a term can run from (decisions.md section 2). */
import { z } from 'zod';

/** Mark of the rule behind a number of minutes (procedure, head). */
export const basis = z
  .enum(['law', 'nat', 'std', 'local', 'seed', 'proj'])
  .describe('law 法律法规，nat 国家文件，std 国家标准，local 地方规定，seed 预案原文，proj 本系统自定');

/** What a term begins with. */
export const STARTS = [
  'received',
  'occurred',
  'assessed',
  'level_set',
  'activated',
  'asked',
  'task_given',
  'oral_approval',
  'directive_received',
  'recorded',
  'terminated',
] as const;
