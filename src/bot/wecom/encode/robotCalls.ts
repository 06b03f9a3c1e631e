/** What the robot's messages are made of, for the long connection and the callback address alike (dossier 2.6 to 2.10). */
import type { Cleared } from '../../../core/privacy/clear';
import type { Ticket } from '../../../ports/platform';
import { answerLines } from '../../wire/lines';
import { type Call, withUpdate } from '../call';
import type { Features } from '../features';
import type { WecomBinding } from '../settings';
import { besideText, buttonCards, fitsCard, pressedCard, ROBOT_CARD } from './card';
import { markdownParts } from './markdown';
import { textParts } from './text';

/** A robot’s message of type `markdown`. */
export function markdownBody(content: string): Readonly<Record<string, unknown>> {
  return { msgtype: 'markdown', markdown: { content } };
}

/** Markdown and cards of the message; after a press the update of the card, on entering the greeting. Never throws on any text. */
export function robotCalls(message: Cleared, ticket: Ticket | null, binding: WecomBinding, features: Features): readonly Call[] {
  const cards = features.may('aibot.cards');
  const calls = plainCalls(message, cards);
  if (ticket?.kind === 'robot_welcome') return withWelcome(message, calls);
  if (message.pressed === undefined || ticket?.kind !== 'robot_event' || !cards) return calls;
  const showsAll = fitsCard(message, ROBOT_CARD) && message.buttons.length === 0;
  return withUpdate(pressedCard(message, linkOf(binding)), showsAll, calls);
}

/** The page a card leads to when the platform wants one. */
export function linkOf(binding: WecomBinding): string {
  return binding.consoleUrl ?? new URL(binding.apiBase).origin;
}

function plainCalls(message: Cleared, cards: boolean): readonly Call[] {
  const isAlone = cards && message.buttons.length > 0 && fitsCard(message, ROBOT_CARD);
  const asCards = cards ? buttonCards(isAlone ? message : besideText(message), ROBOT_CARD) : [];
  const texts = isAlone ? [] : markdownParts(message, asCards.length === 0);
  const plain = isAlone ? markdownParts(message, true) : [answerLines(message).join('\n')];
  return [
    ...texts.map((content) => ({ message: markdownBody(content) })),
    ...asCards.map((card, at) => ({
      message: { msgtype: 'template_card', template_card: card },
      card: at + 1,
      plain: at === 0 ? plain.map(markdownBody) : [],
    })),
  ];
}

function withWelcome(message: Cleared, calls: readonly Call[]): readonly Call[] {
  const [first, ...rest] = calls;
  const [text, more] = textParts(message, true);
  if (first === undefined || text === undefined || more !== undefined) return calls;
  const isWhole = rest.length === 0 && first.card === undefined;
  return isWhole ? [{ ...first, welcome: { msgtype: 'text', text: { content: text } } }] : calls;
}
