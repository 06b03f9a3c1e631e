/** What a report can be about and how grave it is by figures: categories, measures, special matters, numeric rows, scope. */
import { z } from 'zod';
import { actor, categoryRef, cited, column, deadline, id, levelRef, mark, matterRef, measureRef, zh } from './cited';
import { basis, STARTS } from './starts';

/** One quantity thresholds may be laid on. `read` lets the report reader find it without code; without it people enter the number. */
export const measure = z.strictObject({
  id,
  zh,
  unit: zh,
  window_hours: z.int().min(1).optional().describe('按多长时间段累计'),
  read: z
    .strictObject({ near: z.array(zh).min(1), classifiers: z.array(zh).min(1) })
    .optional()
    .describe('同一句里有 near 的词，数字后跟 classifiers 的量词，即为这个数'),
});

/** A kind of incident the plan names; cues propose it, a person confirms. */
export const category = z.strictObject({
  id,
  zh,
  ...cited,
  description: zh,
  example: zh.optional(),
  law: z.array(zh).default([]).describe('相关法条，供查阅'),
  cues: z.array(zh).min(1).describe('提示用词，… 表示同一句内最多隔十个字'),
  against: z.array(zh).default([]).describe('排除用词'),
  precedence: z.int().min(1).default(50).describe('各预案的类别一并从小到大比对'),
  by_measures: z
    .strictObject({ precedence: z.int().min(1), measures: z.array(measureRef).min(1) })
    .optional()
    .describe('量到这些数即符合'),
  least_people: z.int().min(1).optional().describe('人数已知时至少这么多才符合'),
  page_leader: z.boolean().default(false).describe('一报告就 @ 带班的人'),
  needs_reason: z.boolean().default(false).describe('选这一类必须写理由'),
  asks_for: z.array(z.strictObject({ id, zh })).default([]).describe('这一类还要问清的事项'),
  proposes: z.array(actor).default([]).describe('建议调用的工作组或职能'),
  opens: z
    .array(z.enum(['opinion_track']))
    .default([])
    .describe('随之开启的处理线'),
  transfer_to: z.array(actor).default([]).describe('可以转办的部门'),
});

/** A subject with its own figures or clocks inside a plan, e.g. one that a special plan grades differently. */
export const matter = z.strictObject({
  id,
  zh,
  ...cited,
  cues: z.array(zh).min(1),
  replaces: z.array(measureRef).default([]).describe('符合本专项时，这些指标的一般标准不再适用'),
  related_plan: zh.optional().describe('另有专项预案的，写明'),
});

/** One numeric row: reaching [min, max) of a measure suggests the level. Never the plan's own unless marked S. */
export const threshold = z.strictObject({
  rank: levelRef,
  measure: measureRef,
  min: z.number().min(0).describe('含本数'),
  max: z.number().nullable().describe('不含本数；null 为不封顶'),
  mark,
  source: zh,
  clause: z.string().min(1).optional(),
  matter: matterRef.optional(),
  with: zh.optional().describe('还须同时具备的条件，由人判断'),
  allow_gap: z.boolean().default(false).describe('与下一级之间有意留空'),
});

/** What the plan is for, and to whom everything else goes. */
export const scope = z.strictObject({
  ...cited,
  area: zh,
  covers: z.array(zh).min(1),
  definition: zh.optional(),
  outside: z
    .array(z.strictObject({ id, zh, ...cited, cues: z.array(zh).default([]), to: z.array(actor).min(1) }))
    .default([])
    .describe('不适用本预案的情形，以及转给谁'),
});

/** Minutes of one deadline for a category or special matter; the strictest rule that applies wins, all are shown. */
export const deadlineOverride = z.strictObject({
  step: deadline,
  category: categoryRef.optional(),
  matter: matterRef.optional(),
  starts: z.enum(STARTS).optional().describe('不写则照时限档案'),
  minutes: z.record(column, z.int().min(1)).describe('按列'),
  basis: basis,
  source: zh,
});
