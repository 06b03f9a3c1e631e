/** Who works here, what they may do and where they can be met: the bureau's directory as plain data, as of one moment. */
import type { Instant } from '../instant';

export type PersonId = string;
export type RoomId = string;

/** How much of an incident may be seen in a room (decisions.md section 6); later ones include the earlier. */
export const EXPOSURES = ['pointer', 'summary', 'full'] as const;
export type Exposure = (typeof EXPOSURES)[number];

export const ROOM_KINDS = ['duty', 'command', 'group', 'county', 'incident', 'leader', 'private'] as const;
export type RoomKind = (typeof ROOM_KINDS)[number];

export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly post: string;
  /** Digits; masked before it is shown anywhere. */
  readonly phone: string | null;
}

/** One role held by one person. `scope` narrows it: a group id for group roles, a county id for territorial ones, a pack id for command. */
export interface Grant {
  readonly person: PersonId;
  readonly role: string;
  readonly scope: string | null;
  /** In force from here, or always; missing where the roster names no moment. */
  readonly from?: Instant;
  /** Until then, not included. */
  readonly until?: Instant;
}

/** A configured bundle of platform groups that people see as one room. */
export interface Room {
  readonly id: RoomId;
  readonly name: string;
  readonly kind: RoomKind;
  /** County id for a county room. */
  readonly county: string | null;
  /** Pack ids whose command sits in this room. */
  readonly plans: readonly string[];
  readonly exposure: Exposure;
  readonly members: readonly PersonId[];
}

/** A county-level unit of the bureau's area; `names` are all the ways people write it, the full name first. */
export interface County {
  readonly id: string;
  readonly names: readonly string[];
}

/** A person on duty in [from, until). */
export interface Shift {
  readonly person: PersonId;
  readonly role: 'duty_officer' | 'duty_leader';
  readonly from: Instant;
  readonly until: Instant | null;
}

export interface Roster {
  readonly bureau: string;
  readonly city: string;
  readonly people: ReadonlyMap<PersonId, Person>;
  readonly rooms: ReadonlyMap<RoomId, Room>;
  readonly counties: readonly County[];
  readonly grants: readonly Grant[];
  readonly shifts: readonly Shift[];
  /** People no platform can reach; missing where nobody has looked. */
  readonly unreachable?: ReadonlySet<PersonId>;
}

/** The roster as it counts at a moment: roles that have not begun or have ended are gone, and with them every right they gave. */
export function inForce(roster: Roster, at: Instant): Roster {
  const holds = ({ from, until }: Grant): boolean => (from === undefined || from <= at) && (until === undefined || at < until);
  return roster.grants.every(holds) ? roster : { ...roster, grants: roster.grants.filter(holds) };
}

/** Does the person hold the role, in this scope or without any scope? */
export function holds(roster: Roster, person: PersonId, role: string, scope: string | null = null): boolean {
  return roster.grants.some((g) => g.person === person && g.role === role && (g.scope === null || scope === null || g.scope === scope));
}

/** All holders of a role in a scope, in roster order: the first is the one to be named. */
export function holders(roster: Roster, role: string, scope: string | null = null): readonly PersonId[] {
  return roster.grants.filter((g) => g.role === role && (scope === null || g.scope === scope)).map((g) => g.person);
}

/** Who is on duty in this role at this moment, in roster order. */
export function onDuty(roster: Roster, role: Shift['role'], at: Instant): readonly PersonId[] {
  return roster.shifts.filter((s) => s.role === role && s.from <= at && (s.until === null || at < s.until)).map((s) => s.person);
}

/** Rooms of one kind, optionally of one county or for one pack, in roster order. */
export function roomsOf(roster: Roster, kind: RoomKind, about: { county?: string; plan?: string } = {}): readonly Room[] {
  return [...roster.rooms.values()].filter(
    (r) =>
      r.kind === kind &&
      (about.county === undefined || r.county === about.county) &&
      (about.plan === undefined || r.plans.includes(about.plan)),
  );
}

/** The name people read; a person who left the roster is shown by a neutral word, never by an id. */
export function nameOf(roster: Roster, person: PersonId): string {
  return roster.people.get(person)?.name ?? '（已不在册人员）';
}
