/** Checks of what a person can press or choose on a card (dossier 2.7, section 7): keys, options, list lengths. */
import { byteLength } from '../text';
import type { CardSender, TemplateCard } from './card';

const KEY_BYTES = 1024;
const OPTION_BYTES = 128;
const MAX_FEEDBACK_BYTES = 256;

type Options = readonly { readonly id?: string | undefined; readonly text?: string | undefined }[];

/** One to six buttons; an app's button of type 1 opens a link and needs no key. */
export function buttonFault(card: TemplateCard, sender: CardSender): number {
  if (byteLength(card.feedback?.id ?? '') > MAX_FEEDBACK_BYTES) return 40058;
  if (card.card_type !== 'button_interaction') return 0;
  const buttons = card.button_list ?? [];
  if (buttons.length < 1 || buttons.length > 6) return 40058;
  if (buttons.some((button) => !button.text)) return 42038;
  if (buttons.some((button) => button.style !== undefined && (button.style < 1 || button.style > 4))) return 40058;
  const callbacks = buttons.filter((button) => !(sender === 'app' && button.type === 1));
  if (buttons.some((button) => !callbacks.includes(button) && !button.url)) return 42028;
  const keys = callbacks.map((button) => button.key ?? '');
  const illegal = keys.some((key) => key === '' || byteLength(key) > KEY_BYTES);
  return illegal || new Set(keys).size !== keys.length ? 42039 : 0;
}

/** The drop-down of a button card. */
export function selectionFault(card: TemplateCard): number {
  const selection = card.button_selection;
  if (!selection || card.card_type !== 'button_interaction') return 0;
  return questionFault(selection.question_key) || optionFault(selection.option_list ?? [], 10);
}

/** The one question of a vote: 1 to 20 options, one or many of them. */
export function checkboxFault(card: TemplateCard): number {
  if (card.card_type !== 'vote_interaction') return 0;
  const box = card.checkbox;
  if (box?.mode !== undefined && box.mode !== 0 && box.mode !== 1) return 40058;
  return questionFault(box?.question_key) || optionFault(box?.option_list ?? [], 20);
}

/** One to three drop-downs. */
export function selectListFault(card: TemplateCard): number {
  if (card.card_type !== 'multiple_interaction') return 0;
  const lists = card.select_list ?? [];
  if (lists.length < 1 || lists.length > 3) return 42047;
  if (new Set(lists.map((list) => list.question_key)).size !== lists.length) return 42043;
  return lists.reduce((found, list) => found || questionFault(list.question_key) || optionFault(list.option_list ?? [], 10), 0);
}

/** The button that sends the choices. */
export function submitFault(card: TemplateCard): number {
  if (card.card_type !== 'vote_interaction' && card.card_type !== 'multiple_interaction') return 0;
  if (!card.submit_button?.text) return 42049;
  const key = card.submit_button.key ?? '';
  return key === '' || byteLength(key) > KEY_BYTES ? 42046 : 0;
}

function questionFault(key: string | undefined): number {
  return !key || byteLength(key) > KEY_BYTES ? 42043 : 0;
}

function optionFault(options: Options, max: number): number {
  if (options.length < 1 || options.length > max) return 42037;
  const ids = options.map((option) => option.id ?? '');
  if (ids.some((id) => id === '' || byteLength(id) > OPTION_BYTES) || new Set(ids).size !== ids.length) return 42040;
  return options.some((option) => !option.text) ? 42041 : 0;
}
