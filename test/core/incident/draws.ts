/** What random commands are made of: words, moments, figures, places; mostly right, now and then wrong or missing. */
import fc from 'fast-check';
import type { TextRef } from '../../../src/core/incident/events';
import { HOUR, type Instant, MINUTE } from '../../../src/core/instant';
import type { Rulebook } from '../../../src/core/plans/rulebook';
import type { MeasuredFact, ReportFields } from '../../../src/core/report/fields';
import { NOTHING_TOLD, told, words } from '../builders';

/** Which of several. */
export const nth = fc.nat({ max: 99 });
/** True fourteen times in fifteen. */
export const often = fc.nat({ max: 14 }).map((n) => n < 14);
/** True every other time. */
export const even = fc.boolean();
/** So many minutes, in milliseconds. */
export const minutes = (max: number) => fc.nat({ max }).map((n) => n * MINUTE);

/** Words, now and then forgotten. */
export const said = (id: string): fc.Arbitrary<TextRef | null> => often.map((is) => (is ? words(id) : null));
/** A reason, now and then none. */
export const why = said('why');
/** Moments written down: up to now, now and then one still to come. */
export const ago = fc.oneof({ weight: 9, arbitrary: minutes(90) }, { weight: 1, arbitrary: fc.constant(-HOUR) });
/** Terms people name; now and then one that has passed. */
export const term = fc.oneof({ weight: 9, arbitrary: minutes(240) }, { weight: 1, arbitrary: fc.constant(-HOUR) });

/** One of those there are; `none` now and then, and where there are none. */
export type Choose = (among: readonly string[]) => string;
export const chosen: fc.Arbitrary<Choose> = fc.record({ n: nth, right: often }).map(
  ({ n, right }) =>
    (among) =>
      (right ? among[n % among.length] : undefined) ?? 'none',
);
/** What they are called. */
export const idsOf = (entries: readonly { readonly id: string }[]): readonly string[] => entries.map((entry) => entry.id);

/** Rank of a level of the plan; now and then, and where there are none, 9. */
export const level: fc.Arbitrary<(rules: Rulebook) => number> = fc.record({ n: nth, right: often }).map(
  ({ n, right }) =>
    ({ pack: { levels } }) =>
      (right ? levels[n % levels.length]?.rank : undefined) ?? 9,
);

/** Figures as people enter them: also of no known measure, also less than none. */
export const facts: fc.Arbitrary<(rules: Rulebook) => readonly MeasuredFact[]> = fc
  .array(fc.record({ measure: chosen, value: fc.integer({ min: -1, max: 400 }) }), { maxLength: 2 })
  .map(
    (figures) =>
      ({ pack }) =>
        figures.map(({ measure, value }) => ({
          measure: measure(idsOf(pack.measures)),
          interval: { min: value, max: value },
          spans: [],
        })),
  );
/** What a reader finds is never an unknown measure nor less than nothing. */
export const read = facts.map(
  (make) => (rules: Rulebook) => make(rules).filter((fact) => fact.measure !== 'none' && (fact.interval.min ?? 0) >= 0),
);

const district = fc.constantFrom('湖滨区', '湖滨区', '陕州区', '西湖区', null);
/** What a message tells beside its figures. */
export const fields: fc.Arbitrary<(at: Instant) => ReportFields> = fc
  .record({
    district,
    occurred: fc.option(fc.record({ before: minutes(20 * 60), precision: fc.constantFrom('minute', 'hour', 'day') })),
  })
  .map(({ district: name, occurred }) => (at) => ({
    ...NOTHING_TOLD,
    district: name === null ? null : told(name),
    occurredAt: occurred === null ? null : told({ at: at - occurred.before, precision: occurred.precision }),
  }));
