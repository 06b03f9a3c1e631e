/** Which plan, category and level a report points to, and on what grounds: a suggestion for the duty officer, never a decision. */
import type { Rank, Rulebook } from '../plans/rulebook';
import type { MeasuredFact, Reading, Span } from '../report/fields';
import { normalise } from '../report/normal';
import { READ_AT_MOST } from '../report/read';
import { bestFit, type Fit, groundOf, isTalk, lastResort, type Spoken, secondThought } from './fit';
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
  /** What raised the level beyond what was measured; it goes on doing so when new facts come. */
  readonly raisedBy?: readonly Raise[];
}

/** An escalator of the pack that was told. */
export interface Raise {
  /** Levels it raises by. */
  readonly by: number;
  readonly ground: Ground;
}

/**
 * The suggestion of the plan whose category comes first by precedence; earlier rulebooks first when equal. The level comes from
 * measured facts alone, raised where an escalator of the pack is told, never from alarming words.
 */
export function suggestAmong(books: readonly Rulebook[], text: string, reading: Reading): Suggestion {
  if (reading.kind !== 'report') return NONE;
  const normal = normalise(text.slice(0, READ_AT_MOST));
  if (isSettled(reading, normal.text)) return NONE;
  const words = packWords(
    books.map((rules) => rules.pack),
    normal,
  );
  const spoken: Spoken[] = [];
  for (const [i, rules] of books.entries()) if (words[i] !== undefined) spoken.push({ rules, words: words[i] });
  const handling: Span[] = [];
  for (const { spans } of reading.fields.measures) for (const span of spans) handling.push(span);
  const rest = lastResort(spoken);
  const likely = secondThought(bestFit(spoken, reading, handling) ?? bestFit(spoken, reading, []), spoken, reading, normal.text);
  const best = likely === null || isTalk(likely, rest, reading, normal.text) ? rest : likely;
  if (best === null) return NONE;
  const { pack } = best.rules;
  const raisedBy = raisesOf(best);
  const own = packFacts(pack, normal);
  const grade = graded(best.rules, own.length === 0 ? reading.facts : [...reading.facts, ...own]);
  const about: string[] = [];
  for (let i = 0; i < pack.matters.length; i += 1) if (best.words.matter(i).length > 0) about.push(pack.matters[i]?.id ?? '');
  const { rank, grounds } = raised(best.rules, grade, raisedBy);
  const told = { plan: pack.pack, category: best.category.id, categoryGround: groundOf(best), rank, grounds };
  return withBesides(told, mattersOf(best.rules, about.length === 0 ? grade.matters : [...about, ...grade.matters]), raisedBy);
}

/**
 * The suggestion of an incident whose facts have changed, `facts` being those in force now: the level anew, raised by whatever raised it
 * before; plan, category and special matters once told stay.
 */
export function regraded(rules: Rulebook, suggestion: Suggestion, facts: readonly MeasuredFact[]): Suggestion {
  const grade = graded(rules, facts);
  const raisedBy = suggestion.raisedBy ?? [];
  return {
    ...suggestion,
    ...raised(rules, grade, raisedBy),
    ...besides(mattersOf(rules, [...(suggestion.matters ?? []), ...grade.matters]), raisedBy),
  };
}

/** Matters in the order of the pack, each once. */
function mattersOf({ pack }: Rulebook, told: readonly string[]): readonly string[] {
  return told.length === 0 ? told : pack.matters.map(({ id }) => id).filter((id) => told.includes(id));
}

type Besides = Pick<Suggestion, 'matters' | 'raisedBy'>;

/** What is empty is left out. */
function besides(matters: readonly string[], raisedBy: readonly Raise[]): Besides {
  if (matters.length === 0) return raisedBy.length === 0 ? {} : { raisedBy };
  return raisedBy.length === 0 ? { matters } : { matters, raisedBy };
}

function withBesides(told: Suggestion, matters: readonly string[], raisedBy: readonly Raise[]): Suggestion {
  return matters.length === 0 && raisedBy.length === 0 ? told : Object.assign(told, besides(matters, raisedBy));
}

const ONE_CUSTOMER =
  /(?:[1一](?:位|名|个)?|有[位个])(?:老)?(?:顾客|消费者|客人|客户|市民|游客|业主|家长|大[爷妈姐哥叔娘]|阿姨|老[人汉太]|女士|先生|男子|女子|住户|车主|买家)/;
const SETTLED =
  /(?:已|当场|当面|就)[^,。;]{0,8}(?:退[了款费钱还]|换|赔|修好|解决|办结|道歉|补发|和解|处理完|处理好)|给(?:他|她|人|人家|客人|顾客)?(?:退|换|赔)了|满意|谅解|撤诉|和解|了结|客人走了|没别的事|就这一[件单]/;

/** One customer, content again: an everyday complaint that no plan is for. */
function isSettled(reading: Reading, text: string): boolean {
  if (text.length > SHORT) return false;
  const { peopleInvolved, injured, dead } = reading.fields;
  const most = peopleInvolved?.value.max ?? null;
  if ((injured?.value ?? 0) + (dead?.value ?? 0) > 0 || (most !== null && most > 1)) return false;
  return ONE_CUSTOMER.test(text) && SETTLED.test(text);
}

const SHORT = 140;

const NONE: Suggestion = { plan: null, category: null, categoryGround: null, rank: null, grounds: [] };

const NOT_RAISED: readonly Raise[] = [];

function raisesOf({ rules, words }: Fit): readonly Raise[] {
  const out: Raise[] = [];
  const { escalators } = rules.pack.grading;
  for (let i = 0; i < escalators.length; i += 1) {
    const [hits, escalator] = [words.escalator(i), escalators[i]];
    if (hits.length === 0 || escalator === undefined) continue;
    const { zh, raise_by: by, clause, mark } = escalator;
    out.push({ by, ground: { zh: `${zh}，上提 ${by} 级`, clause, mark, words: hits.map((h) => h.span) } });
  }
  return out.length === 0 ? NOT_RAISED : out;
}

/** Each escalator told raises the level as the pack says, never past its gravest; more than one does not raise further than the strongest. */
function raised({ pack }: Rulebook, { rank, grounds }: Grade, raises: readonly Raise[]): Pick<Suggestion, 'rank' | 'grounds'> {
  if (rank === null || raises.length === 0) return { rank, grounds };
  const gravest = Math.min(...pack.levels.map((l) => l.rank));
  const higher = Math.max(gravest, rank - Math.max(...raises.map((r) => r.by)));
  return higher === rank ? { rank, grounds } : { rank: higher, grounds: [...grounds, ...raises.map((r) => r.ground)] };
}
