/** How well the categories of the packs fit a message: by measured facts and by words, each at its own precedence. */
import type { PlanCategory } from '../plans/packSchema';
import type { Rulebook } from '../plans/rulebook';
import type { MeasuredFact, Reading, Span } from '../report/fields';
import { RUMOURS } from '../report/lexicon/talk';
import { covers } from '../report/ordered';
import type { Hit } from './cues';
import type { Ground } from './ground';
import { measured } from './measureWords';
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
}

/** The category that comes first by precedence, then the one with most words. Words inside `apart` do not count: what the bureau did about it is not what happened. */
export function bestFit(spoken: readonly Spoken[], reading: Reading, apart: readonly Span[]): Fit | null {
  let top: Fit | null = null;
  for (const one of spoken) {
    one.rules.pack.categories.forEach((category, i) => {
      const words = one.words.categories[i];
      if (words === undefined || words.against.length > 0 || isTooFew(category, reading)) return;
      for (const fit of [byMeasures(one, category, reading), byWords(one, category, words.cues, apart)]) {
        if (fit !== null && (top === null || isBefore(fit, top))) top = fit;
      }
    });
  }
  return top;
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
  const facts = reading.facts.filter((f) => by.measures.includes(f.measure));
  return facts.length === 0 ? null : { rules, words, category, precedence: by.precedence, strength: 0, cues: NO_HITS, facts };
}

function byWords({ rules, words }: Spoken, category: PlanCategory, told: readonly Hit[], apart: readonly Span[]): Fit | null {
  const cues = told.length === 0 ? told : told.filter((w) => !covers(apart, w.span));
  if (cues.length === 0) return null;
  let strength = 0;
  for (const [i, { cue, weight }] of cues.entries()) if (cues.findIndex((c) => c.cue === cue) === i) strength += weight;
  return { rules, words, category, precedence: category.precedence, strength, cues, facts: NO_FACTS };
}

/** Hearsay that nobody complained of and nobody was harmed by is a matter of talk, however grave it sounds. */
export function isHearsay(fit: Fit, rest: Fit | null, reading: Reading): boolean {
  if (rest === null || fit.category === rest.category || fit.facts.length > 0 || fit.rules !== rest.rules) return false;
  if (reading.facts.some((f) => f.measure === 'complainants_72h' || f.measure === 'gathering_persons')) return false;
  const at = rest.rules.pack.categories.indexOf(rest.category);
  return (rest.words.categories[at]?.cues ?? NO_HITS).some(({ cue }) => RUMOURS.has(cue));
}

/** What no words claim and none exclude falls to the category that is tried last of all: the plans' own word for the rest. */
export function lastResort(spoken: readonly Spoken[]): Fit | null {
  let top: Fit | null = null;
  for (const { rules, words } of spoken) {
    for (const category of rules.pack.categories) {
      const { precedence } = category;
      if (top === null || precedence > top.precedence)
        top = { rules, words, category, precedence, strength: 0, cues: NO_HITS, facts: NO_FACTS };
    }
  }
  const at = top?.rules.pack.categories.indexOf(top.category) ?? 0;
  return top === null || (top.words.categories[at]?.against.length ?? 0) > 0 ? null : top;
}

/** The reason people read: the figures, or the words, or that there were none. */
export function groundOf({ rules, category, cues, facts }: Fit): Ground {
  const { clause } = category;
  if (facts.length > 0) {
    const zh = facts.map((f) => measured(rules.pack, f.measure, f.interval)).join('、');
    return { zh, clause, mark: 'J', words: facts.flatMap((f) => f.spans) };
  }
  const told = [...new Set(cues.map((w) => w.cue))];
  const zh = told.length === 0 ? '没有其他类别的用词' : `提到${told.map((w) => `“${w}”`).join('')}`;
  return { zh, clause, mark: 'J', words: cues.map((w) => w.span) };
}
