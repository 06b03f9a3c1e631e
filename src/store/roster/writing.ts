/** The core's roster as rows. */
import type { Instant } from '../../core/instant';
import type { Roster } from '../../core/roster/roster';
import { at, atOrNull, json, plain, type Queryable, rows } from '../sql';

/** Replaces all roster rows and counts the version up. `on` is a transaction that holds the row of `roster_state`. */
export async function writeRoster(on: Queryable, roster: Roster, hash: string): Promise<void> {
  await plain(
    on,
    'roster.clear',
    'DELETE FROM memberships; DELETE FROM rooms; DELETE FROM people; DELETE FROM counties; DELETE FROM roles; DELETE FROM shifts',
  );
  const rooms = [...roster.rooms.values()];
  await rows(on, WRITE, [
    json([...roster.people.values()].map(positioned)),
    json(roster.counties.map(positioned)),
    json(rooms.map(positioned)),
    json(roster.grants.map((grant, position) => ({ ...grant, position, from: momentOf(grant.from), until: momentOf(grant.until) }))),
    json(roster.shifts.map((shift, position) => ({ ...shift, position, from: at(shift.from), until: atOrNull(shift.until) }))),
  ]);
  const members = rooms.flatMap((room) => room.members.map((person, position) => ({ room: room.id, person, position })));
  await rows(on, MEMBERS, [json(members)]);
  await rows(on, COUNT_UP, [hash, roster.bureau, roster.city]);
}

const momentOf = (moment: Instant | undefined): string | null => atOrNull(moment ?? null);

const positioned = <T extends object>(row: T, position: number) => ({ ...row, position });

const WRITE = {
  name: 'roster.write',
  text: `
    WITH p AS (
      INSERT INTO people (id, position, name, post, phone)
      SELECT * FROM jsonb_to_recordset($1::jsonb) AS r (id text, position int, name text, post text, phone text)
    ), c AS (
      INSERT INTO counties (id, position, names) SELECT * FROM jsonb_to_recordset($2::jsonb) AS r (id text, position int, names text[])
    ), m AS (
      INSERT INTO rooms (id, position, name, kind, county, plans, exposure)
      SELECT * FROM jsonb_to_recordset($3::jsonb) AS r (id text, position int, name text, kind text, county text, plans text[], exposure text)
    ), g AS (
      INSERT INTO roles (position, person_id, role, scope, from_at, until_at)
      SELECT * FROM jsonb_to_recordset($4::jsonb)
        AS r (position int, person text, role text, scope text, "from" timestamptz, until timestamptz)
    )
    INSERT INTO shifts (position, person_id, role, from_at, until_at)
    SELECT * FROM jsonb_to_recordset($5::jsonb) AS r (position int, person text, role text, "from" timestamptz, until timestamptz)`,
};

const MEMBERS = {
  name: 'roster.members',
  text: `
    INSERT INTO memberships (room_id, person_id, position)
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS r (room text, person text, position int)`,
};

const COUNT_UP = {
  name: 'roster.count_up',
  text: 'UPDATE roster_state SET version = version + 1, hash = $1, bureau = $2, city = $3',
};
