/** What is done to JSON on the wire. */
import type { Roll } from './chance';

/** Put into it, or in the place of something. */
export const PIECES = [
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\',
  '\\u0000',
  '\u0000',
  '\ufeff',
  'null',
  '1e999',
  '-1',
  ',',
  ':',
  '值',
  '😀',
  'http://169.254.169.254/',
  '__proto__',
];

/** A field replaced by something of another shape. */
export function bend(body: Readonly<Record<string, unknown>>, roll: Roll): Readonly<Record<string, unknown>> {
  const keys = Object.keys(body);
  const odd = [null, 7, -1e308, true, [], {}, 'x'.repeat(5000), { a: [{}] }, 'http://127.0.0.1:9/robot/sendBySession@evil.example'];
  return { ...body, [keys[roll(keys.length)] ?? '']: odd[roll(odd.length)] };
}
