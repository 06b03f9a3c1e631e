/** How well the categories of the packs fit a message: by measured facts and by words, each at its own precedence. */
import type { PlanCategory, PlanPack } from '../plans/packSchema';
import type { Rulebook } from '../plans/rulebook';
import type { MeasuredFact, Reading, Span } from '../report/fields';
import { NO_COMPLAINT, REFUTED, RUMOURS, TALKED } from '../report/lexicon/talk';
import { covers } from '../report/ordered';
import type { Hit } from './cues';
import type { Ground } from './ground';
import { likeness } from './likeness';
import { measured } from './measureWords';
import { latestOf, measuredIn, precedenceAt } from './packCategories';
import type { PackWords } from './packWords';

/** A rulebook and what of its words stands in the message. */
export interface Spoken {
  readonly rules: Rulebook;
  readonly words: PackWords;
}

export interface Fit extends Spoken {
  readonly category: PlanCategory;
  readonly precedence: number;
  /** Characters of cue words found. */
  readonly strength: number;
  readonly cues: readonly Hit[];
  readonly facts: readonly MeasuredFact[];
  /** No cue stands there word for word: chosen for the likeness of its words. */
  readonly alike?: true;
}

/** The category that comes first by precedence, then the one with most words. Words inside `apart` do not count: what the bureau did about it is not what happened. */
export function bestFit(spoken: readonly Spoken[], reading: Reading, apart: readonly Span[]): Fit | null {
  let top: Fit | null = null;
  for (const one of spoken) {
    const { categories } = one.rules.pack;
    const counted = measuredIn(one.rules.pack, reading.facts);
    for (let i = 0; i < categories.length; i += 1) {
      const [category, cues] = [categories[i], one.words.cues(i)];
      if (category === undefined || (cues.length === 0 && !counted.includes(i))) continue;
      if (isElsewhere(one.words, i) || isTooFew(category, reading)) continue;
      if (counted.includes(i)) top = better(top, byMeasures(one, category, reading));
      if (cues.length > 0) top = better(top, byWords(one, category, cues, apart));
    }
  }
  return top;
}

/** Behind so many characters a word of another office's matter is a side note: 员工48人，已欠薪两个月 in a long paper about a shop that closed. */
const ASIDE = 110;

/** Does a word of exclusion tell of the matter itself? */
function isElsewhere(words: PackWords, category: number): boolean {
  const first = words.against(category)[0];
  if (first === undefined) return false;
  const told = words.cues(category)[0]?.span.start;
  return told === undefined || first.span.start - told < ASIDE;
}

function better(top: Fit | null, fit: Fit | null): Fit | null {
  return fit !== null && (top === null || isBefore(fit, top)) ? fit : top;
}

function isBefore(fit: Fit, other: Fit): boolean {
  return fit.precedence < other.precedence || (fit.precedence === other.precedence && fit.strength > other.strength);
}

/** A single complainer is no concentration; a number left open does not speak against it. */
function isTooFew(category: PlanCategory, reading: Reading): boolean {
  const most = reading.fields.peopleInvolved?.value.max ?? null;
  return category.least_people !== undefined && most !== null && most < category.least_people;
}

const NO_HITS: readonly Hit[] = [];
const NO_FACTS: readonly MeasuredFact[] = [];

function byMeasures({ rules, words }: Spoken, category: PlanCategory, reading: Reading): Fit | null {
  const by = category.by_measures;
  if (by === undefined) return null;
  let facts = NO_FACTS;
  for (const fact of reading.facts) if (by.measures.includes(fact.measure)) facts = facts === NO_FACTS ? [fact] : [...facts, fact];
  return facts.length === 0 ? null : { rules, words, category, precedence: by.precedence, strength: 0, cues: NO_HITS, facts };
}

function byWords({ rules, words }: Spoken, category: PlanCategory, told: readonly Hit[], apart: readonly Span[]): Fit | null {
  const cues = told.length === 0 || apart.length === 0 ? told : told.filter((w) => !covers(apart, w.span));
  if (cues.length === 0) return null;
  let strength = 0;
  for (let i = 0; i < cues.length; i += 1) if (!isRepeated(cues, i)) strength += cues[i]?.weight ?? 0;
  return { rules, words, category, precedence: category.precedence, strength, cues, facts: NO_FACTS };
}

/** Was the cue of that hit told before it? */
function isRepeated(cues: readonly Hit[], at: number): boolean {
  for (let i = 0; i < at; i += 1) if (cues[i]?.cue === cues[at]?.cue) return true;
  return false;
}

/**
 * Talk is a matter of its own as long as nobody complained and nobody was harmed, however grave it sounds: hearsay, and what many say of a
 * dealer where no complaint was lodged. `text` is the normalised one.
 */
