/** Bodies of type `text`, for the group webhook and the app. */
import type { Message } from '../../../core/notices/message';
import { answerLines, plainLines } from '../../wire/lines';
import { splitLines } from '../../wire/split';

/** Both the webhook and the app take 2048 bytes; the app would cut the rest, the webhook refuse all (dossier 4, 5.2). */
const MAX_TEXT_BYTES = 2048;

/** Numbered parts of the message as plain text. `answers` names the buttons in words, for where none can be pressed. */
export function textParts(message: Message, answers: boolean): readonly string[] {
  const { title, body } = plainLines(message);
  return splitLines([title, ...body, ...(answers ? answerLines(message) : [])], MAX_TEXT_BYTES);
}
