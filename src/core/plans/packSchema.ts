/** The shape of a plan pack: what an office may write in `config/plan-packs/<id>/pack.yaml`. Data only; unknown keys are refused. */
import { z } from 'zod';
import { cited, id, UNSPECIFIED, zh } from './schema/cited';
import { type authority, grading, level, ungraded } from './schema/levels';
import { category, deadlineOverride, matter, measure, scope, threshold } from './schema/matters';
import { command, group, party, permission, role, signOff, telling } from './schema/organisation';
import { workRecord } from './schema/records';
import {
  activation,
  afterAction,
  management,
  prevention,
  reportingPath,
  setting,
  standingWork,
  step,
  termination,
  warning,
} from './schema/response';

/** A whole plan. What the shape alone cannot show (references, ranges, clauses) is looked at by `packFaults`. */
export const packSchema = z.strictObject({
  pack: id,
  version: zh,
  title: zh,
  short_title: zh,
  nature: z.enum(['template', 'issued_plan']).describe('template 范文，issued_plan 已印发的预案'),
  status: z.enum(['draft', 'trial', 'in_force', 'superseded']),
  issuer: zh,
  document_number: zh.describe('没有的写 unspecified'),
  dated: zh.describe('没有的写 unspecified'),
  supersedes: zh.optional(),
  addressed_to: z.array(zh).default([]),
  sources: z.array(zh).min(1).describe('文本来自哪里，做过哪些订正'),
  basis: z.array(zh).min(1).describe('编制依据'),
  purpose: z.strictObject({ ...cited, zh }),
  principles: z.array(z.strictObject({ zh, meaning: zh, ...cited })).default([]),
  clauses: z.record(z.string(), zh).describe('预案的条款目录：编号和标题；各处的 clause 都要在这里'),
  deadline_profiles: z.array(id).min(1).describe('可以选用的时限档案，第一个为缺省'),
  scope,
  level_scheme: z.enum(['none', 'graded']),
  ungraded,
  levels: z.array(level),
  grading,
  measures: z.array(measure),
  categories: z.array(category).min(1),
  matters: z.array(matter).default([]),
  thresholds: z.array(threshold),
  deadline_overrides: z.array(deadlineOverride).default([]),
  command,
  roles: z.array(role).min(1),
  parties: z.array(party).default([]),
  groups: z.array(group),
  functions: z.array(group).default([]).describe('不设工作组的职能'),
  authority: z.array(permission).min(1),
  sign_off: z.array(signOff).min(1),
  tellings: z.array(telling).min(1),
  prevention: prevention.optional(),
  warning,
  activation,
  prior_handling: z.strictObject({ ...cited, task: zh }),
  procedure: z.array(step).min(1),
  records: z.array(workRecord).default([]).describe('处置中要建的工作记录：谁登记、谁答复、谁决定'),
  reporting_paths: z.array(reportingPath).min(1),
  termination,
  after_action: z.array(afterAction).min(1),
  safeguards: z.array(standingWork).default([]),
  publicity: z.array(standingWork).default([]),
  management,
  settings: z.array(setting).default([]).describe('预案没有写明、由本单位选定的事项'),
});

/** A pack as the rules read it, with every default filled in; its parts follow. */
export type PlanPack = z.infer<typeof packSchema>;
export type PlanLevel = PlanPack['levels'][number];
export type PlanGroup = PlanPack['groups'][number];
export type PlanCategory = PlanPack['categories'][number];
export type PlanRole = PlanPack['roles'][number];
export type PlanStep = PlanPack['procedure'][number];
export type Authority = z.infer<typeof authority>;
export { UNSPECIFIED };
