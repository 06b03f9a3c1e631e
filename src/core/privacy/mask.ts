/** Masks of personal data (procedure.md section 9). */

/** 138****5678; unmasking is an audited act elsewhere. Numbers too short to be masked are hidden whole. */
export function maskedPhone(digits: string): string {
  return digits.length < 8 ? '****' : `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}
