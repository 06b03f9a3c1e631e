/** What is known of the categories of a pack before any message: which its facts speak for, and which is tried last. Packs are loaded once and do not change. */
import type { PlanPack } from '../plans/packSchema';
import type { MeasuredFact } from '../report/fields';
import { asProperty } from './measureWords';

const NONE_MEASURED: readonly number[] = [];

/** The places of the categories of a pack that one of the facts speaks for. */
export function measuredIn(pack: PlanPack, facts: readonly MeasuredFact[]): readonly number[] {
  const byMeasure = categoriesByMeasure(pack);
  let out = NONE_MEASURED;
  for (const { measure } of facts) {
    const places = byMeasure.get(measure);
    if (places !== undefined) out = out === NONE_MEASURED ? places : [...out, ...places];
  }
  return out;
}

const BY_MEASURE = new WeakMap<PlanPack, ReadonlyMap<string, readonly number[]>>();

function categoriesByMeasure(pack: PlanPack): ReadonlyMap<string, readonly number[]> {
  const known = BY_MEASURE.get(pack);
  if (known !== undefined) return known;
  const made = new Map<string, number[]>();
  pack.categories.forEach(({ by_measures: by }, place) => {
    for (const measure of by?.measures ?? []) made.set(asProperty(measure), [...(made.get(asProperty(measure)) ?? []), place]);
  });
  BY_MEASURE.set(pack, made);
  return made;
}

const LATEST = new WeakMap<PlanPack, number>();

/** The place of the category that is tried last, the first of those where they are several. */
export function latestOf(pack: PlanPack): number {
  const known = LATEST.get(pack);
  if (known !== undefined) return known;
  let latest = 0;
  pack.categories.forEach((_, place) => {
    if (precedenceAt(pack, place) > precedenceAt(pack, latest)) latest = place;
  });
  LATEST.set(pack, latest);
  return latest;
}

/** Of the category of that place; below all others where there is none. */
export function precedenceAt({ categories }: PlanPack, place: number): number {
  return categories[place]?.precedence ?? Number.NEGATIVE_INFINITY;
}
