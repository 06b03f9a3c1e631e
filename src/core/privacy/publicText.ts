/** Personal data that a text for the public may not bear: looked for before anybody signs it (procedure section 9). */
import { maskedToLeave } from './leaving';

/** A telephone of the office, or a hotline, may stand in it. */
const HOTLINE = /(?<![0-9])(?:1\d{4}|96\d{3,4}|0\d{2,3}[-－ ]?\d{7,8})(?![0-9])/gu;

/**
 * Does the text name private people, or give numbers by which one can be reached or known? `staff`: names of the roster, which do not stand
 * in it either. Numbers of offices do not count. Pure, may run twice.
 */
export function bearsPersonalData(text: string, staff: readonly string[]): boolean {
  const plain = text.replace(HOTLINE, '〇');
  return maskedToLeave(plain, staff) !== plain;
}
