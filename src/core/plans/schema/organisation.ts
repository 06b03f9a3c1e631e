/** Who a plan is carried out by: command, roles, working groups, functions, outside parties, who may do what, who is told. */
import { z } from 'zod';
import { actor, categoryRef, cited, deadline, id, levelRef, UNSPECIFIED, zh } from './cited';
import { paper } from './papers';

/** A named part of somebody's work with what comes of it. */
export const duty = z.strictObject({ id, zh, ...cited, text: zh, papers: z.array(paper).default([]) });

/** The organ that commands, by the slots of its people. */
export const command = z.strictObject({
  id: id.describe('在别处引用指挥机构时用'),
  organ: zh,
  ...cited,
  standing: z.enum(['standing', 'on_activation', UNSPECIFIED]).describe('常设，还是启动时成立'),
  commander: actor,
  deputies: z.array(actor).describe('按替补次序'),
  members: z.array(actor).default([]),
  members_adjustable: z.boolean().default(false).describe('成员可按实际需要调整'),
  under: actor.optional().describe('受谁领导'),
  works_with: z.array(actor).default([]),
  summaries_to: z.array(actor).min(1).describe('启动、调级、终止时把简要情况报给谁（值班领导之外）'),
  duties: z.array(duty).default([]),
});

/** A slot of the plan. The office's directory says who fills it: holders of `bound_to.role` in `bound_to.scope`. */
export const role = z.strictObject({
  id,
  zh,
  ...cited,
  holder: zh.describe('按预案由谁担任'),
  bound_to: z.strictObject({ role: id, scope: id.optional() }).optional().describe('通讯录里的角色和范围；不写则同编号，范围为本预案'),
});

/** An organ or unit outside the plan's own bodies; `line` says on which side it stands. */
export const party = z.strictObject({
  id: id.describe('收文单位簿里的编号'),
  zh,
  ...cited,
  line: z.enum(['government', 'superior', 'peer', 'subordinate', 'internal', 'public']),
});

/** Work that follows from a step or a group. */
export const task = z.strictObject({
  id,
  zh,
  ...cited,
  to: z.array(actor).min(1),
  due: deadline.optional(),
  levels: z.array(levelRef).optional().describe('只在这些级别'),
  categories: z.array(categoryRef).optional().describe('只在这些类别'),
  optional: z.boolean().default(false).describe('视情况需要'),
});

/** Body of people within the command organ, called at activation. */
export const group = z.strictObject({
  id,
  zh,
  ...cited,
  duties: zh,
  task: zh.describe('启动时交给它的任务'),
  lead: z.union([z.literal(UNSPECIFIED), actor]).describe('牵头的角色；预案没有写的填 unspecified'),
  tasks: z
    .array(task.omit({ to: true }))
    .default([])
    .describe('除启动任务外的缺省任务'),
});

/** Acts of decisions.md section 1 that need a named role, apart from setting a level, activating and terminating. */
export const ACTS = [
  'propose_level',
  'change_response_level',
  'dismiss',
  'transfer',
  'merge',
  'sign',
  'public_release',
  'confirm_by_superior',
  'taken_over',
  'oral_approval',
  'stand_in',
  'widen_exposure',
  'not_applicable',
  'reopen',
  'archive',
] as const;

/** Who may do an act that is not bound to one level; setting, activating and terminating stand at the level itself. */
export const permission = z.strictObject({
  act: z.enum(ACTS),
  roles: z.array(actor).min(1),
  levels: z.array(levelRef).optional().describe('只在这些级别；不写则不论级别'),
  ...cited,
});

/** Whom an occasion is told to, and how loudly. */
export const telling = z.strictObject({
  id,
  when: z.enum(['reported', 'district_known', 'sensitive', 'level_set', 'activated', 'level_changed', 'terminated', 'digest']),
  how: z.enum(['mention', 'private', 'announce', 'summary', 'digest']),
  rooms: z.array(z.enum(['duty', 'command', 'county', 'incident', 'leader'])).default([]),
  people: z.array(actor).default([]),
  levels: z.array(levelRef).optional(),
  ...cited,
});

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** The way a paper takes before it leaves the house. */
export const signOff = z.strictObject({
  id,
  zh,
  ...cited,
  papers: z.array(paper).default([]).describe('只用于这些文书，不论级别；不写则按级别和报告路径'),
  off_hours: z.strictObject({ from: clockTime, until: clockTime }).optional().describe('非工作时间从简的链：写明工作时间，在此之外才可用'),
  steps: z
    .array(z.strictObject({ act: z.enum(['draft', 'review', 'text_check', 'sign', 'send']), by: z.array(actor).min(1) }))
    .min(2)
    .describe('拟稿、审核、核稿、签发、报送，依次'),
});
