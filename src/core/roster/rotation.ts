/** 轮班: shifts that follow each other in turn, where the roster names people without naming ends. */
import { DAY, type Instant, localMinute, MINUTE } from '../instant';
import type { PersonId, Shift } from './roster';

/** Who follows whom, and how long each turn lasts. */
export interface Rotation {
  /** Whole days of one turn. */
  readonly days: number;
  /** Minute of the day at which turns change, Asia/Shanghai. */
  readonly changesAt: number;
  /** Begins with whoever follows those on the roster now; after the last comes the first again. */
  readonly turns: readonly Readonly<Record<Shift['role'], readonly PersonId[]>>[];
}

/** So far ahead shifts are laid down; the last of them lasts, so that somebody is always on duty. */
const AHEAD = 400 * DAY;

/** Rows of the roster from a moment on: whoever is on duty without an end has one whole turn, then the turns follow. Pure. */
export function inTurns(shifts: readonly Shift[], { days, changesAt, turns }: Rotation, from: Instant): readonly Shift[] {
  const midnight = Date.parse(`${localMinute(from).slice(0, 10)}T00:00:00+08:00`);
  const first = midnight + days * DAY + changesAt * MINUTE;
  const standing = shifts.map((shift) => (shift.until === null && shift.from < first ? { ...shift, until: first } : shift));
  const count = Math.max(Math.ceil(AHEAD / (days * DAY)), turns.length);
  const laid = Array.from({ length: count }, (_, i): readonly Shift[] => {
    const begins = first + i * days * DAY;
    const until = i === count - 1 ? null : begins + days * DAY;
    const turn = turns[i % turns.length];
    return (['duty_officer', 'duty_leader'] as const).flatMap((role) =>
      (turn?.[role] ?? []).map((person) => ({ person, role, from: begins, until })),
    );
  });
  return [...standing, ...laid.flat()];
}
