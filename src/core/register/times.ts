/** How often an entry is looked at and what of the pack it rests on: all of it data. */
import { DateTime } from 'luxon';
import { afterWorkingDays } from '../calendar/calendar';
import { type Rungs, termsOf } from '../deadlines/terms';
import { standingRungs } from '../duty/times';
import type { Scene } from '../incident/decide/scene';
import { DAY, type Instant } from '../instant';
import type { RegisterKind } from '../plans/profileSchema';
import type { Rulebook } from '../plans/rulebook';
import { calendarOf } from '../roster/roster';

/** The kind as the profile describes it; null for a name it does not have. */
export function kindOf({ profile }: Pick<Rulebook, 'profile'>, id: string): RegisterKind | null {
  return profile.register.find((kind) => kind.id === id) ?? null;
}

/** The latest moment of the next review: the kind's own interval, or the one the pack asks for; filing counts working days (procedure section 11). */
export function latestReview({ rules: { pack }, roster }: Pick<Scene, 'rules' | 'roster'>, { every }: RegisterKind, at: Instant): Instant {
  if ('days' in every) return at + every.days * DAY;
  if (every.pack === 'filing') return afterWorkingDays(calendarOf(roster), at, pack.management.filing.working_days);
  return DateTime.fromMillis(at, { zone: 'Asia/Shanghai' }).plus({ months: pack.management[every.pack].months }).toMillis();
}

/** From when on a review is reminded of. */
export function remindedFrom({ remind_days }: RegisterKind, dueAt: Instant): Instant {
  return dueAt - remind_days * DAY;
}

/** Rings of a review: those of a piece of work, and overtime as an unanswered ask has it. */
export function rungsOf(rules: Rulebook, { rings }: RegisterKind): Rungs {
  return standingRungs(termsOf(rules), rings);
}

/** An entry of the pack that a register item can rest on. */
export interface Ground {
  readonly id: string;
  readonly zh: string;
  readonly by: readonly string[];
}

/** Entries of the part of the pack that the kind rests on; none where that part has no entries of its own. */
export function groundsOf({ pack }: Pick<Rulebook, 'pack'>, { part }: RegisterKind): readonly Ground[] {
  if (part === 'management') return [];
  return part === 'prevention' ? (pack.prevention?.means ?? []) : pack[part];
}
