/** A card as it looks to one person, and its twin in words that says everything the card says. */
import type { Button, CardFace, CardInput } from '../../messages';
import type { TemplateCard } from './card';
import { inputsOf } from './inputs';

/** What is drawn, what can be pressed, and the readable twin. */
export interface Face extends CardFace {
  readonly buttons: readonly Button[];
  readonly text: string;
}

/** Draws a card. A `replace_text` takes the place of the buttons; `replaces` is set when the card took the place of another one. */
export function faceOf(card: TemplateCard, replaces = false): Face {
  const title = card.main_title?.title || card.sub_title_text || '';
  const lines = linesOf(card, title);
  const inputs = inputsOf(card);
  const picture = card.card_image?.url ?? card.image_text_area?.image_url;
  const buttons = card.replace_text === undefined ? buttonsOf(card) : [];
  const replaced = card.replace_text ?? (replaces ? title : undefined);
  const endings = [...buttons.map((button) => `[${button.text}]`), ...(card.replace_text ? [`[${card.replace_text}]`] : [])];
  return {
    title,
    lines,
    buttons,
    text: [title, ...lines, endings.join(' ')].filter((line) => line !== '').join('\n'),
    ...(inputs.length === 0 ? {} : { inputs }),
    ...(picture === undefined ? {} : { picture }),
    ...(replaced === undefined ? {} : { replaced }),
  };
}

/** The buttons and menu entries that call back; link buttons of an app open a page and are no part of it. */
function buttonsOf(card: TemplateCard): Button[] {
  const buttons = card.card_type === 'button_interaction' ? (card.button_list ?? []) : [];
  const presses = buttons.filter((button) => button.key !== undefined && button.type !== 1);
  const submits = card.card_type === 'vote_interaction' || card.card_type === 'multiple_interaction' ? [card.submit_button] : [];
  return [...presses, ...submits, ...(card.action_menu?.action_list ?? [])].map((press) => ({
    key: press?.key ?? '',
    text: press?.text ?? '',
  }));
}

function linesOf(card: TemplateCard, title: string): string[] {
  const links = (card.button_list ?? []).filter((button) => button.type === 1);
  const lines = [
    card.source?.desc,
    card.main_title?.desc,
    joined('：', card.emphasis_content?.desc, card.emphasis_content?.title),
    joined('：', card.quote_area?.title, card.quote_area?.quote_text),
    joined(' ', card.image_text_area?.title, card.image_text_area?.desc),
    card.sub_title_text === title ? undefined : card.sub_title_text,
    ...(card.vertical_content_list ?? []).map((row) => joined('：', row.title, row.desc)),
    ...(card.horizontal_content_list ?? []).map((row) => joined(' ', joined('：', row.keyname, row.value), row.url)),
    ...(card.jump_list ?? []).map((jump) => joined(' ', jump.title, jump.url ?? jump.question)),
    ...inputsOf(card).map(inputLine),
    ...links.map((button) => joined(' ', button.text, button.url)),
    card.card_action?.type === 1 ? card.card_action.url : undefined,
  ];
  return lines.filter((line): line is string => Boolean(line));
}

function inputLine(input: CardInput): string {
  return joined('：', input.title, input.options.map((option) => option.text).join('、'));
}

function joined(separator: string, ...parts: (string | undefined)[]): string {
  return parts.filter(Boolean).join(separator);
}
