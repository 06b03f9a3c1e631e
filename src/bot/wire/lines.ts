/** A message as lines of neutral text, for plain and for markdown types alike. */
import type { Message, Part } from '../../core/notices/message';
import { neutraliseMarkdown, neutralisePlain, type Voice } from './neutralise';

export interface Lines {
  readonly title: string;
  readonly body: readonly string[];
}

/** Title (with the incident's short code, by which a quote is matched) and lines for types without markup. */
export function plainLines(message: Message): Lines {
  return linesOf(message, neutralisePlain);
}

/** The same for markdown types; the title is not yet bold. */
export function markdownLines(message: Message): Lines {
  return linesOf(message, neutraliseMarkdown);
}

/** The same without the address of its page, for cards that lead there themselves. */
export function withoutPage({ page: _page, ...message }: Message): Message {
  return message;
}

/** The message for where nothing can be pressed: it does not speak of buttons. */
export function withoutPresses<M extends Message>(message: M): M {
  return { ...message, lines: message.lines.map((line) => ({ ...line, parts: line.parts.filter(({ is }) => is !== 'press') })) };
}

/** One line that says what can be answered instead of pressing a button; none without buttons. */
export function answerLines(message: Message): readonly string[] {
  if (message.buttons.length === 0) return [];
  return plainLines({
    ...withoutPage(message),
    ref: null,
    heading: `可回复：${message.buttons.map((button) => button.text).join('、')}`,
    lines: [],
  }).title.split('\n');
}

function linesOf(message: Message, neutralise: (text: string, voice: Voice) => string): Lines {
  const encode = (part: Part) => neutralise(part.text, part.is === 'text' || part.is === 'press' ? 'own' : 'person');
  const leads = message.page === undefined ? [] : [neutralise(`手机办理：${message.page}`, 'own')];
  return {
    title: neutralise(titleOf(message), 'own'),
    body: [...message.lines.map((line) => line.parts.map(encode).join('')), ...leads].filter((line) => line !== ''),
  };
}

function titleOf(message: Message): string {
  return message.ref === null || names(message.heading, message.ref) ? message.heading : `${message.ref} ${message.heading}`;
}

/** #1 is not named by #12. */
function names(heading: string, ref: string): boolean {
  for (let at = heading.indexOf(ref); at >= 0; at = heading.indexOf(ref, at + 1))
    if (!/\d/.test(heading.charAt(at + ref.length))) return true;
  return false;
}
