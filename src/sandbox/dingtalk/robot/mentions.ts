/** Whom a message really pages (dossier 3.2): the id must stand in `at` and, after an @, in the words as well. */
import { z } from 'zod';
import type { Room } from '../../world';
import type { Book } from '../book';

export const atSchema = z.looseObject({
  atMobiles: z.array(z.string()).optional(),
  atUserIds: z.array(z.string()).optional(),
  isAtAll: z.union([z.boolean(), z.string()]).optional(),
});

/** The list of a message, as received. */
export type At = z.output<typeof atSchema>;

/** The words as members read them, and the person ids that were paged: members of the room only, none in a private chat. */
export function withMentions(book: Book, room: Room, words: string, at: At = {}): { readonly text: string; readonly pinged: string[] } {
  if (room.owner !== null) return { text: words, pinged: [] };
  const marked = room.members.flatMap((id) => {
    const { userid, person } = book.account(id);
    const keys = [...(at.atUserIds?.includes(userid) ? [userid] : []), ...(at.atMobiles?.includes(person.phone) ? [person.phone] : [])];
    const shown = keys.filter((key) => key !== '' && markOf(key).test(words));
    return shown.length > 0 ? [{ id, name: person.name, keys: shown }] : [];
  });
  const text = marked.reduce((left, { keys, name }) => keys.reduce((l, key) => l.replace(markOf(key, 'g'), `@${name}`), left), words);
  if (at.isAtAll === true || at.isAtAll === 'true') return { text: `${text} @所有人`, pinged: [...room.members] };
  return { text, pinged: marked.map(({ id }) => id) };
}

/** `@id` that is not the beginning of a longer id. */
function markOf(id: string, flags = ''): RegExp {
  return new RegExp(`@${id.replace(/[^A-Za-z0-9_]/g, '\\$&')}(?![A-Za-z0-9_-])`, flags);
}
