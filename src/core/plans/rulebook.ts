/** The rules one incident lives under: pack and deadline profile, pinned by hash when it was reported. */

import type { PlanCategory, PlanGroup, PlanLevel, PlanPack } from './packSchema';
import type { DeadlineProfile, ProfileStep } from './profileSchema';

export interface Rulebook {
  readonly hash: string;
  readonly pack: PlanPack;
  readonly profile: DeadlineProfile;
}

export type Rank = number;

export function levelOf(rules: Rulebook, rank: Rank | null): PlanLevel | null {
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

/** Minutes of a step at a level, or while ungraded; a step that does not apply there is a fault of the caller. */
export function minutesOf(rules: Rulebook, id: string, rank: Rank | null): number {
  const column = levelOf(rules, rank)?.profile_column ?? rules.pack.ungraded.profile_column;
  const minutes = stepOf(rules, id).minutes[column] ?? null;
  if (minutes === null) throw new Error(`deadline profile ${rules.profile.profile}: step ${id} has no column ${column}`);
  return minutes;
}

/** Is `rank` graver than `other`? Rank 1 is the gravest; ungraded is the least. */
export function graver(rank: Rank | null, other: Rank | null): boolean {
  if (rank === null) return false;
  return other === null || rank < other;
}
