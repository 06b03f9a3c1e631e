/** How wide words are in print: a Chinese sign is one character, what is written with half the width a half. */

/** In characters of the words' own size. */
export function widthOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + (sign < '\u0100' ? 0.5 : 1), 0);
}
