/** From a typed message to a verb, an incident number and an argument; width, spaces, courtesy and slips of dictation do not matter. */
import { COURTESY, HEARD, TAILS } from './lexicon';
import { compile, type Entry } from './matcher';
import type { VerbRow } from './row';
import { VERBS } from './table';

export interface Parsed {
  /** Null: free text. */
  readonly verb: string | null;
  /** `#12` before or after the verb, or null. */
  readonly n: number | null;
  /** What follows the verb, or the whole text without the number; line breaks and invisible signs are folded. */
  readonly rest: string;
  /** The whole text without a number at its front. */
  readonly body: string;
  /** Free text that may have been a verb, misheard: its word and what follows it; null where there is no such doubt. */
  readonly doubt?: { readonly verb: string; readonly word: string; readonly rest: string };
}

const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\p{Cc}]/gu;
const SPACES = /[\s\u3000]+/gu;

/** Pure. A verb counts only at the front, followed by a separator, the end, or (for glued verbs) its argument. */
export function parse(typed: string): Parsed {
  const visible = typed
    .replace(/[\r\n\t]+/g, ' ')
    .replace(INVISIBLE, '')
    .replace(SPACES, ' ')
    .trim();
  const before = takeNumber(visible);
  const found = verbAt(before.rest) ?? politely(before.rest);
  if (found === null) return { verb: null, n: before.n, rest: before.rest, body: before.rest };
  if (!found.sure && before.n === null)
    return { verb: null, n: null, rest: before.rest, body: before.rest, doubt: { verb: found.verb, word: found.word, rest: found.rest } };
  const after = before.n === null ? takeNumber(found.rest) : { n: before.n, rest: found.rest };
  return { verb: found.verb, ...after, body: before.rest };
}

/** `#12` at the front, in either width, and what follows it. */
function takeNumber(text: string): { readonly n: number | null; readonly rest: string } {
  const numbered = /^[#＃]\s?([0-9０-９]{1,6})(?![0-9０-９])[\s:：,，]*/u.exec(text);
  if (numbered?.[1] === undefined) return { n: null, rest: text };
  return { n: Number(numbered[1].normalize('NFKC')), rest: text.slice(numbered[0].length) };
}

/** A word that leads to a verb. */
interface Spoken {
  readonly row: VerbRow;
  /** The word of the table that is meant. */
  readonly word: string;
  readonly sure: boolean;
  /** Not a word of the table itself. */
  readonly slip: boolean;
}

interface Found {
  readonly verb: string;
  readonly word: string;
  readonly sure: boolean;
  readonly rest: string;
}

const SEPARATOR = /^[\s,，。.:：!！?？;；、~～…]/u;
const SEPARATORS = /^[\s,，。.:：!！;；、~～…]+/u;
const TAIL = new RegExp(`^(?:${TAILS.join('|')})(?=$|[\\s,，。.!！~～])`, 'u');

const atFront = compile(spoken());

/** The words of the table first, so that no slip takes the place of a word. */
function spoken(): readonly Entry<Spoken>[] {
  const own = VERBS.flatMap((row) => row.words.map((word) => ({ word, what: { row, word, sure: true, slip: false } })));
  const heard = HEARD.flatMap(({ meant, sure, unsure = '' }) => {
    const row = own.find(({ word }) => word === meant)?.what.row;
    return row === undefined ? [] : [...slips(row, meant, sure, true), ...slips(row, meant, unsure, false)];
  });
  return [...own, ...heard];
}

function slips(row: VerbRow, word: string, written: string, sure: boolean): readonly Entry<Spoken>[] {
  return written
    .split(' ')
    .filter((slip) => slip !== '')
    .map((slip) => ({ word: slip, what: { row, word, sure, slip: true } }));
}

function verbAt(body: string): Found | null {
  const found = atFront(body, (spoken, after) => after === '' || SEPARATOR.test(after) || TAIL.test(after) || isGlued(spoken, after));
  if (found === null) return null;
  const { row, word, sure } = found.what;
  const behind = isGlued(found.what, found.after) ? found.after : found.after.replace(TAIL, '');
  return { verb: row.verb, word, sure, rest: behind.replace(SEPARATORS, '') };
}

/** Behind a slip only what cannot be the rest of another word: a number, a level, an @. */
function isGlued({ row, slip }: Spoken, after: string): boolean {
  return row.glued?.test(after) === true && (!slip || /^[#＃@＠0-9０-９\u2160-\u216b]/u.test(after));
}

const POLITE = new RegExp(`^(?:(?:${[...COURTESY].sort((a, b) => b.length - a.length).join('|')})[\\s,，:：!！]*)+`, 'u');

/** 请启动, 麻烦 列表, 机器人，状态: only where a verb follows; otherwise the words stand as they were written. */
function politely(body: string): Found | null {
  const courtesy = POLITE.exec(body);
  return courtesy === null ? null : verbAt(body.slice(courtesy[0].length));
}

/** The incident a quoted notice is about: the short code every notice carries. */
export function quotedNumber(quote: string | null): number | null {
  const found = quote === null ? null : /#(\d{1,6})(?!\d)/u.exec(quote);
  return found?.[1] === undefined ? null : Number(found[1]);
}
