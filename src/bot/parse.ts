/** From a typed message to a verb, an incident number and an argument; width, spaces and zero-width characters do not matter. */
import { VERBS, type Verb } from './verbs';

export interface Parsed {
  /** Null: free text. */
  readonly verb: Verb | null;
  /** `#12` in front, or null. */
  readonly n: number | null;
  /** What follows the verb, or the whole text without the number; as typed. */
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
  const numbered = /^[#＃]\s?(\d{1,6})(?!\d)[\s:：,，]*/u.exec(visible);
  const n = numbered?.[1] === undefined ? null : Number(numbered[1]);
  const body = numbered === null ? visible : visible.slice(numbered[0].length);
  const found = matchVerb(body);
  return found === null ? { verb: null, n, rest: body } : { verb: found.verb, n, rest: found.rest };
}

function matchVerb(body: string): { readonly verb: Verb; readonly rest: string } | null {
  const candidates = VERBS.flatMap((entry) => entry.words.map((word) => ({ entry, word }))).sort((a, b) => b.word.length - a.word.length);
  for (const { entry, word } of candidates) {
    if (!body.startsWith(word)) continue;
    const after = body.slice(word.length);
    const separated = after === '' || /^[\s,，。.:：!！?？;；、~～]/u.test(after);
    if (separated || entry.glued) return { verb: entry.verb, rest: after.replace(/^[\s,，。.:：!！;；、~～]+/u, '') };
  }
  return null;
}

/** The incident a quoted notice is about: the short code every notice carries. */
export function quotedNumber(quote: string | null): number | null {
  const found = quote === null ? null : /#(\d{1,6})(?!\d)/u.exec(quote);
  return found?.[1] === undefined ? null : Number(found[1]);
}
