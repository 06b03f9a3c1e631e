/** Finding the cue words of plan packs in a message: all lists in one pass, the longest that fits, denied ones left out. */
import { isDenied } from '../report/clauses';
import type { Span } from '../report/fields';
import { type Normal, tracedSpan } from '../report/normal';
import { endAt, endsAt, mayBegin, plant, step, type Trie } from '../report/trie';
import { holdsUnit, unitsOf } from '../report/units';

export interface Hit {
  readonly cue: string;
  /** How many characters of the message speak for it: bridges do not. */
  readonly weight: number;
  /** In the original text. */
  readonly span: Span;
}

/** Given a text, the hits of each list in order; 未接到投诉 is no hit for 投诉, while a cue that denies by itself (未…公示) is one. */
export type CueFinder = (normal: Normal) => readonly (readonly Hit[])[];

interface Cue {
  /** What must follow the first part, each within ten characters of the same sentence; null when nothing must. */
  readonly rest: RegExp | null;
  /** The units its other parts begin with. */
  readonly firsts: readonly (readonly number[])[];
  /** A cue that tells of people or acts is denied by 没人 before its last part too (多人…投诉); one that denies by itself (未…公示) is not. */
  readonly deniable: boolean;
  /** Characters of its parts that are bridged to. */
  readonly bridged: number;
  /** Counts only in the setting of its list. */
  readonly gated: boolean;
  readonly lists: readonly number[];
}

/**
 * `…` bridges up to ten characters of one sentence; 学生/幼儿…呕吐/腹泻 stands for all four pairs. Quotation marks, spaces and the case
 * of letters do not matter. An entry `@平台/网店/!12315平台` is a setting of its list (`!` hides what it covers): a cue with `@` behind it
 * counts only in a text that holds a word of each of them. `@@` is a setting that only likeness asks for.
 */
export function cueFinder(lists: readonly (readonly string[])[]): CueFinder {
  const where = new Map<string, number[]>();
  lists.forEach((cues, list) => {
    for (const cue of cues) if (!cue.startsWith('@')) where.set(cue, [...(where.get(cue) ?? []), list]);
  });
  const settings = lists.map((cues) => cues.filter((cue) => /^@[^@]/.test(cue)).map(settingOf));
  const trie = plant(
    [...where].flatMap(([written, at]) => {
      const gated = written.endsWith('@');
      const [heads = '', ...rest] = plainly(gated ? written.slice(0, -1) : written).split('…');
      const cue: Cue = {
        rest: rest.length === 0 ? null : following(rest),
        firsts: rest.map((part) => [...new Set(part.split('/').map((word) => word.charCodeAt(0)))]),
        deniable: rest.length > 0 && !/[未没无不拒停失假]/.test(written),
        bridged: rest.reduce((sum, part) => sum + (part.split('/')[0] ?? '').length, 0),
        gated,
        lists: at,
      };
      return heads.split('/').map((head) => [head, cue] as const);
    }),
  );
  const desk = deskFor(trie, settings);
  return (normal) => found(desk, normal);
}

type Setting = readonly RegExp[];

const NO_SETTING: Setting = [];

const SETTINGS = new Map<string, RegExp>();

/** Hidden words first, then those that count; lists with the same setting share it. */
function settingOf(entry: string): RegExp {
  const known = SETTINGS.get(entry);
  if (known !== undefined) return known;
  const words = plainly(entry.slice(1)).split('/');
  const hidden = words.filter((w) => w.startsWith('!')).map((w) => w.slice(1));
  const counting = words.filter((w) => !w.startsWith('!'));
  const setting = new RegExp(`${hidden.map((w) => `${escaped(w)}|`).join('')}(${counting.map(escaped).join('|')})`, 'g');
  SETTINGS.set(entry, setting);
  return setting;
}

/** Each setting is looked for once in a text. */
function inSetting(text: string, settings: Setting, known: Map<RegExp, boolean>): boolean {
  return settings.every((setting) => {
    const told = known.get(setting) ?? holdsSetting(text, setting);
    known.set(setting, told);
    return told;
  });
}

function holdsSetting(text: string, setting: RegExp): boolean {
  setting.lastIndex = 0;
  for (let m = setting.exec(text); m !== null; m = setting.exec(text)) if (m[1] !== undefined) return true;
  return false;
}

function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function following(parts: readonly string[]): RegExp {
  const bridges = parts.map((part) => `[^。;!\\n]{0,${BRIDGE}}?(?:${part.split('/').map(spaced).join('|')})`);
  return new RegExp(bridges.join(''), 'y');
}

