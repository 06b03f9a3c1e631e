/** The duty room's own terms and fixed moments, read from the profile: nothing here knows a number. */
import { type Rungs, SILENT, type Terms, termsOf } from '../deadlines/terms';
import { MINUTE, minuteOfDay } from '../instant';
import type { DutyStep } from '../plans/profileSchema';
import type { Rulebook } from '../plans/rulebook';

/** Kinds of duties the profile times. */
export type DutyKind = DutyStep['id'];

/** What the profile says of one kind of duty. */
export interface Timing {
  /** Term, or how long before a fixed moment it is reminded of; milliseconds. */
  readonly term: number;
  /** Minutes of the day, ascending; empty where it has no fixed moments. */
  readonly times: readonly number[];
  readonly basis: string;
  readonly rungs: Rungs;
}

/** Null where the profile times no such duty. */
export function timingOf(rules: Rulebook, kind: DutyKind): Timing | null {
  const step = rules.profile.duty.find((s) => s.id === kind);
  if (step === undefined) return null;
  const times = (step.at_times ?? []).map(minuteOfDay).sort((a, b) => a - b);
  const terms = termsOf(rules);
  const rungs = kind === 'digest' ? AT_ITS_MOMENT : kind === 'swap' ? terms.clock : standingRungs(terms, step.rings);
  return { term: step.minutes * MINUTE, times, basis: step.basis, rungs };
}

/** What people read for a kind of duty. */
export function dutyZh(rules: Rulebook, kind: string): string {
  return rules.profile.duty.find((s) => s.id === kind)?.zh ?? kind;
}

/** The digest is not owed by anybody: at its moment it is made. A swap is past asking for once the shift begins: nothing rings after its term. */
const AT_ITS_MOMENT: Rungs = { shares: [100], actions: [[]] };

/** What nobody watches but the ladder goes on after its term as an unanswered ask does. */
export function standingRungs({ ask, clock }: Terms, rings: 'ask' | 'clock' | 'none'): Rungs {
  if (rings === 'none') return SILENT;
  if (rings === 'ask') return ask;
  const over = ask.shares.findIndex((share) => share > 100);
  if (over < 0) return clock;
  return { shares: [...clock.shares, ...ask.shares.slice(over)], actions: [...clock.actions, ...ask.actions.slice(over)] };
}
