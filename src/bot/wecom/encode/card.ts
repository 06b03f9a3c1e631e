/** Cards with buttons, and the card that replaces one after a press (dossier 2.7, 5.2). */
import { createHash } from 'node:crypto';
import type { Button, Line, Message } from '../../../core/notices/message';
import { plainLines, withoutPage } from '../../wire/lines';
import { neutralisePlain } from '../../wire/neutralise';

/** How many characters the client shows; list lengths and bytes are enforced by the platform itself. */
export interface CardShape {
  readonly title: number;
  readonly subTitle: number;
  /** Longest value of a name-and-value row; null where lines are not shown as rows. */
  readonly value: number | null;
}
export const ROBOT_CARD: CardShape = { title: 26, subTitle: 112, value: null };
export const APP_CARD: CardShape = { title: 36, subTitle: 160, value: 30 };

type Card = Readonly<Record<string, unknown>>;

const MAX_BUTTONS = 6;
const MAX_BUTTON_TEXT = 10;
const MAX_ROWS = 6;
const MAX_DESCRIPTION = 30;

/** Button cards of the message, without `task_id`: one for each six buttons. */
export function buttonCards(message: Message, shape: CardShape): readonly Card[] {
  const cards: Card[] = [];
  for (let at = 0; at < message.buttons.length; at += MAX_BUTTONS) {
    const buttons = message.buttons.slice(at, at + MAX_BUTTONS).map((button) => buttonOf(button, shape));
    const leads = message.page === undefined ? {} : { card_action: { type: 1, url: message.page } };
    cards.push({ card_type: 'button_interaction', ...headOf(message, shape), button_list: buttons, ...leads });
  }
  return cards;
}

/** The message as its card shows it beside the text: only what the buttons are for, where the message says that. */
export function besideText(message: Message): Message {
  return message.cardHeading === undefined ? message : { ...message, heading: message.cardHeading, lines: [] };
}

/** Does the card show all of the message's text? */
export function fitsCard(message: Message, shape: CardShape): boolean {
  const { title, body } = plainLines({ ...withoutPage(message), lines: rowsOf(message, shape).others });
  return length(title) <= shape.title && length(body.join('\n')) <= shape.subTitle;
}

/** A card without buttons that takes the place of the pressed one, without `task_id`. `link` is required by the platform. */
export function pressedCard(message: Message, link: string): Card {
  const head = headOf(message, ROBOT_CARD);
  const pressed = clip(neutralisePlain(message.pressed ?? '', 'person'), MAX_DESCRIPTION);
  return {
    card_type: 'text_notice',
    ...head,
    main_title: { title: head.main_title.title, ...(pressed === '' ? {} : { desc: pressed }) },
    card_action: { type: 1, url: link },
  };
}

/** The label that takes the buttons' place on an app card. */
export function pressedLabel(message: Message): string {
  return clip(neutralisePlain(message.pressed ?? '', 'person'), MAX_BUTTON_TEXT) || '…';
}

/** A `task_id` of allowed characters, the same for the same dispatch, different for each card of it. */
export function taskIdOf(key: string, card: number): string {
  const safe = /^[A-Za-z0-9_@-]{1,100}$/.test(key) ? key : createHash('sha256').update(key).digest('hex');
  return `${safe}@${card}`;
}

/** Title, text and rows that all cards share. */
export function headOf(message: Message, shape: CardShape) {
  const { rows, others } = rowsOf(message, shape);
  const { title, body } = plainLines({ ...withoutPage(message), lines: others });
  const subTitle = clip(body.join('\n'), shape.subTitle);
  return {
    main_title: { title: clip(title, shape.title) || '…' },
    ...(subTitle === '' ? {} : { sub_title_text: subTitle }),
    ...(rows.length === 0 ? {} : { horizontal_content_list: rows }),
  };
}

/** Lines of the form 名称：内容 whose name is our own word become rows; nobody's text can invent one. */
function rowsOf(message: Message, shape: CardShape): { rows: readonly Card[]; others: readonly Line[] } {
  const rows: Card[] = [];
  const others: Line[] = [];
  for (const line of message.lines) {
    const row = shape.value === null || rows.length === MAX_ROWS ? null : rowOf(line, message, shape.value);
    if (row === null) others.push(line);
    else rows.push(row);
  }
  return { rows, others };
}

function rowOf(line: Line, message: Message, maxValue: number): Card | null {
  const first = line.parts[0];
  const keyname = first?.is === 'text' ? /^([^：\n]{1,5})：/.exec(first.text)?.[1] : undefined;
  if (keyname === undefined) return null;
  const shown = plainLines({ ...withoutPage(message), lines: [line] }).body[0] ?? '';
  const value = shown.slice(shown.indexOf('：') + 1).trim();
  if (value === '' || value.includes('\n') || length(value) > maxValue) return null;
  return { keyname: neutralisePlain(keyname, 'own'), value };
}

function buttonOf(button: Button, shape: CardShape): Card {
  const text = clip(neutralisePlain(button.text, 'person'), MAX_BUTTON_TEXT) || '…';
  return { ...(shape === APP_CARD ? { type: 0 } : {}), text, style: 1, key: button.key };
}

function length(text: string): number {
  return [...text].length;
}

/** At most so many characters, the last one then an ellipsis. */
export function clip(text: string, max: number): string {
  const signs = [...text];
  return signs.length <= max ? text : `${signs.slice(0, max - 1).join('')}…`;
}
