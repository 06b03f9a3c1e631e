/** Bodies of type `markdown` for the robot. */
import type { Message } from '../../../core/notices/message';
import { answerLines, markdownLines } from '../../wire/lines';
import { splitLines } from '../../wire/split';

const MAX_MARKDOWN_BYTES = 20_480;

/** Numbered parts as markdown, the title bold. `answers` as for text. */
export function markdownParts(message: Message, answers: boolean): readonly string[] {
  const { title, body } = markdownLines(message);
  const bold = title
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => `**${line.replace(/\*/g, '＊').trim()}**`);
  return splitLines([...bold, ...body, ...(answers ? answerLines(message) : [])], MAX_MARKDOWN_BYTES);
}
