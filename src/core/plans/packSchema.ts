/** The shape of a plan pack: what an office may write in `config/plan-packs/<id>/pack.yaml`. Data only; unknown keys are refused. */
import { z } from 'zod';

const id = z.string().regex(/^[a-z][a-z0-9_-]*$/, 'an identifier of lower-case letters, digits, _ or -');
const zh = z.string().min(1);
const clause = z.string().min(1);
/** Where a number or rule comes from: seed, national rule, other public plan, project judgement. */
const mark = z.enum(['S', 'N', 'P', 'J']);

/** How the duty room is to be bothered: `never_hold` is sent at any hour and takes the reserve of the windows. */
export const urgency = z.enum(['never_hold', 'normal', 'quiet']);

const authority = z.strictObject({
  /** Any one of these roles may do it; the scope is the pack, for `territorial_head` the incident's county. */
  roles: z.array(id).min(1),
  /** `proposed` until a superior organ confirms, where this office may only propose. */
  status: z.enum(['confirmed', 'proposed']).default('confirmed'),
});

const level = z.strictObject({
  rank: z.int().min(1).max(9),
  zh,
  /** Short sign in headings, e.g. Ⅲ. */
  sign: zh,
  /** What people type for it. */
  names: z.array(zh).min(1),
  clause,
  criteria: z.array(zh).min(1),
  urgency,
  /** Column of the deadline profile. */
  profile_column: zh,
  set: authority,
  activate: authority,
  terminate: authority,
  /** Whether the groups of the command organ are called, or only the county. */
  calls: z.enum(['groups', 'county']),
});

const category = z.strictObject({
  id,
  zh,
  clause,
  description: zh,
  /** Words that speak for it; … stands for up to ten characters of the same sentence (未…公示). */
  cues: z.array(zh).min(1),
  /** Words that rule it out: drills, settled lone complaints, matters of other departments. */
  against: z.array(zh).default([]),
  /** The order in which the categories of all plans are tried on a report; the lowest that fits is suggested, then the one with most words. */
  precedence: z.int().min(1).default(50),
  /** Measured facts that make it fit without any of its words, tried at an order of their own (people were hurt: before anything else). */
  by_measures: z.strictObject({ precedence: z.int().min(1), measures: z.array(id).min(1) }).optional(),
  /** Fits only when at least so many people are told of, or none are counted. */
  least_people: z.int().min(1).optional(),
  /** The on-duty leader is paged in the duty room as soon as such a report arrives. */
  page_leader: z.boolean().default(false),
});

const threshold = z.strictObject({
  rank: z.int().min(1).max(9),
  measure: id,
  /** [min, max); null is open. */
  min: z.number().min(0),
  max: z.number().nullable(),
  mark,
  source: zh,
  clause: clause.optional(),
});

const group = z.strictObject({
  id,
  zh,
  clause,
  duties: zh,
  /** Given to the group at activation. */
  task: zh,
});

export const packSchema = z.strictObject({
  pack: id,
  version: zh,
  title: zh,
  short_title: zh,
  nature: z.enum(['template', 'issued_plan']),
  level_scheme: z.enum(['none', 'graded']),
  ungraded: z.strictObject({ zh, urgency, profile_column: zh }),
  levels: z.array(level),
  level_clause: clause.optional(),
  categories: z.array(category).min(1),
  thresholds: z.array(threshold),
  command: z.strictObject({
    organ: zh,
    clause,
    commander: id,
    deputies: z.array(id),
    /** Who gets a summary at activation, level change and end, beside the on-duty leader. */
    summaries_to: z.array(id).min(1),
  }),
  groups: z.array(group),
  prior_handling: z.strictObject({ task: zh, clause }),
  activation_clause: clause,
  termination_clause: clause,
});

export type PlanPack = z.infer<typeof packSchema>;
export type PlanLevel = PlanPack['levels'][number];
export type PlanGroup = PlanPack['groups'][number];
export type PlanCategory = PlanPack['categories'][number];
export type Authority = PlanLevel['set'];

/** Faults of meaning that the shape alone cannot show, each with the path of the entry. Without a sound profile (null) its columns are not looked at. */
export function packFaults(
  pack: PlanPack,
  profileColumns: readonly string[] | null,
): readonly { path: (string | number)[]; fault: string }[] {
  const ranks = new Set(pack.levels.map((l) => l.rank));
  return [
    ...((pack.level_scheme === 'none') === pack.levels.length > 0
      ? [{ path: ['levels'], fault: pack.level_scheme === 'none' ? '不分级的预案不能列出级别' : '分级的预案必须列出级别' }]
      : []),
    ...repeats(pack.levels.map((l) => String(l.rank))).map((i) => ({ path: ['levels', i], fault: '级别重复' })),
    ...repeats(pack.categories.map((c) => c.id)).map((i) => ({ path: ['categories', i], fault: '类别重复' })),
    ...repeats(pack.groups.map((g) => g.id)).map((i) => ({ path: ['groups', i], fault: '工作组重复' })),
    ...pack.thresholds.flatMap((t, i) => [
      ...(ranks.has(t.rank) ? [] : [{ path: ['thresholds', i, 'rank'], fault: '没有这个级别' }]),
      ...(t.max !== null && t.max <= t.min ? [{ path: ['thresholds', i, 'max'], fault: '区间为空：max 必须大于 min' }] : []),
    ]),
    ...[pack.ungraded, ...pack.levels].flatMap((l, i) =>
      profileColumns === null || profileColumns.includes(l.profile_column)
        ? []
        : [
            {
              path: i === 0 ? ['ungraded', 'profile_column'] : ['levels', i - 1, 'profile_column'],
              fault: `时限档案没有“${l.profile_column}”这一列`,
            },
          ],
    ),
  ];
}

function repeats(values: readonly string[]): readonly number[] {
  return values.flatMap((value, i) => (values.indexOf(value) < i ? [i] : []));
}
