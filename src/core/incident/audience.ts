/** Who is called and who is told (decisions.md section 4): rooms and people by pack, level, county and roster. */
import type { Instant } from '../instant';
import { groupOf, levelOf, type Rulebook } from '../plans/rulebook';
import { holders, onDuty, type PersonId, type RoomId, type Roster, roomsOf } from '../roster/roster';
import { inScope } from './authority';
import type { Asked } from './events';
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

/** Commander and deputies whom the plan names for this matter. */
export function commanders(rules: Rulebook, roster: Roster): readonly PersonId[] {
  return unique([rules.pack.command.commander, ...rules.pack.command.deputies].flatMap((role) => inScope(roster, role, rules.pack.pack)));
}

/** Who keeps duty in this role now; in a gap of the roster everybody who may, so that somebody is always called. */
export function keeping(roster: Roster, role: 'duty_officer' | 'duty_leader', at: Instant): readonly PersonId[] {
  const now = onDuty(roster, role, at);
  return now.length > 0 ? now : unique(holders(roster, role));
}

/** Who gets the push summaries at activation, level change and end. */
export function summaryReaders(rules: Rulebook, roster: Roster, at: Instant): readonly PersonId[] {
  const named = rules.pack.command.summaries_to.flatMap((role) => inScope(roster, role, rules.pack.pack));
  return unique([...named, ...keeping(roster, 'duty_leader', at)]);
}

/** A call to one person before it has an id. */
type Call = Omit<Asked, 'id'>;

/** Whom a level calls: every leader and member of all groups in the command room, or only the county concerned. */
export function calledAt(rules: Rulebook, roster: Roster, rank: number | null, county: string | null): readonly Call[] {
  if (rank !== null && levelOf(rules, rank)?.calls === 'county') return countyCall(roster, county, 'call_out');
  const room = commandRooms(rules, roster)[0] ?? null;
  return rules.pack.groups.flatMap((group) =>
    unique([...holders(roster, 'group_leader', group.id), ...holders(roster, 'group_member', group.id)]).map((person) => ({
      kind: 'call_out' as const,
      person,
      room,
      group: group.id,
      standInFor: null,
    })),
  );
}

/** The first person of the county bureau, in its own room. Empty when no county is known or it has no room. */
export function countyCall(roster: Roster, county: string | null, kind: 'prior_handling' | 'call_out'): readonly Call[] {
  const room = countyRooms(roster, county)[0];
  const person =
    county === null ? undefined : [...holders(roster, 'territorial_head', county), ...holders(roster, 'territorial_member', county)][0];
  return room === undefined || person === undefined ? [] : [{ kind, person, room, group: null, standInFor: null }];
}

/** Who stands in for a person: the named stand-in, or nobody. */
export function standInOf(roster: Roster, person: PersonId): PersonId | null {
  return holders(roster, 'stand_in', person)[0] ?? null;
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