/** Marks and spaces between its characters do not matter. */
function spaced(words: string): string {
  return [...words].map(escaped).join('[“”《》 ]?');
}

function plainly(words: string): string {
  return words
    .replace(/[^…]+/g, (part) => part.normalize('NFKC'))
    .replace(/[“”《》 ]/g, '')
    .toLowerCase();
}

function isMark(code: number): boolean {
  return code === 0x20 || code === 0x201c || code === 0x201d || code === 0x300a || code === 0x300b;
}

interface Match extends Span {
  readonly cue: Cue;
  /** Characters of its first part. */
  readonly head: number;
}

/** What a search needs to remember on its way: made once for all texts, clean again before each. */
interface Desk {
  readonly trie: Trie<Cue>;
  /** For each cue by its number where its parts begin in `parts`; 0 when nothing must follow it. */
  readonly needs: Int32Array;
  /** Of each cue how many other parts it has; of each of those how many units it may begin with, and those units. */
  readonly parts: Int32Array;
  /** Where the last hit of each list ends. */
  readonly free: Int32Array;
  /** One bit for each unit of the text, by its last bits: what is not in it need not be looked for. */
  readonly filter: Int32Array;
  readonly matches: Match[];
  readonly settings: readonly Setting[];
  readonly known: Map<RegExp, boolean>;
}

function deskFor(trie: Trie<Cue>, settings: readonly Setting[]): Desk {
  const needs = new Int32Array(trie.things.length);
  const parts = [0];
  trie.things.forEach(({ firsts }, number) => {
    if (firsts.length === 0) return;
    needs[number] = parts.length;
    parts.push(firsts.length, ...firsts.flatMap((units) => [units.length, ...units]));
  });
  const filter = new Int32Array(FILTER_BITS >> 5);
  return {
    trie,
    needs,
    parts: Int32Array.from(parts),
    free: new Int32Array(settings.length),
    filter,
    matches: [],
    settings,
    known: new Map(),
  };
}

function found(desk: Desk, normal: Normal): readonly (readonly Hit[])[] {
  const { trie, free, matches } = desk;
  free.fill(0);
  desk.known.clear();
  const text = lowered(normal.text, desk.filter);
  const length = text.length;
  const hits: Hit[][] = [];
  let unit = length === 0 ? 0 : text.charCodeAt(0);
  for (let start = 0; start < length; start += 1) {
    const next = start + 1 < length ? text.charCodeAt(start + 1) : 0;
    const begins = mayBegin(trie, unit, isMark(next) ? unitFrom(text, start + 2) : next);
    let node = begins ? (trie.first[unit] ?? 0) : 0;
    unit = next;
    if (node === 0) continue;
    let skipped = 0;
    for (let end = start + 1; node !== 0; end += 1) {
      if (endsAt(trie, node) > 0) match(desk, text, node, start, end, skipped);
      for (; end < length && isMark(text.charCodeAt(end)); end += 1) skipped += 1;
      node = end < length ? step(trie, node, text.charCodeAt(end)) : 0;
    }
    if (matches.length > 0) {
      take(desk, text, normal, hits);
      matches.length = 0;
    }
  }
  return hits;
}

/** The next unit that is no mark; 0 at the end. */
function unitFrom(text: string, from: number): number {
  let at = from;
  while (at < text.length && isMark(text.charCodeAt(at))) at += 1;
  return at < text.length ? text.charCodeAt(at) : 0;
}

const FILTER_BITS = 2048;

/** The text in small letters; its units are told to the filter. */
function lowered(text: string, filter: Int32Array): string {
  filter.fill(0);
  let hasCapitals = false;
  for (let at = 0; at < text.length; at += 1) {
    let unit = text.charCodeAt(at);
    if (unit >= CAPITAL_A && unit <= CAPITAL_Z) {
      unit += SMALLER;
      hasCapitals = true;
    }
    const bit = unit & (FILTER_BITS - 1);
    filter[bit >> 5] = (filter[bit >> 5] ?? 0) | (1 << (bit & 31));
  }
  return hasCapitals ? text.replace(/[A-Z]/g, (c) => c.toLowerCase()) : text;
}

const CAPITAL_A = 0x41;
const CAPITAL_Z = 0x5a;
const SMALLER = 0x20;

/** Has each part that must follow a unit it may begin with in the text, the first of them near enough? `need` is where the parts begin. */
function mayFollow({ parts, filter }: Desk, text: string, from: number, need: number): boolean {
  let at = need + 1;
  for (let left = parts[need] ?? 0; left > 0; left -= 1) {
    const to = at + 1 + (parts[at] ?? 0);
    let isThere = false;
    for (let i = at + 1; i < to && !isThere; i += 1) {
      const bit = (parts[i] ?? 0) & (FILTER_BITS - 1);
      isThere = (((filter[bit >> 5] ?? 0) >> (bit & 31)) & 1) === 1;
    }
    if (!isThere) return false;
    at = to;
  }
  return isNear(parts, need + 1, text, from);
}

