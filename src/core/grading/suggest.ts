/** Which plan, category and level a report points to, and on what grounds: a suggestion for the duty officer, never a decision. */
import type { Rank, Rulebook } from '../plans/rulebook';
import type { Reading } from '../report/fields';
import { normalise } from '../report/normal';
import { READ_AT_MOST } from '../report/read';
import { bestFit, type Fit, groundOf, isHearsay, lastResort } from './fit';
import { type Grade, graded } from './graded';
import type { Ground } from './ground';
import { packFacts, packWords } from './packWords';

export { graded } from './graded';
export type { Ground } from './ground';

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
 * measured facts alone, raised where an escalator of the pack is told, never from alarming words.
 */
export function suggestAmong(books: readonly Rulebook[], text: string, reading: Reading): Suggestion {
  if (reading.kind !== 'report') return NONE;
  const normal = normalise(text.slice(0, READ_AT_MOST));
  const words = packWords(
    books.map((rules) => rules.pack),
    normal,
  );
  const spoken = books.flatMap((rules, i) => (words[i] === undefined ? [] : [{ rules, words: words[i] }]));
  const handling = reading.fields.measures.flatMap((m) => m.spans);
  const rest = lastResort(spoken);
  const told = bestFit(spoken, reading, handling) ?? bestFit(spoken, reading, []);
  const best = told === null || isHearsay(told, rest, reading) ? rest : told;
  if (best === null) return NONE;
  const { pack } = best.rules;
  const { rank, grounds } = raised(best, graded(best.rules, [...reading.facts, ...packFacts(pack, normal)]));
  return { plan: pack.pack, category: best.category.id, categoryGround: groundOf(best), rank, grounds };
}

const NONE: Suggestion = { plan: null, category: null, categoryGround: null, rank: null, grounds: [] };

/** Each escalator told raises the level as the pack says, never past its gravest; more than one does not raise further than the strongest. */
function raised({ rules, words }: Fit, grade: Grade): Grade {
  const told = rules.pack.grading.escalators.flatMap((escalator, i) => {
    const hits = words.escalators[i] ?? [];
    return hits.length === 0 ? [] : [{ escalator, hits }];
  });
  if (grade.rank === null || told.length === 0) return grade;
  const gravest = Math.min(...rules.pack.levels.map((l) => l.rank));
  const rank = Math.max(gravest, grade.rank - Math.max(...told.map((t) => t.escalator.raise_by)));
  if (rank === grade.rank) return grade;
  const grounds = told.map(({ escalator, hits }) => ({
    zh: `${escalator.zh}，上提 ${escalator.raise_by} 级`,
    clause: escalator.clause,
    mark: escalator.mark,
    words: hits.map((h) => h.span),
  }));
  return { rank, grounds: [...grade.grounds, ...grounds] };
}
