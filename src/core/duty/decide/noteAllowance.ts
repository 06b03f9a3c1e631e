/** What a platform charges by the month runs out: the duty room and who keeps the system hear of it while there is still time to buy more. */
import { dutyRooms, unique } from '../../incident/audience';
import { holders } from '../../roster/roster';
import type { DutyCommandOf } from '../commands';
import { type DutyDecision, happened, type Scene } from './scene';

/** Pure. Whoever counts says each share once. */
export function noteAllowance({ roster }: Scene, { type: _, ...allowance }: DutyCommandOf<'NoteAllowance'>): DutyDecision {
  const told = { rooms: dutyRooms(roster), people: unique(holders(roster, 'sysadmin')) };
  return happened({ type: 'AllowanceNoted', v: 1, ...allowance, told });
}