function isNear(parts: Int32Array, part: number, text: string, from: number): boolean {
  const last = part + (parts[part] ?? 0);
  const to = Math.min(text.length - 1, from + BRIDGE);
  for (let at = from; at <= to; at += 1) {
    const unit = text.charCodeAt(at);
    for (let i = part + 1; i <= last; i += 1) if (parts[i] === unit) return true;
  }
  return false;
}

/** A bridge spans as many characters. */
const BRIDGE = 10;

/** Notes the cues whose first part ends at the node, those whose other parts follow. */
function match(desk: Desk, text: string, node: number, start: number, behind: number, skipped: number): void {
  const { trie, needs, matches } = desk;
  const many = endsAt(trie, node);
  for (let i = 0; i < many; i += 1) {
    const number = endAt(trie, node, i);
    const need = needs[number] ?? 0;
    if (need > 0 && !mayFollow(desk, text, behind, need)) continue;
    const cue = trie.things[number];
    if (cue === undefined) continue;
    if (cue.gated && !cue.lists.some((list) => inSetting(text, desk.settings[list] ?? NO_SETTING, desk.known))) continue;
    const end = endOf(text, behind, cue.rest);
    if (end > 0) matches.push({ cue, head: behind - start - skipped, start, end });
  }
}

/** Behind the last part; 0 when the parts do not follow. */
function endOf(text: string, from: number, rest: RegExp | null): number {
  if (rest === null) return from;
  rest.lastIndex = from;
  return rest.test(text) ? rest.lastIndex : 0;
}

/** The longest match of each list, unless an earlier one of the same list covers its beginning. */
function take({ matches, free, settings, known }: Desk, text: string, normal: Normal, hits: Hit[][]): void {
  if (matches.length > 1) matches.sort((a, b) => b.end - a.end);
  for (const { cue, head, start, end } of matches) {
    let hit: Hit | null | undefined;
    for (const list of cue.lists) {
      if ((free[list] ?? 0) > start || (cue.gated && !inSetting(text, settings[list] ?? NO_SETTING, known))) continue;
      if (hit === undefined) hit = isNone(normal.text, cue, start, end) ? null : hitOf(normal, cue, head, start, end);
      free[list] = hit === null ? start + head : end;
      if (hit === null) continue;
      const before = hits[list];
      if (before === undefined) hits[list] = [hit];
      else before.push(hit);
    }
  }
}

function isNone(text: string, cue: Cue, start: number, end: number): boolean {
  return (
    isDenied(text, start) ||
    (cue.deniable && isDenied(text, end - 2)) ||
    isCounting(text, start) ||
    (DENYING_BEHIND.at(text, end) && DENIED_BEHIND.test(text.slice(end, end + 6))) ||
    text.startsWith('证照片', end - 2) ||
    (COMPLAINT.test(text.slice(end - 2, end)) && NOT_RECEIVED.test(text.slice(Math.max(0, end - 18), end - 2)))
  );
}

const COMPLAINT = /投诉|反映|举报|维权|退款|受伤/;
/** 截至目前我局未收到车主投诉, 还没有正式来投诉的. */
const NOT_RECEIVED = /(?:[未没无]|没有|尚无|暂无)(?:再)?(?:接到|收到|接报|接|收|有|人|新增|发现)?[^,。;、\d]{0,8}$/;

/** 投诉的倒没有. */
const DENIED_BEHIND = /^的?(?:倒|也|都|暂时|还)(?:是)?(?:没有?|没得|无)(?=[,。; ]|$)/;
const DENYING_BEHIND = unitsOf('的倒也都暂还');

function hitOf(normal: Normal, cue: Cue, head: number, start: number, end: number): Hit {
  const words = normal.text.slice(start, end);
  const told = holdsUnit(words, UNPLAIN) ? words.replace(/[“”《》 ]/g, '').toLowerCase() : words;
  return { cue: told, weight: head + cue.bridged, span: tracedSpan(normal, { start, end }) };
}

const UNPLAIN = unitsOf('“”《》 ABCDEFGHIJKLMNOPQRSTUVWXYZ');

/** In 8个人投诉 the 个 counts: no word begins there (个人投诉). */
function isCounting(text: string, from: number): boolean {
  return text[from] === '个' && /[\d一二三四五六七八九十百几两多余来]/.test(text[from - 1] ?? '');
}
