/** Bodies of type `text`, for the group webhook and the app. */
import type { Message } from '../../../core/notices/message';
import { plainLines } from './lines';
import { splitLines } from './split';

/** Both the webhook and the app take 2048 bytes; the app would cut the rest, the webhook refuse all (dossier 4, 5.2). */
const MAX_TEXT_BYTES = 2048;

/** Numbered parts of the message as plain text. `answers` names the buttons in words, for where none can be pressed. */
export function textParts(message: Message, answers: boolean): readonly string[] {
  const { title, body } = plainLines(message);
  return splitLines([title, ...body, ...(answers ? answerLines(message) : [])], MAX_TEXT_BYTES);
}

/** One line that says what can be answered instead of pressing a button; none without buttons. */
export function answerLines(message: Message): readonly string[] {
  if (message.buttons.length === 0) return [];
  return plainLines({
    ...message,
    ref: null,
    heading: `可回复：${message.buttons.map((button) => button.text).join('、')}`,
    lines: [],
  }).title.split('\n');
}
