/** A month of the roster takes the place of what stood there; everybody whose days change is told. */
import { dutyRooms, keeping, unique } from '../../incident/audience';
import type { Instant } from '../../instant';
import { changesOf, monthSpan, withMonth } from '../../roster/month/replace';
import type { DutyCommandOf } from '../commands';
import { type DutyDecision, happened, type Scene } from './scene';

/** The sheet was read without faults under the lock of the roster. No event where nothing changes: a sheet may be imported twice. */
export function importRoster({ roster }: Scene, command: DutyCommandOf<'ImportRoster'>, at: Instant): DutyDecision {
  const { month, source, shifts, changeAt } = command;
  const span = monthSpan(month, changeAt);
  const changes = changesOf(roster.shifts, withMonth(roster.shifts, shifts, span), month, changeAt);
  if (changes.length === 0) return happened();
  const affected = unique(changes.flatMap(({ before, after }) => [...before, ...after]));
  const people = unique([...affected, ...keeping(roster, 'duty_leader', at)]).filter((person) => roster.people.has(person));
  return happened({ type: 'RosterImported', v: 1, month, source, ...span, shifts, changes, told: { rooms: dutyRooms(roster), people } });
}
