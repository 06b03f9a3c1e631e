/** A card as it looks to one person, and its twin in words that says everything the card says. */
import type { Button, CardFace } from '../messages';
import type { TemplateCard } from './cards';

/** What is drawn, what can be pressed, and the readable twin. */
export interface Face extends CardFace {
  readonly buttons: readonly Button[];
  readonly text: string;
}

/** Draws a card. A `replace_text` takes the place of the buttons; `replaces` is set when the card took the place of another one. */
export function faceOf(card: TemplateCard, replaces = false): Face {
  const title = card.main_title?.title ?? card.sub_title_text ?? '';
  const lines = linesOf(card, title);
  const buttons = card.replace_text === undefined ? buttonsOf(card) : [];
  const replaced = card.replace_text ?? (replaces ? title : undefined);
  const endings = [...buttons.map((button) => `[${button.text}]`), ...(card.replace_text ? [`[${card.replace_text}]`] : [])];
  return {
    title,
    lines,
    buttons,
    text: [title, ...lines, endings.join(' ')].filter((line) => line !== '').join('\n'),
    ...(replaced === undefined ? {} : { replaced }),
  };
}

/** The buttons and menu entries that call back; link buttons of an app open a page and are no part of it. */
function buttonsOf(card: TemplateCard): Button[] {
  const buttons = card.card_type === 'button_interaction' ? (card.button_list ?? []) : [];
  const presses = buttons.filter((button) => button.key !== undefined && button.type !== 1);
  return [...presses, ...(card.action_menu?.action_list ?? [])].map((press) => ({ key: press.key ?? '', text: press.text ?? '' }));
}

function linesOf(card: TemplateCard, title: string): string[] {
  const options = card.button_selection?.option_list?.map((option) => option.text).join('、');
  const links = (card.button_list ?? []).filter((button) => button.type === 1);
  const lines = [
    card.source?.desc,
    card.main_title?.desc,
    joined('：', card.emphasis_content?.desc, card.emphasis_content?.title),
    joined('：', card.quote_area?.title, card.quote_area?.quote_text),
    card.sub_title_text === title ? undefined : card.sub_title_text,
    ...(card.horizontal_content_list ?? []).map((row) => joined(' ', joined('：', row.keyname, row.value), row.url)),
    ...(card.jump_list ?? []).map((jump) => joined(' ', jump.title, jump.url ?? jump.question)),
    options === undefined ? undefined : joined('：', card.button_selection?.title, options),
    ...links.map((button) => joined(' ', button.text, button.url)),
    card.card_action?.type === 1 ? card.card_action.url : undefined,
  ];
  return lines.filter((line): line is string => Boolean(line));
}

function joined(separator: string, ...parts: (string | undefined)[]): string {
  return parts.filter(Boolean).join(separator);
}
