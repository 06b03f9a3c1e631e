/** Bodies for the group webhook and for answers by session webhook: the same form, with a real mention (dossier 3.1, 3.2). */
import type { Message } from '../../../core/notices/message';
import { fitLines } from './fit';
import { atLine, atList, type Called, inGroups } from './mention';
import { linesIn, previewOf, type Style } from './words';

export type Body = Readonly<Record<string, unknown>>;

/** 20,000 by the dossier; something is left for the key that each call adds. */
const MAX_BODY_BYTES = 19_800;

/** How the words are written, and the word that the robot’s own security asks of every message, if any. */
export interface HookManner {
  readonly style: Style;
  readonly keyword: string | null;
}

/** One body for each part, the people called with the last one; more people than fit are called by messages of their own. */
export function hookBodies(message: Message, called: readonly Called[], manner: HookManner): readonly Body[] {
  const [first = [], ...others] = inGroups(called);
  const title = previewOf(message);
  const lines = [...withKeyword(linesIn(manner.style, message, true), manner.keyword)];
  const bodyFor = (content: string, at: readonly Called[]): Body => bodyOf(manner, { title, content }, at);
  const parts = fitLines(lines, MAX_BODY_BYTES, (part) => JSON.stringify(bodyFor(marked(part, manner), first)));
  return [
    ...parts.map((part, at) => bodyFor(marked(part, manner), at === parts.length - 1 ? first : [])),
    ...others.map((group) => bodyFor(marked(title, manner), group)),
  ];
}

/** One part of a message as an answer by session webhook, with those it calls. */
export function answerBody(said: { readonly title: string; readonly content: string }, called: readonly Called[]): Body {
  return bodyOf({ style: 'markdown', keyword: null }, said, called);
}

function bodyOf({ style }: HookManner, { title, content }: { title: string; content: string }, called: readonly Called[]): Body {
  const names = atLine(called);
  const text = names === '' ? content : `${content}${style === 'markdown' ? '\n\n' : '\n'}${names}`;
  const said = style === 'text' ? { text: { content: text } } : { markdown: { title, text } };
  return { msgtype: style, ...said, ...atList(called) };
}

/** Where the word is not in the message anyhow it stands behind the heading. */
function withKeyword(lines: readonly string[], keyword: string | null): readonly string[] {
  if (keyword === null || lines.join('\n').includes(keyword)) return lines;
  const [heading = '', ...rest] = lines;
  return [`${heading}（${keyword}）`, ...rest];
}

/** Each part is a message of its own and needs the word. */
function marked(part: string, { keyword }: HookManner): string {
  return keyword === null || part === '' || part.includes(keyword) ? part : `${part}\n（${keyword}）`;
}
