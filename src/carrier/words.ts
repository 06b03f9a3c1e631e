/** A cleared message as one text for a telephone: no markup, one line, cut at what a carrier takes. */
import type { Cleared } from '../core/privacy/clear';

/** A long short message is billed in parts; nothing we say needs more. */
const MOST_LETTERS = 200;

/** Heading and lines with commas between; control characters and the carriers' own brackets are taken out. */
export function spoken(message: Cleared): string {
  const lines = [message.heading, ...message.lines.map((line) => line.parts.map((part) => part.text).join(''))];
  const text = lines
    .join('。')
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/[【】]/g, '');
  const letters = [...text];
  return letters.length <= MOST_LETTERS ? text : `${letters.slice(0, MOST_LETTERS - 1).join('')}…`;
}
