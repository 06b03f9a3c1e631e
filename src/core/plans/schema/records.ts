/** Which work records a plan keeps, who may write, answer, check and decide each, and by which step of the profile it is due. */
import { z } from 'zod';
import { actor, cited, deadline } from './cited';

/** Kind to the name people read and type (functions of both plans, mission rows F4 to F13 and G4 to G11). */
export const RECORD_KINDS = {
  scheme: '方案',
  liaison: '联络',
  copy_notice: '抄告',
  evidence: '证据',
  legal_question: '法律咨询',
  goods: '物资',
  opinion_sheet: '舆情',
  holding_statement: '口径',
  targeted_monitoring: '专项监测',
  supervision: '督办',
  bulletin: '简报',
  proposal: '建议',
  conclusion: '调查结论',
  document: '公文',
  meeting: '会议纪要',
} as const;

/** One kind of work record. */
export type RecordKind = keyof typeof RECORD_KINDS;

/** One kind of record under this plan; a kind without a row is not kept. The director may always act. */
export const workRecord = z.strictObject({
  kind: z.enum(Object.keys(RECORD_KINDS) as [RecordKind, ...RecordKind[]]),
  ...cited,
  enter: z.array(actor).min(1).describe('谁可以登记'),
  answer: z.array(actor).default([]).describe('没有写明交谁时，由谁答复、发放或者上报；第一位被点名'),
  check: z.array(actor).default([]).describe('谁审核'),
  decide: z.array(actor).default([]).describe('谁决定；对外口径依 authority 里的 public_release'),
  due: deadline.optional().describe('没有写时限的，依时限档案的这一环节'),
  before_end: z.boolean().default(false).describe('终止前应当已有；没有的在终止时列出'),
});
