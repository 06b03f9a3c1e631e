/** What separates one argument of a verb from the next. */

/** Without separators in front. */
export function trimmed(rest: string): string {
  return rest.replace(/^[\s,，。:：;；、]+/u, '').trimEnd();
}

/** The first run of characters without a separator, and what follows it. */
export function firstWord(rest: string): { readonly word: string; readonly rest: string } {
  const word = /^[^\s,，。:：;；、]*/u.exec(rest)?.[0] ?? '';
  return { word, rest: trimmed(rest.slice(word.length)) };
}
