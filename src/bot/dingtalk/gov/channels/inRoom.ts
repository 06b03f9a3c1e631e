/** Messages in a room, where no mention is known: whoever is called there gets a work notice of his own beside it (dossier 6.4, 6.5). */
import type { Message } from '../../../../core/notices/message';
import type { Frozen } from '../../../../ports/platform';
import { firstPart, textParts } from '../encode';
import { stampOf } from '../notice';
import type { GovParts } from '../parts';
import { freeze } from '../piece';

/** As many receivers one notice may have. */
const MOST_AT_ONCE = 1000;
const HINT = '（群内点名，请到群里回复）';

/** The words for the room and, last, the notice to those it calls; people nobody has bound are left to the words and named in the log. */
export function piecesForRoom(parts: GovParts, message: Message): readonly Frozen[] {
  const words = textParts(message).map((say) => freeze({ say }));
  const people = message.mentions.filter((person) => parts.binding.people[person] !== undefined);
  const strangers = message.mentions.filter((person) => !people.includes(person));
  if (strangers.length > 0) parts.deps.log.error({ people: strangers }, 'govding: people without an account cannot be called');
  if (people.length === 0 || !parts.features.may('work')) return words;
  const say = firstPart(message, `${stampOf(parts)}\n${HINT}`);
  const lots = Array.from({ length: Math.ceil(people.length / MOST_AT_ONCE) }, (_, at) =>
    people.slice(at * MOST_AT_ONCE, (at + 1) * MOST_AT_ONCE),
  );
  return [...words, ...lots.map((notify) => freeze({ say, notify }))];
}
