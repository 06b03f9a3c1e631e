/** Masks of personal data (procedure.md section 9). */

/** 138****5678: at least four digits are always hidden, short numbers whole. Unmasking is an audited act elsewhere. */
export function maskedPhone(digits: string): string {
  const shown = Math.max(0, digits.length - 4);
  const head = Math.min(3, Math.floor(shown / 2));
  const tail = Math.min(4, shown - head);
  return `${digits.slice(0, head)}****${tail === 0 ? '' : digits.slice(-tail)}`;
}

const MOBILE = /(?<![0-9])1[0-9]{10}(?![0-9])/g;
const LANDLINE = /(?<![0-9])0[0-9]{2,3}[-－ ]?[0-9]{7,8}(?![0-9])/g;
const IDENTITY = /(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])/g;

/** People's words as a chat or an export may show them: telephone and identity numbers masked, everything else as written. May run twice. */
export function maskedWords(words: string): string {
  return words
    .replace(IDENTITY, (id) => `${id.slice(0, 2)}${'*'.repeat(14)}${id.slice(-2)}`)
    .replace(MOBILE, maskedPhone)
    .replace(LANDLINE, maskedPhone);
}