export function isTalk(fit: Fit, rest: Fit | null, reading: Reading, text: string): boolean {
  if (rest === null || fit.category === rest.category || fit.facts.length > 0 || fit.rules !== rest.rules) return false;
  if (fit.category.by_measures?.measures.some((m) => m.startsWith('media')) === true) return false;
  if (reading.facts.some((f) => f.measure === 'complainants_72h' || f.measure === 'gathering_persons')) return false;
  const said = rest.words.cues(rest.rules.pack.categories.indexOf(rest.category));
  if (said.some(({ cue }) => RUMOURS.has(cue))) return true;
  const talked = new Set(said.flatMap(({ cue }) => (TALKED.has(cue) ? [cue] : []))).size;
  if (talked === 0) return false;
  if (fit.category.page_leader === true) return talked > 1 && REFUTED.test(text);
  return NO_COMPLAINT.test(text) || (talked > 1 && !complained(fit));
}

/** Somebody wants money back, or came with it: more than talk. */
function complained({ rules, words }: Fit): boolean {
  return rules.pack.categories.some(
    (category, i) => category.least_people !== undefined && words.cues(i).some(({ cue }) => LODGED.test(cue)),
  );
}

const LODGED = /投诉|举报|退|赔|登记|维权|讨|来所|来局|到局|到所|联名|签/;

/** Below this the pairs of characters are chance. */
const ALIKE = 0.4;

/**
 * Where no cue fits, or only that of a category tried late: the category whose cues the words are most like, if it comes before. That many
 * complain, or talk, says nothing yet of what about. `text` is the normalised one.
 */
export function secondThought(first: Fit | null, spoken: readonly Spoken[], reading: Reading, text: string): Fit | null {
  if (first !== null && (first.precedence < LATE || first.strength >= PLAIN)) return first;
  const like = likestFit(spoken, reading, text);
  if (first === null || like === null) return first ?? like;
  return like.rules !== first.rules && like.precedence < first.precedence && like.strength >= SURE && first.strength < PLAIN
    ? { ...like, strength: 0 }
    : first;
}

/** Categories from here on take what the others leave. */
const LATE = 60;
/** Characters of cue words that leave no doubt. */
const PLAIN = 6;
/** So like that it outweighs a cue of those. */
const SURE = 1.5;

function likestFit(spoken: readonly Spoken[], reading: Reading, text: string): Fit | null {
  const packs = spoken.map(({ rules }) => rules.pack);
  for (const like of likeness(packs, text, ALIKE)) {
    const one = spoken[like.pack];
    const category = one?.rules.pack.categories[like.category];
    if (one === undefined || category === undefined || isElsewhere(one.words, like.category) || isTooFew(category, reading)) continue;
    const { rules } = one;
    return {
      rules,
      words: one.words,
      category,
      precedence: category.precedence,
      strength: like.score,
      cues: NO_HITS,
      facts: NO_FACTS,
      alike: true,
    };
  }
  return null;
}

/** What no words claim and none exclude falls to the category that is tried last of all: the plans' own word for the rest. */
export function lastResort(spoken: readonly Spoken[]): Fit | null {
  let last: Spoken | null = null;
  let at = 0;
  for (const one of spoken) {
    const latest = latestOf(one.rules.pack);
    if (last !== null && precedenceAt(one.rules.pack, latest) <= precedenceAt(last.rules.pack, at)) continue;
    last = one;
    at = latest;
  }
  const category = last?.rules.pack.categories[at];
  if (last === null || category === undefined || last.words.against(at).length > 0) return null;
  const { rules, words } = last;
  return { rules, words, category, precedence: category.precedence, strength: 0, cues: NO_HITS, facts: NO_FACTS };
}

/** The reason people read: the figures, or the words, or that there were none. */
export function groundOf({ rules, category, cues, facts, alike }: Fit): Ground {
  const { clause } = category;
  if (facts.length > 0) return measuredGround(rules.pack, clause, facts);
  if (alike === true) return { zh: '用词与该类别最接近', clause, mark: 'J', words: [] };
  if (cues.length === 0) return { zh: '没有其他类别的用词', clause, mark: 'J', words: [] };
  let zh = '提到';
  const words: Span[] = [];
  for (let i = 0; i < cues.length; i += 1) {
    const hit = cues[i];
    if (hit === undefined) continue;
    words.push(hit.span);
    if (!isRepeated(cues, i)) zh += `“${hit.cue}”`;
  }
  return { zh, clause, mark: 'J', words };
}

function measuredGround(pack: PlanPack, clause: string, facts: readonly MeasuredFact[]): Ground {
  let zh = '';
  const words: Span[] = [];
  for (const { measure, interval, spans } of facts) {
    zh += `${zh === '' ? '' : '、'}${measured(pack, measure, interval)}`;
    for (const span of spans) words.push(span);
  }
  return { zh, clause, mark: 'J', words };
}
