/** How the measures of plan packs are called in a ground that people read: by the names and units of the pack itself. */
import type { PlanPack } from '../plans/packSchema';
import type { Interval } from '../report/fields';

/** 现场聚集 60—69 人; a measure the pack does not name is shown by its id. */
export function measured(pack: PlanPack, measure: string, interval: Interval): string {
  const known = measureOf(pack, measure);
  return `${known?.zh ?? measure} ${amount(interval)} ${known?.unit ?? ''}`.trimEnd();
}

/** 50 人以上、不足 200 人, of a threshold [min, max). */
export function between(pack: PlanPack, measure: string, min: number, max: number | null): string {
  const unit = measureOf(pack, measure)?.unit ?? '';
  return max === null ? `${shown(min)} ${unit}以上` : `${shown(min)} ${unit}以上、不足 ${shown(max)} ${unit}`;
}

function amount({ min, max }: Interval): string {
  if (min === null) return max === null ? '若干' : `不足 ${shown(max)}`;
  if (max === null) return `${shown(min)} 以上`;
  return min === max ? shown(min) : `${shown(min)}—${shown(max)}`;
}

function shown(value: number): string {
  if (value >= 1e8) return `${trimmed(value / 1e8)} 亿`;
  return value >= 1e4 ? `${trimmed(value / 1e4)} 万` : trimmed(value);
}

function trimmed(value: number): string {
  return String(Math.round(value * 10000) / 10000);
}

/** The one string of that name that the engine keeps for all properties, as literals are: telling names apart then needs no look at their letters. */
export function asProperty(name: string): string {
  return Object.keys({ [name]: true })[0] ?? name;
}

type Measure = PlanPack['measures'][number];

/** Packs are loaded once and do not change. */
const MEASURES = new WeakMap<PlanPack, ReadonlyMap<string, Measure>>();

function measureOf(pack: PlanPack, id: string): Measure | undefined {
  const known = MEASURES.get(pack);
  if (known !== undefined) return known.get(id);
  const measures = new Map([...pack.measures].reverse().map((m) => [asProperty(m.id), m] as const));
  MEASURES.set(pack, measures);
  return measures.get(id);
}
