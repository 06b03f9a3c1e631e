/** Who is called and who is told (decisions.md section 4): rooms and people by pack, level, county and roster. */
import { deciders } from '../deadlines/owners';
import type { Instant } from '../instant';
import { groupOf, levelOf, type Rank, type Rulebook } from '../plans/rulebook';
import { holders, onDuty, type PersonId, type RoomId, type Roster, roomsOf } from '../roster/roster';
import { boundTo, countyPeople } from './authority';
import type { Asked, Audience } from './events';
import type { IncidentState } from './state';

/** Duty room, command room of the plan, room of the county concerned: where 启动, 调级 and 终止 are announced. */
export function noticeRooms(rules: Rulebook, roster: Roster, county: string | null): readonly RoomId[] {
  return [...dutyRooms(roster), ...commandRooms(rules, roster), ...countyRooms(roster, county)];
}

export function dutyRooms(roster: Roster): readonly RoomId[] {
  return roomsOf(roster, 'duty').map((r) => r.id);
}

export function commandRooms(rules: Rulebook, roster: Roster): readonly RoomId[] {
  return roomsOf(roster, 'command', { plan: rules.pack.pack }).map((r) => r.id);
}

export function countyRooms(roster: Roster, county: string | null): readonly RoomId[] {
  return county === null ? [] : roomsOf(roster, 'county', { county }).map((r) => r.id);
}

/** Where those who decide on activation at a level are @-ed: the command room, and the county's own where its head may decide. */
export function decisionRooms(rules: Rulebook, roster: Roster, rank: Rank | null, county: string | null): readonly RoomId[] {
  const byCounty = deciders(rules, rank).some((role) => role.startsWith('territorial_'));
  return [...(byCounty ? countyRooms(roster, county) : []), ...commandRooms(rules, roster)];
}

/** Rooms of this incident alone: where it was reported or somebody was asked. */
export function incidentRooms(roster: Roster, state: IncidentState): readonly RoomId[] {
  const used = new Set([state.reportedRoom, ...Object.values(state.asks).map((ask) => ask.room)]);
  return roomsOf(roster, 'incident').flatMap((room) => (used.has(room.id) ? [room.id] : []));
}

/** All rooms of the response, and those of the incident itself: where 启动, 调级, 终止 and whatever weighs as much are announced. */
export function responseRooms(rules: Rulebook, roster: Roster, state: IncidentState): readonly RoomId[] {
  return [...noticeRooms(rules, roster, state.county), ...incidentRooms(roster, state)];
}

/** Told in these rooms but the one it was said in, and privately to these people but the one who said it. */
export function toldBut(
  here: { readonly room: RoomId | null; readonly person: PersonId | null },
  rooms: readonly RoomId[],
  people: readonly PersonId[] = [],
): Audience {
  return { rooms: unique(rooms).filter((room) => room !== here.room), people: unique(people).filter((person) => person !== here.person) };
}

/** Commander and deputies whom the plan names for this matter. */
export function commanders(rules: Rulebook, roster: Roster): readonly PersonId[] {
  return unique([rules.pack.command.commander, ...rules.pack.command.deputies].flatMap((role) => boundTo(rules, roster, role)));
}

/**
 * Who keeps duty in this role now; in a gap of the roster everybody who may, so that somebody is always called. Where none of them
 * can be reached, their stand-ins beside them.
 */
export function keeping(roster: Roster, role: 'duty_officer' | 'duty_leader', at: Instant): readonly PersonId[] {
  const now = onDuty(roster, role, at);
  const keepers = now.length > 0 ? now : unique(holders(roster, role));
  return keepers.every((person) => isLost(roster, person))
    ? unique([...keepers, ...keepers.flatMap((p) => standInOf(roster, p) ?? [])])
    : keepers;
}

/** No platform reaches this person: only the telephone does. */
export function isLost(roster: Roster, person: PersonId): boolean {
  return roster.unreachable?.has(person) === true;
}

/** Who gets the push summaries at activation, level change and end. */
export function summaryReaders(rules: Rulebook, roster: Roster, at: Instant): readonly PersonId[] {
  const named = rules.pack.command.summaries_to.flatMap((role) => boundTo(rules, roster, role));
  return unique([...named, ...keeping(roster, 'duty_leader', at)]);
}

/** Leaders who read of the matter in the fixed-hour digest, since no summary is pushed to them: whoever the plan's digest names, of any field. */
export function digestReaders(rules: Rulebook, roster: Roster, at: Instant): readonly PersonId[] {
  const { tellings, roles } = rules.pack;
  const slots = tellings.filter((telling) => telling.when === 'digest').flatMap((telling) => telling.people);
  const leaders = slots.flatMap((slot) => holders(roster, roles.find(({ id }) => id === slot)?.bound_to?.role ?? slot));
  const told = summaryReaders(rules, roster, at);
  return unique(leaders).filter((person) => !told.includes(person));
}

