/** The shape of a deadline profile: minutes by step and column, each with its start, its rings and the mark of its rule. */
import { z } from 'zod';
import { basis, STARTS } from './schema/starts';

const id = z.string().regex(/^[a-z][a-z0-9_]*$/);
const zh = z.string().min(1);

const starts = z.enum(STARTS);

/** Minutes by column; null where the step does not apply at that level. */
const minutes = z.record(z.string(), z.int().min(1).nullable());

const step = z.strictObject({
  id,
  zh,
  basis,
  source: zh,
  starts,
  starts_level_free: starts.optional().describe('不分级的预案从何时起算，与上不同时写'),
  minutes,
  also: z
    .array(z.strictObject({ starts, minutes, basis, source: zh }))
    .default([])
    .describe('对同一件事另有规定的：几条都算，最先到的为准，全部显示'),
  at_times: z
    .record(z.string(), z.array(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)))
    .optional()
    .describe('每日固定钟点（北京时间），按列'),
  repeats_for_minutes: z.int().min(1).optional().describe('每隔这么多分钟一次，从起算后持续多久'),
  target_of: id.optional().describe('本单位为另一环节自定的更早目标'),
  rings: z.enum(['ask', 'clock', 'none']).describe('ask 按叫应阶梯，clock 按时限提醒，none 只显示'),
});

/** What a ring does about an obligation nobody has met (decisions.md section 3). An action without a configured port is skipped and said so. */
export const LADDER_ACTIONS = [
  'room_again',
  'private_again',
  'strong_reminder',
  'sms',
  'voice',
  'tell_duty_leader',
  'call_stand_in',
  'tell_office',
  'dial_list',
  'tell_commander',
] as const;
export type LadderAction = (typeof LADDER_ACTIONS)[number];

/** Actions that need a way beside the chat, which an office may or may not have. */
export const LADDER_PORTS = ['strong_reminder', 'sms', 'voice'] as const satisfies readonly LadderAction[];
export type LadderPort = (typeof LADDER_PORTS)[number];

const rung = z.strictObject({
  /** Share of the term elapsed, in percent. */
  at: z.int().min(1).max(100),
  do: z.array(z.enum(LADDER_ACTIONS)).min(1),
});

const times = z.array(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)).min(1);

/** Duties of the duty room itself, beside any incident (procedure section 11). */
const dutyStep = z.strictObject({
  id: z.enum(['sign_in', 'handover', 'roll_call', 'swap', 'zero_report', 'zero_report_upward', 'digest']),
  zh,
  basis,
  source: zh,
  minutes: z.int().min(1).describe('期限；有固定时刻的，为此前提醒的提前量'),
  at_times: times.optional().describe('每日固定时刻（北京时间）'),
  rings: z.enum(['ask', 'clock', 'none']),
});

/** One kind of entry of the standing registers: what it is about and how often it is looked at. */
const registerKind = z.strictObject({
  id,
  zh,
  basis,
  source: zh,
  part: z.enum(['prevention', 'safeguards', 'publicity', 'management', 'after_action']).describe('依据预案的哪一部分'),
  every: z
    .union([z.strictObject({ days: z.int().min(1) }), z.strictObject({ pack: z.enum(['drill', 'review', 'filing']) })])
    .describe('多久检查一次；pack 依预案的管理要求，filing 按工作日'),
  remind_days: z.int().min(1).describe('到期前多少天开始提醒'),
  rings: z.enum(['ask', 'clock', 'none']),
});

/** A whole profile. What the shape alone cannot show is looked at by `profileFaults`. */
export const profileSchema = z.strictObject({
  profile: zh,
  version: zh,
  title: zh,
  status: z.enum(['usable', 'history']).describe('history：只作记录，不得选用'),
  columns: z.array(zh).min(1),
  /** Rings of an ask within the term, ascending, the last one at 100. */
  ladder: z.array(rung).min(1),
  /** Rings of an ask after the term, one each further term. */
  overtime: z.array(z.strictObject({ do: z.array(z.enum(LADDER_ACTIONS)).min(1) })),
  /** Rings of a deadline that is no ask to one person (procedure section 5). */
  clock_ladder: z.array(rung).min(1),
  steps: z.array(step).min(1),
  duty: z.array(dutyStep).default([]).describe('值班室自身的事项；没有写的不计时'),
  register: z.array(registerKind).default([]).describe('常设台账的种类'),
});

/** A profile as the rules read it, with every default filled in. */
export type DeadlineProfile = z.infer<typeof profileSchema>;
export type DutyStep = DeadlineProfile['duty'][number];
export type RegisterKind = DeadlineProfile['register'][number];
export type ProfileStep = DeadlineProfile['steps'][number];
