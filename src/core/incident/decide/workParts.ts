/** What the rules of the work share: who belongs to it, in which room a person is asked, who follows it, whose stand-in is called. */
import type { Instant } from '../../instant';
import { holders, type PersonId, type RoomId, type Roster, roomsOf } from '../../roster/roster';
import { commandRooms, countyRooms, dutyRooms, keeping, responseRooms, standInOf } from '../audience';
import type { Asked } from '../events';
import { type Refusal, refuse } from '../refusal';
import type { AskState, IncidentState } from '../state';
import { mayBeGivenWork, visibleInRoom } from '../visibility';
import type { Scene } from './scene';

/** Rooms that follow the work: the duty room, once the response runs all rooms of the response. */
export function followers({ rules, roster }: Scene, state: IncidentState): readonly RoomId[] {
  return state.activated === null ? dutyRooms(roster) : responseRooms(rules, roster, state);
}

/** Null for somebody who may be given work here; refuses `no_such_person`, and `not_concerned` for guests, the system administrator and other counties. */
export function concerned({ roster }: Scene, state: IncidentState, person: PersonId, hint: string): Refusal | null {
  if (!roster.people.has(person)) return refuse('no_such_person', '通讯录里没有这个人。', hint);
  return mayBeGivenWork(roster, person, state) ? null : refuse('not_concerned', `此人与事件 #${state.n} 无关，不能交办。`, hint);
}

/**
 * Where a person is asked: the room it was said in if the person sits there and the incident may be seen there, else the person's county,
 * group, command or duty room; null when there is none, then only privately.
 */
export function roomFor({ rules, roster }: Scene, state: IncidentState, person: PersonId, said: RoomId | null): RoomId | null {
  const here = said === null ? undefined : roster.rooms.get(said);
  const spoken = here !== undefined && visibleInRoom(here, state) ? [here.id] : [];
  const fromCounty = roster.grants.some((g) => g.person === person && g.role.startsWith('territorial_'));
  const own = fromCounty ? countyRooms(roster, state.county) : [];
  const groups = roomsOf(roster, 'group').map((room) => room.id);
  const all = [...spoken, ...own, ...groups, ...commandRooms(rules, roster), ...dutyRooms(roster)];
  return all.find((room) => roster.rooms.get(room)?.members.includes(person)) ?? null;
}

/** The group or function of the plan a person works in, as its leader or a member; null outside all of them. */
export function workingGroup({ rules, roster }: Scene, person: PersonId): string | null {
  return groupIds({ rules }).find((group) => inGroup(roster, group).includes(person)) ?? null;
}

/** Leader first. */
export function inGroup(roster: Roster, group: string): readonly PersonId[] {
  return [...holders(roster, 'group_leader', group), ...holders(roster, 'group_member', group)];
}

/** Leaders of all groups and functions of the plan. */
export function groupLeaders({ rules, roster }: Scene): readonly PersonId[] {
  return groupIds({ rules }).flatMap((group) => holders(roster, 'group_leader', group));
}

/** Everybody in a group or function of the plan. */
export function groupPeople({ rules, roster }: Scene): readonly PersonId[] {
  return groupIds({ rules }).flatMap((group) => inGroup(roster, group));
}

function groupIds({ rules }: Pick<Scene, 'rules'>): readonly string[] {
  return [...rules.pack.groups, ...rules.pack.functions].map((group) => group.id);
}

/** Does an ask wait for an answer about this task or directive? */
export function isAbout(ask: Asked, id: string): boolean {
  return (ask.about ?? ask.id) === id;
}

/** Who takes over what a person was asked: the recorded stand-in; for the duty officer else another officer who keeps duty now. */
export function standInFor({ roster }: Scene, ask: AskState, at: Instant): PersonId | null {
  const recorded = standInOf(roster, ask.person);
  if (recorded !== null || ask.kind !== 'duty_ack') return recorded;
  return keeping(roster, 'duty_officer', at).find((person) => person !== ask.person) ?? null;
}
