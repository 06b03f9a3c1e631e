/** From measured facts to a proposed level: the gravest row of the pack that any fact reaches, each with its clause. */
import type { PlanPack } from '../plans/packSchema';
import { levelOf, type Rank, type Rulebook } from '../plans/rulebook';
import type { MeasuredFact } from '../report/fields';
import type { Ground } from './ground';
import { between, measured } from './measureWords';

export interface Grade {
  readonly rank: Rank | null;
  readonly grounds: readonly Ground[];
}

type Threshold = PlanPack['thresholds'][number];

/** The gravest row any fact reaches by its lower bound; without one the least grave level, by the plan's own words; nothing in a plan without levels. */
export function graded(rules: Rulebook, facts: readonly MeasuredFact[]): Grade {
  const { least, rows } = scaleOf(rules.pack);
  if (least === null) return { rank: null, grounds: [] };
  const reached = reachedBy(rules.pack, rows, facts);
  if (reached.length === 0) {
    return { rank: least.rank, grounds: [{ zh: least.criteria.join('；'), clause: least.clause, mark: 'S', words: [] }] };
  }
  const rank = Math.min(...reached.map((r) => r.row.rank));
  return { rank, grounds: reached.filter((r) => r.row.rank === rank).map(({ fact, row }) => groundOf(rules, fact, row)) };
}

interface Reached {
  readonly fact: MeasuredFact;
  readonly row: Threshold;
}

function reachedBy(pack: PlanPack, rows: Scale['rows'], facts: readonly MeasuredFact[]): readonly Reached[] {
  const within: Reached[] = [];
  for (const fact of facts) for (const row of rows.get(fact.measure) ?? []) if (isWithin(fact, row)) within.push({ fact, row });
  if (within.length === 0) return within;
  const replaced = replacedBy(pack, rows, facts);
  return replaced.length === 0 ? within : within.filter(({ row }) => row.matter !== undefined || !replaced.includes(row.measure));
}

interface Scale {
  readonly least: PlanPack['levels'][number] | null;
  /** Rows by measure; those with a condition only people can see are left to them. */
  readonly rows: ReadonlyMap<string, readonly Threshold[]>;
}

/** Packs are loaded once and do not change. */
const SCALES = new WeakMap<PlanPack, Scale>();

function scaleOf(pack: PlanPack): Scale {
  const known = SCALES.get(pack);
  if (known !== undefined) return known;
  const rows = new Map<string, Threshold[]>();
  const counting = pack.grading.thresholds_enabled ? pack.thresholds.filter((t) => t.with === undefined) : [];
  for (const row of counting) rows.set(row.measure, [...(rows.get(row.measure) ?? []), row]);
  const least = [...pack.levels].sort((a, b) => b.rank - a.rank)[0] ?? null;
  const scale = { least, rows };
  SCALES.set(pack, scale);
  return scale;
}

/** A special matter that was measured replaces the general rows it names. */
function replacedBy(pack: PlanPack, rows: Scale['rows'], facts: readonly MeasuredFact[]): readonly string[] {
  const matters = new Set(facts.flatMap((f) => rows.get(f.measure) ?? []).map((row) => row.matter));
  return pack.matters.flatMap((m) => (matters.has(m.id) ? m.replaces : []));
}

function isWithin(fact: MeasuredFact, row: Threshold): boolean {
  const least = fact.interval.min;
  return least !== null && least >= row.min && (row.max === null || least < row.max);
}

function groundOf(rules: Rulebook, fact: MeasuredFact, row: Threshold): Ground {
  const zh = `${measured(rules.pack, fact.measure, fact.interval)}，达到 ${between(rules.pack, fact.measure, row.min, row.max)}`;
  return { zh, clause: row.clause ?? levelOf(rules, row.rank)?.clause ?? '', mark: row.mark, words: fact.spans };
}
