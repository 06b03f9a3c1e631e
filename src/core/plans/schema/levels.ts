/** Levels of a plan pack: any number of them, or none. What a level does is said here and nowhere in code. */
import { z } from 'zod';
import { actor, chain, cited, column, id, rank, zh } from './cited';

/** How the duty room is to be bothered: `never_hold` is sent at any hour and takes the reserve of the windows. */
export const urgency = z.enum(['never_hold', 'normal', 'quiet']).describe('never_hold 任何时候立即发送；normal 一般；quiet 并入汇总');

/** Who may decide one act; any one of the roles will do. */
export const authority = z.strictObject({
  roles: z.array(actor).describe('有其中任一角色即可；territorial_ 开头的指事发县区'),
  status: z.enum(['confirmed', 'proposed']).default('confirmed').describe('proposed：本局只能提出，待上级确认'),
});

/** Whom an activation calls. */
export const calls = z
  .enum(['groups', 'members', 'county'])
  .describe('启动时叫谁：groups 各工作组，members 指挥机构成员，county 仅事发县区');

/** In force while no level is set, and for ever in a level-free plan, which alone says who may activate and terminate here. */
export const ungraded = z.strictObject({
  zh,
  urgency,
  profile_column: column,
  sign_off: chain,
  activate: authority.optional().describe('只在不分级的预案里写'),
  terminate: authority.optional().describe('只在不分级的预案里写'),
  calls: calls.optional().describe('只在不分级的预案里写'),
});

/** One level: its words, how it bothers people, who may decide it, whom it calls, how the plan responds. */
export const level = z.strictObject({
  rank: rank.describe('1 为最重'),
  zh,
  sign: zh.describe('标题里的简短记号'),
  names: z.array(zh).min(1).describe('人们输入的各种叫法'),
  ...cited,
  criteria: z.array(zh).min(1).describe('预案原文的文字标准'),
  example: zh.optional().describe('预案举的例子'),
  urgency,
  profile_column: column,
  sign_off: chain,
  set: authority.describe('谁可以定为本级'),
  activate: authority,
  terminate: authority,
  calls,
  response: z.strictObject({ ...cited, zh, led_by: actor.describe('由谁牵头处置') }).describe('分级响应'),
});

/** How a level is suggested; deciding stays with people. */
export const grading = z.strictObject({
  ...cited,
  combine: z.literal('gravest_match').describe('任一标准符合即建议该级，取最重'),
  thresholds_enabled: z.boolean().describe('数值标准的总开关：关上后只按预案文字'),
  escalators: z
    .array(z.strictObject({ id, zh, ...cited, cues: z.array(zh).default([]), raise_by: z.int().min(1).max(8).default(1) }))
    .default([])
    .describe('遇到这些情形，建议级别上提，不超过最重一级'),
});
