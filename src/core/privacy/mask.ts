/** Masks of personal data (procedure.md section 9). */

/** 138****5678: at least four digits are always hidden, short numbers whole. Unmasking is an audited act elsewhere. */
export function maskedPhone(digits: string): string {
  const shown = Math.max(0, digits.length - 4);
  const head = Math.min(3, Math.floor(shown / 2));
  const tail = Math.min(4, shown - head);
  return `${digits.slice(0, head)}****${tail === 0 ? '' : digits.slice(-tail)}`;
}
