/** A message as bodies of type `text`: no mention, card or markup is known to work here, so all of it is words (dossier 6.5). */
import type { Message } from '../../../core/notices/message';
import { answerLines, plainLines, withoutPresses } from '../../wire/lines';
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

/** Numbered parts of the message's words, each a body within 2048 bytes. `mark` stands behind the first line of each; the last line stays last. */
export function textParts(message: Message, mark = ''): readonly string[] {
  const { title, body } = plainLines(withoutPresses(message));
  const lines = [title, ...body, ...answerLines(message)];
  const within = (bytes: number) => splitLines(lines, bytes - Buffer.byteLength(mark)).map((part) => marked(part, mark));
  const fits = (parts: readonly string[]) => parts.every((part) => Buffer.byteLength(textBody(part)) <= MAX_BODY_BYTES);
  return TEXT_BYTES.map(within).find(fits) ?? within(SURE_BYTES);
}

function marked(part: string, mark: string): string {
  const [first = '', ...rest] = part.split('\n');
  return [`${first}${mark}`, ...rest].join('\n');
}

/** As much of the message as one body takes, for a notice that points to where the whole stands. */
export function firstPart(message: Message, mark: string): string {
  return textParts(message, mark)[0] ?? mark;
}

/** What a reminder on a locked telephone shows. */
const SPOKEN_SIGNS = 200;

/** One run of words without line ends, at most 200 signs. */
export function spoken(message: Message): string {
  const { title, body } = plainLines(withoutPresses(message));
  const signs = [...[title, ...body].join('；').replace(/\s+/g, ' ').trim()];
  return signs.length <= SPOKEN_SIGNS ? signs.join('') || '…' : `${signs.slice(0, SPOKEN_SIGNS - 1).join('')}…`;
}
