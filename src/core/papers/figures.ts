/** Figures as papers write them: exact ones as figures, uncertain ones in the words they were told with (近200, 约300, 六十多). */
import type { FigureStep, IncidentState } from '../incident/state';
import type { Interval, MeasuredFact, Span } from '../report/fields';
import { type Brief, eventsOf, type IncidentBrief, wordsOf } from './brief';
import type { Part } from './draft';
import { told } from './parts';
import type { IncidentRecord } from './record';

/** One value of one measure with the event that told it. */
export interface TracedFigure {
  readonly version: number;
  readonly step: Pick<FigureStep, 'at' | 'fact' | 'by' | 'source' | 'verified'>;
}

/** Every value of every measure, oldest first, up to an event. Nothing is forgotten, unlike in the folded state. */
export function figuresUpTo(record: IncidentRecord, version = Number.POSITIVE_INFINITY): ReadonlyMap<string, readonly TracedFigure[]> {
  const found = new Map<string, TracedFigure[]>();
  const add = (
    at: { readonly version: number; readonly at: number },
    facts: readonly MeasuredFact[],
    how: Omit<FigureStep, 'fact' | 'at'>,
  ): void => {
    for (const fact of facts) {
      const steps = found.get(fact.measure) ?? [];
      steps.push({ version: at.version, step: { at: at.at, fact, ...how } });
      found.set(fact.measure, steps);
    }
  };
  for (const recorded of record.events) {
    const { event } = recorded;
    if (recorded.version > version) break;
    if (event.type === 'IncidentReported' || event.type === 'IncidentSupplemented')
      add(recorded, event.facts, { by: event.by, source: event.text, verified: false });
    if (event.type === 'FiguresRecorded') add(recorded, event.facts, { by: event.by, source: event.source, verified: event.verified });
  }
  return found;
}

/** Does one telling stand for both: the same words of the same event, counted under two measures? */
export function sameWords(a: TracedFigure, b: TracedFigure): boolean {
  const [one] = a.step.fact.spans;
  const [other] = b.step.fact.spans;
  return a.version === b.version && one !== undefined && one.start === other?.start && one.end === other.end;
}

/** 12人, or the words it was told with where they leave it open. */
export function figure(brief: Brief, { version, step }: TracedFigure, unit: string, side: 'now' | 'was' = 'now'): Part {
  const { measure, interval, spans } = step.fact;
  return told(brief, version, amount(wordsOf(brief.ctx, step.source), spans, interval, unit), { measure, interval, side });
}

/** A figure of a field, which no measure of the plan counts. */
export function fieldFigure(brief: IncidentBrief, name: FigureField, unit: string): Part | null {
  const told_ = fieldTold(brief.record, name);
  if (told_ === null) return null;
  const { value, spans } = told_.found;
  const interval = typeof value === 'number' ? { min: value, max: value } : value;
  const text = amount(brief.ctx.texts.get(told_.text) ?? null, spans, interval, unit);
  return told(brief, told_.version, text, { measure: name, interval, side: 'now' });
}

/** Fields of a report that are figures. */
export type FigureField = 'dead' | 'injured' | 'peopleInvolved' | 'amountYuan';

/** The newest telling of a field: its value, the event and the text its words stand in. */
export function fieldTold<N extends keyof IncidentState['fields']>(
  record: IncidentRecord,
  name: N,
  upTo = Number.POSITIVE_INFINITY,
): { readonly found: NonNullable<IncidentState['fields'][N]>; readonly version: number; readonly text: string } | null {
  const tellings = [...eventsOf(record, 'IncidentReported'), ...eventsOf(record, 'IncidentSupplemented')];
  const told_ = tellings.findLast(({ event, version }) => version <= upTo && (event.fields[name] ?? null) !== null);
  const found = told_?.event.fields[name] ?? null;
  return told_ === undefined || found === null
    ? null
    : { found: found as NonNullable<IncidentState['fields'][N]>, version: told_.version, text: told_.event.text.id };
}

const AHEAD = /(?:大约|大概|将近|接近|超过|不少于|不低于|至少|不足|不到|最多|不超过|约|近|超|逾|上)(?:有|达|为)?$/;
const BEHIND = /^(?:余|多|左右|上下|以上|以下|不等|出头)/;
const OPEN_WORDS = /[余多几近约超逾]|左右|上下|以[上下内]|不[足到满]|至少|最多|将近|接近|[零〇一二两三四五六七八九十百千万亿]/;
const HAS_FIGURE = /[0-9０-９零〇一二两俩仨三四五六七八九十百千万亿几数]/;
const HAS_UNIT = /[人名位例户件起个元家条次台只份亿万](?:以[上下内]|左右|上下|不等)?$/;

/** The words around a number where they leave it open, else the number itself. */
export function amount(source: string | null, spans: readonly Span[], interval: Interval, unit: string): string {
  const [span] = spans;
  const words = source === null || span === undefined ? '' : around(source, span);
  const exact = interval.min !== null && interval.min === interval.max;
  if (HAS_FIGURE.test(words) && (!exact || OPEN_WORDS.test(words.replace(/[0-9.]+[万亿千百]?/g, ''))))
    return HAS_UNIT.test(words) ? words : `${words}${unit}`;
  return bounds(interval, unit);
}

function around(source: string, { start, end }: Span): string {
  const ahead = AHEAD.exec(source.slice(Math.max(0, start - 4), start))?.[0] ?? '';
  const behind = BEHIND.exec(source.slice(end, end + 2))?.[0] ?? '';
  return `${ahead}${source.slice(start, end)}${behind}`.trim();
}

/** 12人; 60至69人; 200人以上; 不足70人. */
function bounds({ min, max }: Interval, unit: string): string {
  if (min !== null && max !== null) return min === max ? `${round(min)}${unit}` : `${round(min)}至${round(max)}${unit}`;
  if (min !== null) return `${round(min)}${unit}以上`;
  return max === null ? '' : `不足${round(max)}${unit}`;
}

/** 1200000 is written 120万; what four digits of 万 cannot tell exactly stays in full. */
function round(value: number): string {
  return value >= 10_000 && value % 100 === 0 ? `${value / 10_000}万` : `${value}`;
}
