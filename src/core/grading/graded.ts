/** From measured facts to a proposed level: the gravest row of the pack that any fact reaches, each with its clause. */
import type { PlanPack } from '../plans/packSchema';
import { levelOf, type Rank, type Rulebook } from '../plans/rulebook';
import type { MeasuredFact } from '../report/fields';
import type { Ground } from './ground';
import { asProperty, between, measured } from './measureWords';

export interface Grade {
  readonly rank: Rank | null;
  readonly grounds: readonly Ground[];
  /** Special matters of the pack that were measured, in its order. */
  readonly matters: readonly string[];
}

type Threshold = PlanPack['thresholds'][number];

/** The gravest row any fact reaches by its lower bound; without one the least grave level, by the plan's own words; nothing in a plan without levels. */
export function graded(rules: Rulebook, facts: readonly MeasuredFact[]): Grade {
  const scale = scaleOf(rules.pack);
  const matters = mattersOf(rules.pack, scale, facts);
  if (scale.least === null) return { rank: null, grounds: NO_GROUNDS, matters };
  const reached = reachedBy(rules.pack, scale, facts, matters);
  if (reached.length === 0) return { rank: scale.least.rank, grounds: [scale.leastGround], matters };
  let rank: Rank | null = null;
  for (const { row } of reached) if (rank === null || row.rank < rank) rank = row.rank;
  const grounds: Ground[] = [];
  for (const { fact, row } of reached) if (row.rank === rank) grounds.push(groundOf(rules, fact, row));
  return { rank, grounds, matters };
}

const NO_GROUNDS: readonly Ground[] = [];

interface Reached {
  readonly fact: MeasuredFact;
  readonly row: Threshold;
}

/** A special matter that was measured replaces the general rows it names. */
function reachedBy(pack: PlanPack, { rows }: Scale, facts: readonly MeasuredFact[], matters: readonly string[]): readonly Reached[] {
  const within: Reached[] = [];
  for (const fact of facts) {
    const told = rows.get(fact.measure);
    if (told !== undefined) for (const row of told.rows) if (isWithin(fact, row)) within.push({ fact, row });
  }
  if (within.length === 0 || matters.length === 0) return within;
  const replaced: string[] = [];
  for (const { id, replaces } of pack.matters) if (matters.includes(id)) replaced.push(...replaces);
  return within.filter(({ row }) => row.matter !== undefined || !replaced.includes(row.measure));
}

interface Scale {
  readonly least: PlanPack['levels'][number] | null;
  readonly leastGround: Ground;
  /** By measure its rows, and the special matters they are of; rows with a condition only people can see are left to them. */
  readonly rows: ReadonlyMap<string, { readonly rows: readonly Threshold[]; readonly matters: readonly string[] }>;
}

/** Packs are loaded once and do not change. */
const SCALES = new WeakMap<PlanPack, Scale>();

function scaleOf(pack: PlanPack): Scale {
  const known = SCALES.get(pack);
  if (known !== undefined) return known;
  const counting = pack.grading.thresholds_enabled ? pack.thresholds.filter((t) => t.with === undefined) : [];
  const rowsOf = (measure: string) => {
    const rows = counting.filter((t) => t.measure === measure);
    return { rows, matters: rows.flatMap((t) => t.matter ?? []) };
  };
  const least = [...pack.levels].sort((a, b) => b.rank - a.rank)[0] ?? null;
  const scale: Scale = {
    least,
    leastGround: { zh: least?.criteria.join('；') ?? '', clause: least?.clause ?? '', mark: 'S', words: [] },
    rows: new Map(counting.map(({ measure }) => [asProperty(measure), rowsOf(measure)])),
  };
  SCALES.set(pack, scale);
  return scale;
}

/** Special matters of the pack that were measured, in its order. */
function mattersOf(pack: PlanPack, { rows }: Scale, facts: readonly MeasuredFact[]): readonly string[] {
  const told: string[] = [];
  for (const { measure } of facts) for (const matter of rows.get(measure)?.matters ?? NO_MATTERS) told.push(matter);
  return told.length === 0 ? NO_MATTERS : pack.matters.map(({ id }) => id).filter((id) => told.includes(id));
}

const NO_MATTERS: readonly string[] = [];

function isWithin(fact: MeasuredFact, row: Threshold): boolean {
  const least = fact.interval.min;
  return least !== null && least >= row.min && (row.max === null || least < row.max);
}

function groundOf(rules: Rulebook, fact: MeasuredFact, row: Threshold): Ground {
  const zh = `${measured(rules.pack, fact.measure, fact.interval)}，达到 ${between(rules.pack, fact.measure, row.min, row.max)}`;
  return { zh, clause: row.clause ?? levelOf(rules, row.rank)?.clause ?? '', mark: row.mark, words: fact.spans };
}
