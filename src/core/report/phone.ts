/** The number to call back. */
import type { Found } from './fields';

const NUMBER = /(?<![\d-])(?:1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}[\s-]?\d{7,8}|(?<=电话[:为是\s]{0,3})[2-8]\d{6,7})(?![\d])/;

/** Digits of the first phone number of a normalised text; hotlines (12315, 110) are none. */
export function contactPhone(text: string): Found<string> | null {
  const m = NUMBER.exec(text);
  return m === null ? null : { value: m[0].replace(/\D/g, ''), spans: [{ start: m.index, end: m.index + m[0].length }] };
}
