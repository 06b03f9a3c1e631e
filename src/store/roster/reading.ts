/** Roster rows as the core's plain data. */
import type { County, Grant, Person, Room, Roster, Shift } from '../../core/roster/roster';
import { broken } from '../fault';
import { build } from '../postgres/tables';
import { built, plain, type Queryable, rows } from '../sql';

/** Grows with every import that changed something. */
export async function rosterVersion(on: Queryable): Promise<number> {
  return (await stateOf(on)).version;
}

/** The whole roster as of one snapshot; `on` must be a transaction in which nothing was read yet. */
export async function readRoster(on: Queryable): Promise<{ readonly version: number; readonly roster: Roster }> {
  await plain(on, 'roster.snapshot', 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const { version, bureau, city } = await stateOf(on);
  const people = await readPeople(on);
  const rooms = await readRooms(on);
  const roster = {
    bureau,
    city,
    people: new Map(people.map((person) => [person.id, person])),
    rooms: new Map(rooms.map((room) => [room.id, room])),
    counties: await readCounties(on),
    grants: await readGrants(on),
    shifts: await readShifts(on),
  };
  return { version, roster };
}

async function stateOf(on: Queryable): Promise<{ version: number; bureau: string; city: string }> {
  const [state] = await rows<{ version: number; bureau: string; city: string }>(on, STATE);
  if (!state) throw broken('roster.state', 'the row of the roster is missing');
  return state;
}

async function readPeople(on: Queryable): Promise<readonly Person[]> {
  return built(on, 'roster.people', build.selectFrom('people').select(['id', 'name', 'post', 'phone']).orderBy('position'));
}

async function readRooms(on: Queryable): Promise<readonly Room[]> {
  const columns = ['id', 'name', 'kind', 'county', 'plans', 'exposure'] as const;
  const rooms = await built(on, 'roster.rooms', build.selectFrom('rooms').select(columns).orderBy('position'));
  const memberships = await built(on, 'roster.memberships', build.selectFrom('memberships').selectAll().orderBy('position'));
  const members = new Map(rooms.map((room): [string, string[]] => [room.id, []]));
  for (const { room_id, person_id } of memberships) members.get(room_id)?.push(person_id);
  return rooms.map((room) => ({ ...room, members: members.get(room.id) ?? [] }) as Room);
}

async function readCounties(on: Queryable): Promise<readonly County[]> {
  return built(on, 'roster.counties', build.selectFrom('counties').select(['id', 'names']).orderBy('position'));
}

async function readGrants(on: Queryable): Promise<readonly Grant[]> {
  const columns = ['person_id as person', 'role', 'scope', 'from_at', 'until_at'] as const;
  const found = await built(on, 'roster.roles', build.selectFrom('roles').select(columns).orderBy('position'));
  return found.map(({ from_at, until_at, ...grant }) => ({
    ...grant,
    ...(from_at === null ? {} : { from: from_at }),
    ...(until_at === null ? {} : { until: until_at }),
  }));
}

/** In the order of the import. */
export async function readShifts(on: Queryable): Promise<readonly Shift[]> {
  const columns = ['person_id as person', 'role', 'from_at as from', 'until_at as until'] as const;
  return (await built(on, 'roster.shifts', build.selectFrom('shifts').select(columns).orderBy('position'))) as Shift[];
}

const STATE = { name: 'roster.state', text: 'SELECT version, bureau, city FROM roster_state' };
