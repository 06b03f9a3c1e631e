/** What opening a record and entering in it share: who may, who is asked next, who hears of it. */
import type { Instant } from '../../instant';
import type { RecordKind } from '../../plans/schema/records';
import { holders, type PersonId, type RoomId } from '../../roster/roster';
import { commandRooms, countyRooms, dutyRooms, standInOf, unique } from '../audience';
import { countyPeople, mayAs, mayDo, peopleOf } from '../authority';
import type { Asked } from '../events';
import { ruleOf } from '../records/find';
import { KINDS, type Power } from '../records/kinds';
import type { RecordTo, WorkRecord } from '../records/record';
import { type IncidentState, rankOf } from '../state';
import type { Scene } from './scene';
import { isAbout, roomFor, workingGroup } from './workParts';

/** A record as far as powers hang on it; one that is just being opened has no opener yet. */
export type Concerning = Pick<WorkRecord, 'kind' | 'to'> & Partial<Pick<WorkRecord, 'id' | 'by'>>;

/** Everybody who may take a step of this power, the first to be asked first. */
export function mayPower(scene: Scene, state: IncidentState, record: Concerning, power: Power, at: Instant): readonly PersonId[] {
  const row = ruleOf(scene.rules, record.kind);
  if (row === undefined) return [];
  if (power === 'release') return mayDo(scene, 'public_release', state, at, rankOf(state));
  if (power === 'answer')
    return unique([...addressed(scene, state, record), ...mayAs(scene, row.answer, state, at), ...addedTo(scene, state, row.answer)]);
  const opener = power === 'enter' && record.by !== undefined ? [record.by] : [];
  return unique([...opener, ...mayAs(scene, row[power], state, at), ...addedTo(scene, state, row[power])]);
}

/** Added to one of these groups for this incident; to none by name, to the organ that commands. */
function addedTo({ rules }: Scene, { members }: IncidentState, actors: readonly string[]): readonly PersonId[] {
  const into = Object.entries(members ?? {}).filter(([, { is }]) => is === 'added');
  return into.flatMap(([person, { group }]) => (actors.includes(group ?? rules.pack.command.id) ? [person] : []));
}

/** The person it goes to, whoever stands in or was called in his place; the people of the county; of a party those the roster knows. */
function addressed(scene: Scene, state: IncidentState, { to, id }: Concerning): readonly PersonId[] {
  const called = Object.values(state.asks).flatMap((ask) =>
    ask.kind === 'record' && id !== undefined && isAbout(ask, id) ? ask.person : [],
  );
  const { roster } = scene;
  if (to?.kind === 'person') return unique([to.id, standInOf(roster, to.id) ?? [], called].flat());
  return to?.kind === 'county' ? unique([...countyPeople(roster, to.id), ...called]) : called;
}

/**
 * Who is asked by name for a step: whom it goes to, else the first of those the plan names. Null where nobody is, and where the actor can
 * take the step himself; whoever drafted a text is not asked to check it.
 */
export function nextPerson(
  scene: Scene,
  state: IncidentState,
  record: Concerning,
  asks: Power | 'opener' | null,
  { at, actor }: { readonly at: Instant; readonly actor: PersonId },
): PersonId | null {
  if (asks === null) return null;
  if (asks === 'opener') return record.by === actor ? null : (record.by ?? null);
  const people = askedFor(scene, state, record, asks, at);
  if (asks === 'check' || asks === 'release') return people.find((person) => person !== actor && person !== record.by) ?? null;
  return people.includes(actor) ? null : (people[0] ?? null);
}

function askedFor(scene: Scene, state: IncidentState, { kind, to }: Concerning, power: Power, at: Instant): readonly PersonId[] {
  if (power === 'answer' && to?.kind === 'person') return [to.id];
  if (power === 'answer' && to?.kind === 'county') return countyPeople(scene.roster, to.id);
  if (power === 'answer' && to !== null) return [];
  if (power === 'release') return mayDo(scene, 'public_release', state, at, rankOf(state));
  const named = (ruleOf(scene.rules, kind)?.[power] ?? []).flatMap((actor) => peopleOf(scene, actor, state, at));
  return named.length > 0 || power === 'answer' ? named : holders(scene.roster, 'director');
}

/** The call to that person, where he sits; a county in its own room. */
export function askOf(scene: Scene, state: IncidentState, person: PersonId, to: RecordTo | null, said: RoomId | null): Omit<Asked, 'id'> {
  const room = to?.kind === 'county' ? (countyRooms(scene.roster, to.id)[0] ?? null) : roomFor(scene, state, person, said);
  return { kind: 'record', person, room, group: workingGroup(scene, person), standInFor: null };
}

/** Rooms that hear of a new record of a kind that is announced: the duty room, once the response runs the command's room as well. */
export function hearers({ rules, roster }: Scene, { activated }: IncidentState, kind: RecordKind): readonly RoomId[] {
  if (!KINDS[kind].announced) return [];
  return activated === null ? dutyRooms(roster) : [...dutyRooms(roster), ...commandRooms(rules, roster)];
}

/** Rooms in which somebody was asked about it, and the one it was opened in. */
export function roomsOfRecord({ asks }: IncidentState, { id, room }: WorkRecord): readonly RoomId[] {
  const asked = Object.values(asks).flatMap((ask) => (ask.kind === 'record' && isAbout(ask, id) ? (ask.room ?? []) : []));
  return unique([...(room === null ? [] : [room]), ...asked]);
}

/** Of these the ones in which whoever owes the next step sits; he can be @-ed there. */
export function roomsOfOwner(scene: Scene, state: IncidentState, record: WorkRecord): readonly RoomId[] {
  const sits = roomsOfRecord(state, record).filter((room) => scene.roster.rooms.get(room)?.members.includes(record.owner));
  if (sits.length > 0) return sits;
  const own = roomFor(scene, state, record.owner, record.room);
  return own === null ? [] : [own];
}
