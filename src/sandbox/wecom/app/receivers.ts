/** Whom a message of the app really goes to (dossier 5.2): people, departments, tags, visible range and licence. */
import type { Person } from '../../world';
import type { CorpParts } from '../parts';

/** The receivers of one send; the invalid ones in the platform's spelling. */
export interface Receivers {
  readonly people: readonly Person[];
  readonly unlicensed: readonly string[];
  readonly invalidUsers: readonly string[];
  readonly invalidParties: readonly string[];
  readonly invalidTags: readonly string[];
}

/** The three receiver fields of a send. */
export interface Addressing {
  readonly touser?: string | undefined;
  readonly toparty?: string | undefined;
  readonly totag?: string | undefined;
}

/** Resolves the receivers, or answers the code: 82001 none given, 40032, 82002, 82003 too many, 81013 none that counts. */
export function receiversOf(parts: CorpParts, given: Addressing): Receivers | number {
  const { world, switches } = parts;
  if (!given.touser && !given.toparty && !given.totag) return 82001;
  const [userids, parties, tags] = [listOf(given.touser), listOf(given.toparty), listOf(given.totag)];
  if (userids.length > 1000) return 40032;
  if (parties.length > 100) return 82002;
  if (tags.length > 100) return 82003;
  const visible = (person: Person | undefined): person is Person => person !== undefined && switches.reachable(person.id);
  const all = given.touser === '@all';
  const named = all ? world.people.filter(visible) : userids.map((userid) => world.personByUserid(userid)).filter(visible);
  const knownParties = parties.filter((id) => world.departments.some((department) => String(department.id) === id));
  const knownTags = world.tags.filter((tag) => tags.includes(String(tag.id)));
  const inParties = world.people.filter((person) => person.departments.some((id) => knownParties.includes(String(id))));
  const people = [...new Set([...named, ...inParties, ...knownTags.flatMap((tag) => tag.members)])].filter(visible);
  if (people.length === 0) return 81013;
  const licensed = people.filter((person) => switches.standing(person.id).licensed);
  return {
    people: licensed,
    unlicensed: people.filter((person) => !licensed.includes(person)).map((person) => person.userid.toLowerCase()),
    invalidUsers: all ? [] : userids.filter((userid) => !visible(world.personByUserid(userid))).map((userid) => userid.toLowerCase()),
    invalidParties: parties.filter((id) => !knownParties.includes(id)),
    invalidTags: tags.filter((id) => !knownTags.some((tag) => String(tag.id) === id)),
  };
}

function listOf(joined: string | undefined): string[] {
  return [...new Set((joined ?? '').split('|').filter((entry) => entry !== ''))];
}
