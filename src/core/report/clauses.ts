/** Sentences and clauses of a normalised text, and whether a word in them is denied. */
import type { Span } from './fields';
import { within } from './ordered';
import { unitsOf } from './units';

export interface Clause extends Span {
  readonly words: string;
  /** Number of the sentence it belongs to. */
  readonly sentence: number;
}

/** Where speech without stops turns to the next thing: words a clause begins with, and words it ends with. */
export interface Turns {
  readonly turn: readonly Span[];
  readonly breath: readonly Span[];
}

/** Clauses in order, as `clausesOf`; those too long for one breath are cut where the speech turns. */
export function spokenClauses(text: string, turns: Turns): readonly Clause[] {
  const written = clausesOf(text);
  if (!isLong(written)) return written;
  const out: Clause[] = [];
  for (const clause of written) {
    if (clause.end - clause.start <= ONE_BREATH || clause.words.includes(':')) out.push(clause);
    else turned(text, clause, turns, out);
  }
  return out;
}

function isLong(clauses: readonly Clause[]): boolean {
  for (const { start, end } of clauses) if (end - start > ONE_BREATH) return true;
  return false;
}

const ONE_BREATH = 26;
/** No clause of speech is shorter. */
const LEAST = 4;

interface Cut {
  readonly at: number;
  readonly next: number;
}

/** Adds the parts of the clause to `out`. */
function turned(text: string, clause: Clause, { turn, breath }: Turns, out: Clause[]): void {
  const cuts = cutsOf(within(turn, clause.start, clause.end), within(breath, clause.start, clause.end));
  if (cuts.length === 0) {
    out.push(clause);
    return;
  }
  cuts.push({ at: clause.end, next: clause.end });
  let start = clause.start;
  for (const { at, next } of cuts) {
    if (at - start < LEAST && at < clause.end) {
      if (at === start) start = next;
      continue;
    }
    const part = trimmed(text, start, at, clause.sentence);
    if (part !== null) out.push(part);
    start = next;
  }
}

/** In order; where both begin at one place, the turn first. */
function cutsOf(turns: readonly Span[], breaths: readonly Span[]): Cut[] {
  const cuts: Cut[] = [];
  let next = 0;
  for (const { start } of turns) {
    next = addBreaths(breaths, next, start, cuts);
    cuts.push({ at: start, next: start });
  }
  addBreaths(breaths, next, Number.POSITIVE_INFINITY, cuts);
  return cuts;
}

/** Those ahead of that place, from the one of that number on; answers the number of the next. */
function addBreaths(breaths: readonly Span[], from: number, ahead: number, cuts: Cut[]): number {
  let next = from;
  for (; next < breaths.length; next += 1) {
    const breath = breaths[next];
    if (breath === undefined || breath.start >= ahead) break;
    cuts.push({ at: breath.start, next: breath.end });
  }
  return next;
}

/** Clauses in order, cut at commas, stops, semicolons, line ends and at spaces used in their stead; empty ones left out. */
export function clausesOf(text: string, from = 0, to = text.length): readonly Clause[] {
  const out: Clause[] = [];
  let sentence = 0;
  let start = from;
  for (let i = from; i <= to; i += 1) {
    const cut = i === to ? STOP : cutAt(text, i);
    if (cut === NONE) continue;
    const clause = trimmed(text, start, i, sentence);
    if (clause !== null) out.push(clause);
    if (cut === STOP) sentence += 1;
    start = i + 1;
  }
  return out;
}

const NONE = 0;
const PAUSE = 1;
const STOP = 2;
const STOPS = unitsOf('。;!?\n');
const COMMA = 0x2c;

function cutAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code > 0x3f && code !== 0x3002) return NONE;
  if (code === SPACE) return betweenWords(text, at) ? PAUSE : NONE;
  return code === COMMA ? PAUSE : STOPS.has(code) ? STOP : NONE;
}

const SPACE = 0x20;

function betweenWords(text: string, at: number): boolean {
  if (isArabic(text, at + 1) && /^ \d{1,2}[.、)](?!\d)/.test(text.slice(at, at + 5))) return true;
  if (text[at + 1] === ' ') return false;
  let before = at - 1;
  while (before > at - 4 && text[before] === ' ') before -= 1;
  return (isChinese(text, before) || WORD_ENDS.at(text, before)) && (isChinese(text, at + 1) || text[at + 1] === '“');
}

const WORD_ENDS = unitsOf('”)0123456789');

function isChinese(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x4e00 && code <= 0x9fff;
}

function isArabic(text: string, at: number): boolean {
  return at < text.length && text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x39;
}

function trimmed(text: string, from: number, to: number, sentence: number): Clause | null {
  let start = from;
  let end = to;
  while (start < end && text.charCodeAt(start) <= SPACE) start += 1;
  while (end > start && text.charCodeAt(end - 1) <= SPACE) end -= 1;
  return start === end ? null : { start, end, words: text.slice(start, end), sentence };
}

/** Index of the clause a position stands in, by halving; -1 between clauses. */
export function clauseIndex(clauses: readonly Clause[], at: number): number {
  let low = 0;
  let high = clauses.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const clause = clauses[middle];
    if (clause === undefined) return -1;
    if (at < clause.start) high = middle - 1;
    else if (at >= clause.end) low = middle + 1;
    else return middle;
  }
  return -1;
}

/** The words up to the first of the signs, or all of them. */
export function upTo(words: string, signs: string): string {
  for (let i = 0; i < words.length; i += 1) {
    const unit = words.charCodeAt(i);
    for (let k = 0; k < signs.length; k += 1) if (signs.charCodeAt(k) === unit) return words.slice(0, i);
  }
  return words;
}

const DENIAL =
  /(?:无|未|没有?|没得|不|非|避免|防止|杜绝|暂无|并未|尚未|严防|谨防)(?:正式|书面|过|来|得|向我[局们所]|到我[局们所]|向[市县区]局|打|拨|上门|出现|发生|发现|接到|收到|造成|引发|形成|有|见|任何|人员|群体性?|群众|其他|相关|新增|大规模|再|存在|涉及|现|接报|消费者|顾客|人|性)*$/;
/** Only behind one of these can a denial end. */
const DENYING = unitsOf('无未没有不非免止绝防现生到成发见何员体众他关增模再在及报者客人性式面过来得局们所打拨门');

/** And each has one of these, within so many characters. */
const NEGATIONS = unitsOf('无未没不非免止绝防');
const AHEAD = 12;

/** Is the word at `start` denied by the few words ahead of it (无群体聚集, 未接到投诉)? */
export function isDenied(text: string, start: number): boolean {
  if (start === 0 || !DENYING.at(text, start - 1) || !NEGATIONS.within(text, start - AHEAD, start)) return false;
  return DENIAL.test(text.slice(Math.max(0, start - AHEAD), start));
}
