/** A message as bodies of type `text`: no mention, card or markup is known to work here, so all of it is words (dossier 6.5). */
import type { Message } from '../../../core/notices/message';
import { answerLines, plainLines } from '../../wire/lines';
import { splitLines } from '../../wire/split';

/** A work notice takes 2048 bytes as a whole (dossier 6.4); nothing is known of the others, so they keep to the same. */
const MAX_BODY_BYTES = 2048;
/** Tried in turn: text with many quotation marks needs more bytes in JSON. */
const TEXT_BYTES = [1960, 1800, 1500, 1200] as const;
/** Fits even if every sign needs another before it. */
const SURE_BYTES = 980;

/** The platform's `text` message. */
export function textBody(content: string): string {
  return JSON.stringify({ msgtype: 'text', text: { content } });
}

/** Numbered parts of the message's words, each a body within 2048 bytes. `stamp` is added to each as a last line. */
export function textParts(message: Message, stamp = ''): readonly string[] {
  const { title, body } = plainLines(message);
  const lines = [title, ...body, ...answerLines(message)];
  const end = stamp === '' ? '' : `\n${stamp}`;
  const within = (bytes: number) => splitLines(lines, bytes - Buffer.byteLength(end)).map((part) => `${part}${end}`);
  const fits = (parts: readonly string[]) => parts.every((part) => Buffer.byteLength(textBody(part)) <= MAX_BODY_BYTES);
  return TEXT_BYTES.map(within).find(fits) ?? within(SURE_BYTES);
}

/** As much of the message as one body takes, for a notice that points to where the whole stands. */
export function firstPart(message: Message, stamp: string): string {
  return textParts(message, stamp)[0] ?? stamp;
}

/** What a reminder on a locked telephone shows. */
const SPOKEN_SIGNS = 200;

/** One run of words without line ends, at most 200 signs. */
export function spoken(message: Message): string {
  const { title, body } = plainLines(message);
  const signs = [...[title, ...body].join('；').replace(/\s+/g, ' ').trim()];
  return signs.length <= SPOKEN_SIGNS ? signs.join('') || '…' : `${signs.slice(0, SPOKEN_SIGNS - 1).join('')}…`;
}
