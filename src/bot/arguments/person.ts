/** A person named in a command: by @ as the chat writes it, or by the bare name. Who that is, the roster says; several may share a name. */
import { type Refusal, refuse } from '../../core/incident/refusal';
import type { PersonId, Roster } from '../../core/roster/roster';
import { nearAt } from './alike';
import { trimmed } from './spaces';

export interface Someone {
  readonly is: 'someone';
  readonly person: PersonId;
  readonly rest: string;
}

/** Somebody named at the front. Refuses `which_person` where nobody, or more than one, is meant. */
export function personAt(roster: Roster, rest: string, usage: string): Someone | Refusal {
  const at = /^[@＠]?/u.exec(rest)?.[0].length ?? 0;
  const words = rest.slice(at);
  const names = [...roster.people.values()].filter(({ name }) => words.startsWith(name)).map(({ name }) => name);
  const name = names.sort((a, b) => b.length - a.length)[0];
  if (name === undefined) return refuse('which_person', '没有读出是谁，或者通讯录里没有这个人。', hintAt(roster, words, usage));
  const people = [...roster.people.values()].filter((one) => one.name === name);
  const [person] = people;
  if (person === undefined || people.length > 1)
    return refuse(
      'which_person',
      `通讯录里有 ${people.length} 位“${name}”，无法确定是哪一位。`,
      '请由值班员在通讯录中区分同名人员',
      people.map((one) => one.id),
    );
  return { is: 'someone', person: person.id, rest: trimmed(words.slice(name.length)) };
}

/** People whose names come near, one wrong character of three. */
function hintAt(roster: Roster, words: string, usage: string): string {
  const near = nearAt([...new Set([...roster.people.values()].map((one) => one.name))], words);
  return near.length === 0 ? usage : `您是不是指：${near.map((one) => `@${one}`).join('、')}。${usage}`;
}

/** The first person @-ed anywhere in the words, and the words without that; null where nobody is @-ed. */
export function mentionedIn(roster: Roster, words: string, usage: string): Someone | Refusal | null {
  const at = words.search(/[@＠]/u);
  if (at < 0) return null;
  const found = personAt(roster, words.slice(at), usage);
  return found.is === 'refusal' ? found : { ...found, rest: trimmed([words.slice(0, at).trimEnd(), found.rest].join(' ')) };
}
