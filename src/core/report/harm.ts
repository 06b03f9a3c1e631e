/** The dead and the hurt as measures, told apart by food, product and drug, each of which plans grade by figures of its own. */
import type { Draft } from './draft';
import type { Found, Interval, MeasuredFact, ReportFields, Span } from './fields';
import { holds } from './ordered';
import type { People } from './people';

type Counted = { readonly interval: Interval; readonly spans: readonly Span[] } | null;

/** Facts of deaths and injuries; none where nobody came to harm. */
export function harmFacts({ text, words }: Draft, fields: ReportFields, { grave }: People): readonly MeasuredFact[] {
  const dead = counted(fields.dead);
  const hurt = counted(fields.injured);
  if (dead === null && hurt === null) return [];
  const kind = words.food.length > 0 ? 'food' : 'product';
  const among = dead === null ? 'no_death' : 'with_death';
  const inFood = kind === 'food' ? hurt : null;
  return [
    ...told('deaths', dead),
    ...told(`${kind}_deaths`, dead),
    ...told('injured', hurt),
    ...told('gravely_injured', counted(grave)),
    ...told(`${kind}_injured`, hurt),
    ...told(`${kind}_injured_${among}`, hurt),
    ...told('food_injured_at_school', words.school.length > 0 ? inFood : null),
    ...told('food_injured_at_event', words.bigEvent.length > 0 ? inFood : null),
    ...told(
      'product_loss_yuan',
      kind === 'product' && fields.amountYuan !== null ? { interval: fields.amountYuan.value, spans: fields.amountYuan.spans } : null,
    ),
    ...told('same_batch_reactions', /同一?批[号次]/.test(text) && holds(words.hurt, 0, text.length) ? hurt : null),
  ];
}

function told(measure: string, what: Counted): readonly MeasuredFact[] {
  return what === null ? [] : [{ measure, interval: what.interval, spans: what.spans.map(({ start, end }) => ({ start, end })) }];
}

function counted(found: Found<number> | null): Counted {
  return found === null || found.value === 0 ? null : { interval: { min: found.value, max: found.value }, spans: found.spans };
}
