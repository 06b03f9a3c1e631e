/** What happens under a plan, in order: warning, activation, steps, reports upward, end, aftermath, and what stands around it. */
import { z } from 'zod';
import { actor, chain, cited, deadline, id, UNSPECIFIED, zh } from './cited';
import { task } from './organisation';
import { paper } from './papers';

const measureTaken = z.strictObject({ id, zh, ...cited, by: z.array(actor).default([]), papers: z.array(paper).default([]) });

/** What is done before anything happens. */
export const prevention = z.strictObject({ ...cited, what: zh, means: z.array(measureTaken).default([]) });

/** The plan's own warnings; a bureau's consumer alert is none of the statute's (procedure section 7). */
export const warning = z.strictObject({
  ...cited,
  what: zh,
  levels: z.union([z.literal(UNSPECIFIED), z.array(zh).min(1)]),
  issuer: z.union([z.literal(UNSPECIFIED), actor]),
  steps: z.array(measureTaken).min(1),
});

/** What sets the response going; who may do it stands at the levels. */
export const activation = z.strictObject({
  ...cited,
  what: zh,
  trigger_required: z.boolean().default(false).describe('启动必须写明由哪一种情形引起'),
  triggers: z
    .array(z.strictObject({ id, zh, ...cited, starts: deadline.optional().describe('随之起算的时限'), papers: z.array(paper).default([]) }))
    .default([]),
  papers: z.array(paper).default([]),
});

/** One step of the procedure in the plan's order. */
export const step = z.strictObject({
  seq: z.int().min(1),
  id,
  zh,
  ...cited,
  actor: z.array(actor).min(1).describe('由谁办'),
  actor_mark: cited.mark.describe('预案写明由谁办的为 S，本系统补上的为 J'),
  what: zh,
  when: zh.optional().describe('预案对时间的原话'),
  content: z.array(zh).default([]).describe('预案写明要写清的要素'),
  deadlines: z.array(deadline).default([]),
  papers: z.array(paper).default([]),
  evidence: z.array(zh).default([]).describe('办结时应有的凭据，由本系统或本单位补上'),
  tasks: z.array(task).default([]),
  approval: z.array(actor).default([]).describe('须经其中一人审定，不得跳过'),
});

/** One way a report goes, from hand to hand to its recipients. */
export const reportingPath = z.strictObject({
  id,
  zh,
  ...cited,
  from: actor,
  via: z.array(z.strictObject({ by: actor, does: zh })).default([]),
  to: z.array(actor).describe('最后的收文人'),
  condition: zh.optional(),
  when: zh.optional().describe('预案对时间的原话'),
  deadlines: z.array(deadline).default([]),
  papers: z.array(paper).default([]),
  content: z.array(zh).default([]),
  sign_off: chain.optional().describe('签发链编号；按级别签发的不写'),
});

/** Who declares stands at the levels, or at `ungraded` of a level-free plan. */
export const termination = z.strictObject({
  ...cited,
  need: z.enum(['any', 'all']),
  criteria: z.array(z.strictObject({ id, zh, ...cited })).min(1),
  proposed_by: z.array(actor).min(1),
  papers: z.array(paper).default([]),
});

/** Work that begins when the response ends. */
export const afterAction = z.strictObject({
  id,
  zh,
  ...cited,
  by: z.array(actor).min(1),
  by_mark: cited.mark,
  content: z.array(zh).min(1),
  deadlines: z.array(deadline).default([]),
  papers: z.array(paper).default([]),
  blocks_archive: z.boolean().default(false).describe('没有办完不得归档'),
});

/** Safeguards and publicity: standing work with no moment of its own. */
export const standingWork = z.strictObject({ id, zh, ...cited, items: z.array(zh).min(1), by: z.array(actor).default([]) });

const every = z.strictObject({ months: z.int().min(1), ...cited });

/** Who keeps the plan, and how often it is drilled, reviewed and filed. */
export const management = z.strictObject({
  ...cited,
  interpreter: actor,
  revised_by: actor,
  effective: zh,
  detailed_rules: z.strictObject({ ...cited, zh, filed_with: actor.optional() }).optional(),
  drill: every.describe('多久演练一次'),
  review: every.describe('多久评估一次'),
  filing: z.strictObject({ ...cited, working_days: z.int().min(1), to: z.array(actor).min(1) }),
});

/** A point the plan leaves open: a question to the office with the answer in force until it says otherwise. */
export const setting = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('choice'),
    id,
    zh: zh.describe('问题'),
    ...cited,
    options: z.array(z.strictObject({ id, zh })).min(2),
    default: id,
    value: id.optional().describe('本单位的选择；不写则用 default'),
  }),
  z.strictObject({
    kind: z.literal('number'),
    id,
    zh,
    ...cited,
    unit: zh,
    min: z.number(),
    max: z.number(),
    default: z.number(),
    value: z.number().optional(),
  }),
]);
