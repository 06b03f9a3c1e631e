/** Whom something goes to, as people write it: a person, a section by the name of its posts, a body or unit of the plan. */
import { peopleOf } from '../../core/incident/authority';
import type { RecordTo } from '../../core/incident/records/record';
import type { Said } from '../verbs/row';
import { namedAt } from './named';
import { personAt } from './person';
import { firstWord, trimmed } from './spaces';

/** Whom, and what stands behind the name. */
export interface Addressee {
  readonly to: RecordTo;
  readonly rest: string;
}

/** Named at the front, with or without an @; of a section or a body its first person. Null where nobody is meant. */
export function addresseeAt(said: Said, words: string): Addressee | null {
  const bare = trimmed(words.replace(/^[@＠]/u, ''));
  const person = personAt(said.turn.roster, bare, '');
  if (person.is === 'someone') return { to: { kind: 'person', id: person.person }, rest: person.rest };
  return bodyAt(said, bare) ?? sectionAt(said, bare) ?? partyAt(said, bare);
}

/** A unit of the plan's recipient book, named at the front. */
export function partyAt({ rules }: Said, words: string): Addressee | null {
  const named = namedAt(rules.pack.parties, words);
  return named === null ? null : { to: { kind: 'party', id: named.found.id }, rest: named.rest };
}

/** A role, group or function of the plan behind which somebody stands. */
function bodyAt({ rules, turn, state }: Said, words: string): Addressee | null {
  const named = namedAt([...rules.pack.groups, ...rules.pack.functions, ...rules.pack.roles], words);
  const [first] = named === null ? [] : peopleOf({ rules, roster: turn.roster }, named.found.id, state, turn.at);
  return named === null || first === undefined ? null : { to: { kind: 'person', id: first }, rest: named.rest };
}

/** The first on the roster whose post begins with the word: 消保科 means its head. */
function sectionAt({ turn }: Said, words: string): Addressee | null {
  const { word, rest } = firstWord(words);
  const found = word.length < LEAST_SECTION ? undefined : [...turn.roster.people.values()].find(({ post }) => post.startsWith(word));
  return found === undefined ? null : { to: { kind: 'person', id: found.id }, rest };
}

const LEAST_SECTION = 3;