/** A call to one person before it has an id. */
type Call = Omit<Asked, 'id'>;

/** The same calls; beside somebody nobody can reach his stand-in is called at once, unless he is called already. */
export function reaching(roster: Roster, calls: readonly Call[]): readonly Call[] {
  const called = new Set(calls.map((call) => call.person));
  return calls.flatMap((call) => {
    const standIn = isLost(roster, call.person) && call.standInFor === null ? standInOf(roster, call.person) : null;
    if (standIn === null || called.has(standIn)) return [call];
    called.add(standIn);
    return [call, { ...call, person: standIn, standInFor: call.person }];
  });
}

/** Whom a level, or an activation without levels, calls: all groups, or the command organ itself, in the command room; or only the county concerned. */
export function calledAt(rules: Rulebook, roster: Roster, rank: Rank | null, county: string | null): readonly Call[] {
  return reaching(roster, namedAt(rules, roster, rank, county));
}

function namedAt(rules: Rulebook, roster: Roster, rank: Rank | null, county: string | null): readonly Call[] {
  const { pack } = rules;
  const calls = levelOf(rules, rank)?.calls ?? pack.ungraded.calls ?? 'groups';
  if (calls === 'county') return countyCall(roster, county, 'call_out');
  const call = { kind: 'call_out' as const, room: commandRooms(rules, roster)[0] ?? null, standInFor: null };
  if (calls === 'members') {
    const { commander, deputies, members } = pack.command;
    const people = unique([commander, ...deputies, ...members].flatMap((role) => boundTo(rules, roster, role)));
    return people.map((person) => ({ ...call, person, group: null }));
  }
  return pack.groups.flatMap((group) =>
    unique([...holders(roster, 'group_leader', group.id), ...holders(roster, 'group_member', group.id)]).map((person) => ({
      ...call,
      person,
      group: group.id,
    })),
  );
}

/** The first person of the county bureau, in its own room. Empty when no county is known or it has no room. */
export function countyCall(roster: Roster, county: string | null, kind: 'prior_handling' | 'call_out'): readonly Call[] {
  const room = countyRooms(roster, county)[0];
  const person = countyPeople(roster, county)[0];
  return room === undefined || person === undefined ? [] : reaching(roster, [{ kind, person, room, group: null, standInFor: null }]);
}

/** Who stands in for a person: the named stand-in, or nobody. */
export function standInOf(roster: Roster, person: PersonId): PersonId | null {
  return holders(roster, 'stand_in', person)[0] ?? null;
}

/** Whom the response calls at a level in this incident: those of the plan but who was let go, and who was added. */
export function wantedCalls(rules: Rulebook, roster: Roster, state: IncidentState, rank: Rank | null): readonly Call[] {
  const planned = calledAt(rules, roster, rank, state.county).filter((call) => !isRemoved(state, call.person));
  const room = commandRooms(rules, roster)[0] ?? null;
  const added = Object.entries(state.members ?? {}).flatMap(([person, { is, group }]) =>
    is === 'added' ? [callOf(person, group, room)] : [],
  );
  return [...planned, ...added.filter((call) => !planned.some(({ person }) => person === call.person))];
}

/** A call-out of one person. */
export function callOf(person: PersonId, group: string | null, room: RoomId | null): Call {
  return { kind: 'call_out', person, room, group, standInFor: null };
}

/** Added to this incident by a named person. */
export function isAdded({ members }: Pick<IncidentState, 'members'>, person: PersonId): boolean {
  return members?.[person]?.is === 'added';
}

/** Let go from this incident by a named person. */
export function isRemoved({ members }: Pick<IncidentState, 'members'>, person: PersonId): boolean {
  return members?.[person]?.is === 'removed';
}

/** Calls of a level that are not asked of the same person already. */
export function newlyCalled(state: IncidentState, calls: readonly Call[]): readonly Call[] {
  const called = new Set(Object.values(state.asks).flatMap((a) => (a.kind === 'call_out' && a.stoodDownAt === null ? [a.person] : [])));
  return calls.filter((c) => !called.has(c.person));
}

/** Gives calls their ids: the command's seed and a running number, so that a repeated command makes the same ids. */
export function withIds(seed: string, calls: readonly Call[]): readonly Asked[] {
  return calls.map((call, i) => ({ ...call, id: `${seed}-${i}` }));
}

/** Title of the group an ask belongs to. */
export function groupTitle(rules: Rulebook, group: string | null): string | null {
  return group === null ? null : (groupOf(rules, group)?.zh ?? group);
}

export function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
