/** 责任单位: deadlines are owed by a person or a role; the figures add them up by the unit that answers for them. */
import type { PersonId, Roster } from '../roster/roster';

/** Deadlines of one owner in incidents of one county, by how they ended; `overdue` are open past their moment. */
export interface OwedCount {
  /** Person or role, as the deadline has it. */
  readonly owner: string;
  readonly county: string | null;
  readonly met: number;
  readonly missed: number;
  readonly overdue: number;
}

/** A county bureau, a working group, a section, or a post of the office by its role. */
export interface Unit {
  readonly is: 'county' | 'group' | 'section' | 'role';
  readonly id: string;
}

export type UnitCount = Unit & Pick<OwedCount, 'met' | 'missed' | 'overdue'>;

/** The county bureau concerned, as deadlines name it that no person of it owes. */
const COUNTY_OWNERS: readonly string[] = ['territorial_bureau', 'territorial_head', 'territorial_member'];
/** What a role with a scope stands for. */
const SCOPED: Readonly<Record<string, Unit['is']>> = {
  territorial_head: 'county',
  territorial_member: 'county',
  group_leader: 'group',
  group_member: 'group',
  section_head: 'section',
  section_in_charge: 'section',
};

/** One line a unit, the most owed first. Pure. */
export function unitsOf(roster: Roster, counts: readonly OwedCount[]): readonly UnitCount[] {
  const units = new Map<string, UnitCount>();
  for (const { owner, county, met, missed, overdue } of counts) {
    const unit = unitOf(roster, owner, county);
    const key = `${unit.is}:${unit.id}`;
    const before = units.get(key) ?? { ...unit, met: 0, missed: 0, overdue: 0 };
    units.set(key, { ...before, met: before.met + met, missed: before.missed + missed, overdue: before.overdue + overdue });
  }
  const total = (unit: UnitCount): number => unit.met + unit.missed + unit.overdue;
  return [...units.values()].filter((unit) => total(unit) > 0).sort((a, b) => total(b) - total(a) || a.id.localeCompare(b.id));
}

/** What sections are called, by id: as the post of their first person says it, without the rank. Pure. */
export function sectionNames({ grants, people }: Roster): Readonly<Record<string, string>> {
  const named = new Map<string, string>();
  for (const { role, scope, person } of grants) {
    const post = people.get(person)?.post ?? '';
    if (SCOPED[role] === 'section' && scope !== null && post !== '' && !named.has(scope)) named.set(scope, post.replace(RANK, ''));
  }
  return Object.fromEntries(named);
}

const RANK = /副?(?:科长|处长|主任|负责人)$/u;

/** Somebody who left the roster since is counted under no name: `left`. */
function unitOf(roster: Roster, owner: string, county: string | null): Unit {
  if (COUNTY_OWNERS.includes(owner)) return county === null ? { is: 'role', id: 'territorial_head' } : { is: 'county', id: county };
  if (!roster.people.has(owner)) return { is: 'role', id: isRole(roster, owner) ? owner : 'left' };
  return unitOfPerson(roster, owner);
}

function isRole({ grants }: Roster, id: string): boolean {
  return grants.some(({ role }) => role === id) || /^[a-z]+(_[a-z]+)+$/.test(id);
}

/** By the first role that stands for a unit, else by the first of all. */
function unitOfPerson({ grants }: Roster, person: PersonId): Unit {
  const own = grants.filter((grant) => grant.person === person && grant.role !== 'stand_in');
  const scoped = own.find(({ role, scope }) => scope !== null && SCOPED[role] !== undefined);
  if (scoped?.scope !== undefined && scoped.scope !== null) return { is: SCOPED[scoped.role] ?? 'role', id: scoped.scope };
  return { is: 'role', id: own[0]?.role ?? 'left' };
}
