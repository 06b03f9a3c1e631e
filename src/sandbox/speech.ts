/** What people say and send in a conversation, the same on every platform. */
import type { FileKind, Message, Place } from './messages';
import type { Person, Room } from './world';

/** Who says it, where, and how it is delivered. `mentionBot` matters in groups only; `copies` delivers the same so often. */
export interface Speaker {
  readonly room: Room;
  readonly person: Person;
  readonly quote: Message | null;
  readonly mentionBot: boolean;
  readonly copies: number;
}

/** What somebody sends: words, a file, words with pictures, a place or a link. `transcript` is what a voice message says. */
export type Speech =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: FileKind; readonly name: string; readonly data: Buffer; readonly transcript: string }
  | { readonly kind: 'mixed'; readonly text: string; readonly pictures: readonly { readonly name: string; readonly data: Buffer }[] }
  | { readonly kind: 'location'; readonly place: Place }
  | { readonly kind: 'link'; readonly title: string; readonly description: string; readonly url: string; readonly picture: string };

/** What the record keeps of a speech: everything but the bytes. */
export function noteOf(speech: Speech): Record<string, unknown> {
  if (speech.kind === 'mixed') return { ...speech, pictures: speech.pictures.map((picture) => picture.name) };
  return 'data' in speech ? { ...speech, data: `${speech.data.length} bytes` } : { ...speech };
}
