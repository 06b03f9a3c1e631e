/** From a typed message to a verb, an incident number and an argument; width, spaces and zero-width characters do not matter. */
import { VERBS } from './table';

export interface Parsed {
  /** Null: free text. */
  readonly verb: string | null;
  /** `#12` before or after the verb, or null. */
  readonly n: number | null;
  /** What follows the verb, or the whole text without the number; line breaks and invisible signs are folded. */
  readonly rest: string;
}

const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff\p{Cc}]/gu;
const SPACES = /[\s\u3000]+/gu;

/** Pure. A verb counts only at the front, followed by a separator, the end, or (for glued verbs) its argument. */
export function parse(typed: string): Parsed {
  const visible = typed
    .replace(/[\r\n\t]+/g, ' ')
    .replace(INVISIBLE, '')
    .replace(SPACES, ' ')
    .trim();
  const before = takeNumber(visible);
  const found = matchVerb(before.rest);
  if (found === null) return { verb: null, n: before.n, rest: before.rest };
  const after = before.n === null ? takeNumber(found.rest) : { n: before.n, rest: found.rest };
  return { verb: found.verb, ...after };
}

/** `#12` at the front, in either width, and what follows it. */
function takeNumber(text: string): { readonly n: number | null; readonly rest: string } {
  const numbered = /^[#＃]\s?([0-9０-９]{1,6})(?![0-9０-９])[\s:：,，]*/u.exec(text);
  if (numbered?.[1] === undefined) return { n: null, rest: text };
  return { n: Number(numbered[1].normalize('NFKC')), rest: text.slice(numbered[0].length) };
}

const LONGEST_FIRST = VERBS.flatMap((entry) => entry.words.map((word) => ({ entry, word }))).sort((a, b) => b.word.length - a.word.length);

function matchVerb(body: string): { readonly verb: string; readonly rest: string } | null {
  for (const { entry, word } of LONGEST_FIRST) {
    if (!body.startsWith(word)) continue;
    const after = body.slice(word.length);
    const separated = after === '' || /^[\s,，。.:：!！?？;；、~～]/u.test(after);
    if (separated || entry.glued?.test(after)) return { verb: entry.verb, rest: after.replace(/^[\s,，。.:：!！;；、~～]+/u, '') };
  }
  return null;
}

/** The incident a quoted notice is about: the short code every notice carries. */
export function quotedNumber(quote: string | null): number | null {
  const found = quote === null ? null : /#(\d{1,6})(?!\d)/u.exec(quote);
  return found?.[1] === undefined ? null : Number(found[1]);
}
