/** Words on their way into a file: what XML can hold, how it is written there, how wide it is in print. */

/** Signs that an XML document cannot hold, such as a bell in a pasted text, are left out. */
export function writable(text: string): string {
  return text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '');
}

/** As XML writes it, in a text or an attribute. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** How wide words are in print, in characters of their own size: a Chinese sign is one, what is written with half the width a half. */
export function widthOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + (sign < '\u0100' ? 0.5 : 1), 0);
}
