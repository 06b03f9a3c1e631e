/** Every figure an incident had, as the API shows it: value, the words it was read from, who told it, when. */
import type { FigureStep, IncidentState } from '../../core/incident/state';
import type { Rulebook } from '../../core/plans/rulebook';
import { maskedWords } from '../../core/privacy/mask';
import { iso } from './iso';

/** By measure in the order of the plan, each with its steps, oldest first. */
export function presentFigures({ pack }: Rulebook, { figures }: IncidentState, vault: ReadonlyMap<string, string>) {
  const order = new Map(pack.measures.map((measure, i) => [measure.id, i]));
  return Object.entries(figures)
    .sort(([a], [b]) => (order.get(a) ?? order.size) - (order.get(b) ?? order.size))
    .map(([id, steps]) => {
      const measure = pack.measures.find((one) => one.id === id);
      return { measure: id, zh: measure?.zh ?? id, unit: measure?.unit ?? '', steps: steps.map((step) => presentStep(step, vault)) };
    });
}

/** Texts in which their words stand. */
export function figureTexts({ figures }: IncidentState): readonly string[] {
  return Object.values(figures).flatMap((steps) => steps.flatMap(({ source }) => source?.id ?? []));
}

function presentStep({ at, by, fact, source, verified }: FigureStep, vault: ReadonlyMap<string, string>) {
  const text = vault.get(source?.id ?? '');
  const words = text === undefined ? [] : fact.spans.map(({ start, end }) => maskedWords(text.slice(start, end)));
  return { at: iso(at), by, min: fact.interval.min, max: fact.interval.max, verified, words };
}
