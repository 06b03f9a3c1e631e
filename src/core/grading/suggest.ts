/** Which plan, category and level a report points to, and on what grounds: a suggestion for the duty officer, never a decision. */
import type { PlanCategory } from '../plans/packSchema';
import type { Rank, Rulebook } from '../plans/rulebook';
import { levelOf } from '../plans/rulebook';
import type { MeasuredFact, Reading, Span } from '../report/fields';
import { type Normal, normalise } from '../report/normal';
import { hits } from './cues';
import { between, measured } from './measureWords';

/** Why: the sentence people read, the clause of the plan, whose rule it is (S plan, N national, P other public plan, J own) and the words it rests on. */
export interface Ground {
  readonly zh: string;
  readonly clause: string;
  readonly mark: string;
  readonly words: readonly Span[];
}

/** Ids of the pack; all null when the pack does not cover the message. */
export interface Suggestion {
  readonly plan: string | null;
  readonly category: string | null;
  readonly categoryGround: Ground | null;
  readonly rank: Rank | null;
  readonly grounds: readonly Ground[];
  /** Special matters of the pack it is about; they have terms and figures of their own. */
  readonly matters?: readonly string[];
}

/**
 * The suggestion of the plan whose category comes first by precedence; earlier rulebooks first when equal. The level comes from
 * measured facts alone, never from alarming words.
 */
export function suggestAmong(books: readonly Rulebook[], text: string, reading: Reading): Suggestion {
  if (reading.kind !== 'report') return NONE;
  const normal = normalise(text);
  const handling = reading.fields.measures.flatMap((m) => m.spans);
  const best = bestFit(books, normal, reading, handling) ?? bestFit(books, normal, reading, []);
  if (best === null) return NONE;
  const { rank, grounds } = graded(best.rules, reading.facts);
  return { plan: best.rules.pack.pack, category: best.category.id, categoryGround: best.ground, rank, grounds };
}

/** Words inside `apart` do not count: what the bureau did about it is not what happened. */
function bestFit(books: readonly Rulebook[], normal: Normal, reading: Reading, apart: readonly Span[]): Fit | null {
  const fits = books.flatMap((rules) => rules.pack.categories.flatMap((category) => fitsOf(rules, category, normal, reading, apart)));
  return fits.reduce<Fit | null>((top, fit) => (top === null || before(fit, top) ? fit : top), null);
}

const NONE: Suggestion = { plan: null, category: null, categoryGround: null, rank: null, grounds: [] };

interface Fit {
  readonly rules: Rulebook;
  readonly category: PlanCategory;
  readonly precedence: number;
  /** Characters of cue words found. */
  readonly strength: number;
  readonly ground: Ground;
}

function before(fit: Fit, other: Fit): boolean {
  return fit.precedence < other.precedence || (fit.precedence === other.precedence && fit.strength > other.strength);
}

/** By measured facts and by words, each at its own precedence; none when a word against it stands in the text. */
function fitsOf(rules: Rulebook, category: PlanCategory, normal: Normal, reading: Reading, apart: readonly Span[]): readonly Fit[] {
  if (hits(normal, category.against).length > 0 || tooFew(category, reading)) return [];
  const words = hits(normal, category.cues).filter((w) => !apart.some((s) => s.start <= w.span.start && w.span.end <= s.end));
  const facts = reading.facts.filter((f) => category.by_measures?.measures.includes(f.measure));
  const found = [...new Set(words.map((w) => w.cue))];
  const strength = found.join('').length;
  const candidate = (precedence: number, zh: string, spans: readonly Span[]): Fit => ({
    rules,
    category,
    precedence,
    strength,
    ground: { zh, clause: category.clause, mark: 'J', words: spans },
  });
  return [
    ...(category.by_measures === undefined || facts.length === 0
      ? []
      : [
          candidate(
            category.by_measures.precedence,
            facts.map((f) => measured(f.measure, f.interval)).join('、'),
            facts.flatMap((f) => f.spans),
          ),
        ]),
    ...(found.length === 0
      ? []
      : [
          candidate(
            category.precedence,
            `提到${found.map((w) => `“${w}”`).join('')}`,
            words.map((w) => w.span),
          ),
        ]),
  ];
}

/** A single complainer is no concentration; a number left open does not speak against it. */
function tooFew(category: PlanCategory, reading: Reading): boolean {
  const most = reading.fields.peopleInvolved?.value.max ?? null;
  return category.least_people !== undefined && most !== null && most < category.least_people;
}

/** The gravest row any fact reaches by its lower bound; without one the least grave level, by the plan's own words. */
export function graded(rules: Rulebook, facts: readonly MeasuredFact[]): Pick<Suggestion, 'rank' | 'grounds'> {
  const least = [...rules.pack.levels].sort((a, b) => b.rank - a.rank)[0];
  if (least === undefined) return { rank: null, grounds: [] };
  const reached = facts.flatMap((fact) =>
    rules.pack.thresholds.filter((t) => t.measure === fact.measure && within(fact, t)).map((row) => ({ fact, row })),
  );
  if (reached.length === 0) {
    return { rank: least.rank, grounds: [{ zh: least.criteria.join('；'), clause: least.clause, mark: 'S', words: [] }] };
  }
  const rank = Math.min(...reached.map((r) => r.row.rank));
  return { rank, grounds: reached.filter((r) => r.row.rank === rank).map(({ fact, row }) => groundOf(rules, fact, row)) };
}

type Threshold = Rulebook['pack']['thresholds'][number];

function within(fact: MeasuredFact, row: Threshold): boolean {
  const least = fact.interval.min;
  return least !== null && least >= row.min && (row.max === null || least < row.max);
}

function groundOf(rules: Rulebook, fact: MeasuredFact, row: Threshold): Ground {
  const zh = `${measured(fact.measure, fact.interval)}，达到 ${between(fact.measure, row.min, row.max)}`;
  return { zh, clause: row.clause ?? levelOf(rules, row.rank)?.clause ?? '', mark: row.mark, words: fact.spans };
}
