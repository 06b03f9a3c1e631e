/** The dead and the hurt as measures, told apart by food, product and drug, each of which plans grade by figures of its own. */
import type { Draft } from './draft';
import type { Found, Interval, MeasuredFact, ReportFields, Span } from './fields';
import { holds } from './ordered';
import type { People } from './people';

type Counted = { readonly interval: Interval; readonly spans: readonly Span[] } | null;

/** Adds the facts of deaths and injuries to `out`; none where nobody came to harm. */
export function harmFacts({ text, words }: Draft, fields: ReportFields, { grave }: People, out: MeasuredFact[]): void {
  const dead = counted(fields.dead);
  const hurt = counted(fields.injured);
  if (dead === null && hurt === null) return;
  const isFood = words.food.length > 0;
  const names = isFood ? OF_FOOD : OF_PRODUCTS;
  const inFood = isFood ? hurt : null;
  const told: readonly (readonly [string, Counted])[] = [
    ['deaths', dead],
    [names.deaths, dead],
    ['injured', hurt],
    ['gravely_injured', counted(grave)],
    [names.injured, hurt],
    [dead === null ? names.injuredAlone : names.injuredBesides, hurt],
    ['food_injured_at_school', words.school.length > 0 ? inFood : null],
    ['food_injured_at_event', words.bigEvent.length > 0 ? inFood : null],
    ['product_loss_yuan', isFood ? null : lost(fields)],
    ['same_batch_reactions', /同一?批[号次]/.test(text) && holds(words.hurt, 0, text.length) ? hurt : null],
  ];
  for (const [measure, what] of told) {
    if (what !== null) out.push({ measure, interval: what.interval, spans: what.spans.map(({ start, end }) => ({ start, end })) });
  }
}

/** The names of measures, those of the hurt where nobody died and where somebody did. */
const OF_FOOD = {
  deaths: 'food_deaths',
  injured: 'food_injured',
  injuredAlone: 'food_injured_no_death',
  injuredBesides: 'food_injured_with_death',
} as const;
const OF_PRODUCTS = {
  deaths: 'product_deaths',
  injured: 'product_injured',
  injuredAlone: 'product_injured_no_death',
  injuredBesides: 'product_injured_with_death',
} as const;

function lost({ amountYuan }: ReportFields): Counted {
  return amountYuan === null ? null : { interval: amountYuan.value, spans: amountYuan.spans };
}

function counted(found: Found<number> | null): Counted {
  return found === null || found.value === 0 ? null : { interval: { min: found.value, max: found.value }, spans: found.spans };
}
