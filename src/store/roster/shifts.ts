/** Shifts that a swap or a stand-in changes: rows of the roster, changed beside the event that says why. */
import type { Shift } from '../../core/roster/roster';
import { at, atOrNull, json, type Queryable, rows } from '../sql';
import { readShifts } from './reading';

/** All rows, in order. Nobody else changes the roster until the end of the transaction. */
export async function lockedShifts(on: Queryable): Promise<readonly Shift[]> {
  await rows(on, LOCK);
  return readShifts(on);
}

/** Replaces all rows and counts the version up; the import they came from keeps its mark, so that a start with the same file leaves them. */
export async function replaceShifts(on: Queryable, shifts: readonly Shift[]): Promise<void> {
  await rows(on, CLEAR);
  await rows(on, WRITE, [
    json(shifts.map((shift, position) => ({ ...shift, position, from: at(shift.from), until: atOrNull(shift.until) }))),
  ]);
  await rows(on, COUNT_UP);
}

const LOCK = { name: 'shifts.lock', text: 'SELECT version FROM roster_state FOR UPDATE' };
const CLEAR = { name: 'shifts.clear', text: 'DELETE FROM shifts' };
const WRITE = {
  name: 'shifts.write',
  text: `
    INSERT INTO shifts (position, person_id, role, from_at, until_at)
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS r (position int, person text, role text, "from" timestamptz, until timestamptz)`,
};
const COUNT_UP = { name: 'shifts.count_up', text: 'UPDATE roster_state SET version = version + 1' };
