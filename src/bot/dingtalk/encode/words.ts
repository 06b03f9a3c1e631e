/** A message as plain text or as the platform's markdown (dossier 3.2): people's own text can neither mention, link nor mark anything. */
import type { Message } from '../../../core/notices/message';
import { markdownLines, plainLines } from '../../wire/lines';

/** A line ends with two blanks, or the client runs it into the next one (dossier 3.2). */
const LINE_END = '  ';
const TITLE_SIGNS = 40;

/** Which way the words are written. */
export type Style = 'text' | 'markdown';

/** Lines of the message in this style, the heading first; `answers` names the buttons in words, for where none can be pressed. */
export function linesIn(style: Style, message: Message, answers: boolean): readonly string[] {
  const asked = answers ? answerLines(message) : [];
  if (style === 'text') {
    const { title, body } = plainLines(message);
    return [title, ...body, ...asked];
  }
  const { title, body } = markdownLines(message);
  return [...title.split('\n').filter(isShown).map(bold), ...body, ...asked].flatMap((line) => line.split('\n')).map(ended);
}

/** What a telephone shows of the message before it is opened: the heading, in one line. */
export function previewOf(message: Message): string {
  const title = plainLines(message).title.replace(/\s+/g, ' ').trim();
  const signs = [...title];
  return signs.length <= TITLE_SIGNS ? title || '…' : `${signs.slice(0, TITLE_SIGNS - 1).join('')}…`;
}

function answerLines(message: Message): readonly string[] {
  if (message.buttons.length === 0) return [];
  const heading = `可回复：${message.buttons.map(({ text }) => text).join('、')}`;
  return [plainLines({ ...message, ref: null, heading, lines: [] }).title];
}

function bold(line: string): string {
  return `**${line.replace(/\*/g, '＊').trim()}**`;
}

/** A number, a dash or a plus at a line's beginning would begin a list and pull the line in. */
function ended(line: string): string {
  return `${line.replace(/^(\s*\d+)\.(?=\s)/, '$1．').replace(/^(\s*)([-+])(?=\s)/, '$1－')}${LINE_END}`;
}

function isShown(line: string): boolean {
  return line.trim() !== '';
}
