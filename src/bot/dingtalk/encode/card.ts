/** Interactive cards (dossier 3.7): what the console's template shows, the people it calls, and what a press changes for one person. */
import type { Message } from '../../../core/notices/message';
import { markdownLines, plainLines } from '../../wire/lines';
import { neutralisePlain } from '../../wire/neutralise';
import { fitLines } from './fit';
import { previewOf } from './words';

/** Values of a template's variables; the platform takes texts only, so lists are JSON in a text. */
export type CardParams = Readonly<Record<string, string>>;

/**
 * The template that the office makes in the console has these variables: `title`, `text` (markdown), `status` (what became of it) and
 * `buttons`, a list of `{id, text}` whose `id` comes back in a press.
 */
const MAX_TEXT_BYTES = 3_000;
const MAX_TITLE_SIGNS = 60;
const MAX_BUTTON_SIGNS = 10;
const MAX_STATUS_SIGNS = 30;

/** The message as a card; `whole` false: only what the buttons ask for, because the words went before it. */
export function cardParams(message: Message, whole: boolean): CardParams {
  const shown = whole || message.cardHeading === undefined ? message : { ...message, heading: message.cardHeading };
  return {
    title: titleOf(shown),
    text: whole ? textOf(shown) : '',
    status: '',
    buttons: JSON.stringify(
      message.buttons.map(({ key, text }) => ({ id: key, text: clip(neutralisePlain(text, 'person'), MAX_BUTTON_SIGNS) || '…' })),
    ),
  };
}

/** The whole message as cards, the buttons on the last one. */
export function cardPages(message: Message): readonly CardParams[] {
  const whole = cardParams(message, true);
  const texts = fitLines(
    markdownLines(message).body.map((line) => `${line}  `),
    MAX_TEXT_BYTES,
    (text) => text,
  );
  if (texts.length === 1) return [whole];
  return texts.map((text, at) => ({ ...whole, text, ...(at === texts.length - 1 ? {} : { buttons: '[]' }) }));
}

/** Does a card show all of the message's words? */
export function fitsCard(message: Message): boolean {
  return Buffer.byteLength(textOf(message)) <= MAX_TEXT_BYTES && [...plainLines(message).title].length <= MAX_TITLE_SIGNS;
}

/** What the one who pressed sees from then on: no buttons, and what was done. */
export function pressedParams(message: Message): CardParams {
  return { status: clip(neutralisePlain(message.pressed ?? '', 'person'), MAX_STATUS_SIGNS) || '…', buttons: '[]' };
}

/** How a card's message stands in the list of conversations and on a locked telephone. */
export function cardNotice(message: Message): Readonly<Record<string, unknown>> {
  const preview = previewOf(message);
  return { supportForward: false, lastMessageI18n: { ZH_CN: preview }, notification: { alertContent: preview, notificationOff: false } };
}

/** Names beside the ids of those called: as the message itself names them, else the id. */
export function namesIn(message: Message): (person: string) => string | undefined {
  const named = message.lines.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.is === 'name' ? [[part.person, part.text] as const] : [])),
  );
  const names = new Map(named);
  return (person) => {
    const name = names.get(person);
    return name === undefined ? undefined : neutralisePlain(name, 'person');
  };
}

function titleOf(message: Message): string {
  return clip(plainLines(message).title.replace(/\s+/g, ' ').trim(), MAX_TITLE_SIGNS) || '…';
}

function textOf(message: Message): string {
  return markdownLines(message).body.join('  \n');
}

function clip(text: string, max: number): string {
  const signs = [...text];
  return signs.length <= max ? text : `${signs.slice(0, max - 1).join('')}…`;
}
