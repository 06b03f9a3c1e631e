/** The rules one incident lives under: pack and deadline profile, pinned by hash when it was reported. */

import type { PlanCategory, PlanGroup, PlanLevel, PlanPack } from './packSchema';
import type { DeadlineProfile, ProfileStep } from './profileSchema';

export interface Rulebook {
  readonly hash: string;
  readonly pack: PlanPack;
  readonly profile: DeadlineProfile;
}

export type Rank = number;

export function levelOf(rules: Pick<Rulebook, 'pack'>, rank: Rank | null): PlanLevel | null {
  return rules.pack.levels.find((l) => l.rank === rank) ?? null;
}

/** The level a person means by a word such as Ⅲ, 三级 or 较大; null when the pack has none of that name. */
export function levelNamed(rules: Rulebook, word: string): PlanLevel | null {
  const wanted = word.toLowerCase();
  return rules.pack.levels.find((l) => [l.sign, l.zh, ...l.names].some((name) => name.toLowerCase() === wanted)) ?? null;
}

export function categoryOf(rules: Rulebook, id: string | null): PlanCategory | null {
  return rules.pack.categories.find((c) => c.id === id) ?? null;
}

export function groupOf(rules: Rulebook, id: string): PlanGroup | null {
  return rules.pack.groups.find((g) => g.id === id) ?? null;
}

export function stepOf(rules: Rulebook, id: string): ProfileStep {
  const step = rules.profile.steps.find((s) => s.id === id);
  if (step === undefined) throw new Error(`deadline profile ${rules.profile.profile} has no step ${id}`);
  return step;
}

/** What people read for the kind of a deadline; the work of a task, and a record with its own term, are no steps of the profile. */
export function kindZh(rules: Rulebook, kind: string): string {
  if (kind === TASK_DONE) return '完成任务';
  return kind === RECORD_DUE ? '办理工作记录' : stepOf(rules, kind).zh;
}

/** Kind of the deadline of a work record with a term of its own, where the plan names no step for its kind. */
export const RECORD_DUE = 'record_due';

/** Kind of the deadline a task itself bears. */
export const TASK_DONE = 'task_done';

/** Column of the profile that runs at a level, or while ungraded. */
export function columnOf(rules: Rulebook, rank: Rank | null): string {
  return levelOf(rules, rank)?.profile_column ?? rules.pack.ungraded.profile_column;
}

/** Minutes of a step at a level, or while ungraded; a step that does not apply there is a fault of the caller. */
export function minutesOf(rules: Rulebook, id: string, rank: Rank | null): number {
  const column = columnOf(rules, rank);
  const minutes = stepOf(rules, id).minutes[column] ?? null;
  if (minutes === null) throw new Error(`deadline profile ${rules.profile.profile}: step ${id} has no column ${column}`);
  return minutes;
}

/** Steps that a single call fulfils, whoever takes it; papers go to every recipient. */
const BY_VOICE: readonly string[] = ['phone_superior', 'tell_duty_leader'];

/**
 * Parties outside the house that must all be served before a step counts as done, in the order of the pack: the recipients of
 * its reporting paths, without those of the county's own. Empty where there are fewer than two.
 */
export function linesOf({ pack }: Rulebook, step: string): readonly string[] {
  if (BY_VOICE.includes(step)) return [];
  const line = new Map(pack.parties.map((party) => [party.id, party.line]));
  const ours = pack.reporting_paths.filter((path) => path.deadlines.includes(step) && line.get(path.from) !== 'subordinate');
  const to = [...new Set(ours.flatMap((path) => path.to.filter((id) => line.has(id))))];
  return to.length < 2 ? [] : to;
}

/** Is `rank` graver than `other`? Rank 1 is the gravest; ungraded is the least. */
export function graver(rank: Rank | null, other: Rank | null): boolean {
  if (rank === null) return false;
  return other === null || rank < other;
}
