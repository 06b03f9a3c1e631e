/** What a language model says it read in a report, taken only as far as the report itself bears it out. */
import { z } from 'zod';
import { DAY, HOUR, type Instant, localMinute, MINUTE } from '../../instant';
import type { Interval, Occurrence, Span } from '../fields';
import { normalise } from '../normal';
import { numerals } from '../numerals';

/** One value and the words of the report it rests on; where there is no value, the words are the value. */
export type Said = { readonly words: Span } & (
  | { readonly field: 'occurredAt'; readonly value: Occurrence }
  | { readonly field: 'peopleInvolved' | 'amountYuan'; readonly value: Interval }
  | { readonly field: 'injured' | 'dead'; readonly value: number }
  | { readonly field: 'place' | 'district' | 'measures' }
);

const words = z.string().min(1).max(60);
const amount = (most: number) => z.number().int().min(0).max(most);
const interval = (most: number) =>
  z
    .strictObject({ min: amount(most).nullable(), max: amount(most).nullable(), words })
    .refine(({ min, max }) => (min ?? max) !== null && (min === null || max === null || min <= max));
const PEOPLE = 1_000_000;
const YUAN = 1e12;
const MOST_MEASURES = 3;

/** A field that is missing or not as it should be is null; the others stand. Unknown names are ignored. */
const answerSchema = z.object({
  occurredAt: z
    .strictObject({ value: z.string().max(32), precision: z.enum(['minute', 'hour', 'day']), words })
    .nullable()
    .catch(null),
  place: words.nullable().catch(null),
  district: words.nullable().catch(null),
  peopleInvolved: interval(PEOPLE).nullable().catch(null),
  injured: z
    .strictObject({ value: amount(PEOPLE), words })
    .nullable()
    .catch(null),
  dead: z
    .strictObject({ value: amount(PEOPLE), words })
    .nullable()
    .catch(null),
  amountYuan: interval(YUAN).nullable().catch(null),
  measures: z.array(z.unknown()).catch([]),
});

/**
 * The fields of an answer that stand up: words occur in the report, numbers are told by those words, a time lies within the year
 * before the report. What does not is dropped without a word; null when it is no answer of this kind at all. Pure.
 */
export function saidIn(answer: unknown, text: string, now: Instant): readonly Said[] | null {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) return null;
  const { occurredAt, place, district, peopleInvolved, injured, dead, amountYuan, measures } = parsed.data;
  const literal = (field: 'place' | 'district' | 'measures', value: unknown) =>
    typeof value === 'string' && isPlain(value) ? at(text, value, (found) => ({ field, words: found })) : [];
  const range = (field: 'peopleInvolved' | 'amountYuan', found: typeof peopleInvolved) =>
    found === null || !tells(found.words, found)
      ? []
      : at(text, found.words, (where) => ({ field, value: { min: found.min, max: found.max }, words: where }));
  const count = (field: 'injured' | 'dead', found: typeof injured) =>
    found === null || !(tells(found.words, { min: found.value, max: found.value }) || saysNone(found))
      ? []
      : at(text, found.words, (where) => ({ field, value: found.value, words: where }));
  return [
    ...moment(occurredAt, text, now),
    ...literal('district', district),
    ...literal('place', place),
    ...range('peopleInvolved', peopleInvolved),
    ...count('injured', injured),
    ...count('dead', dead),
    ...range('amountYuan', amountYuan),
    ...measures.slice(0, MOST_MEASURES).flatMap((one) => literal('measures', one)),
  ];
}

function at(text: string, quoted: string, said: (words: Span) => Said): readonly Said[] {
  const start = text.indexOf(quoted);
  return start < 0 ? [] : [said({ start, end: start + quoted.length })];
}

/** One phrase: nothing that could begin another line, number or command when it is typed again. */
function isPlain(value: string): boolean {
  return value.length >= 2 && value.length <= 40 && !/[\s#＃@＠，,。；;：:<>[\]`*_|“”"]/u.test(value);
}

/** The words hold that number, or numbers that make it together. */
function tells(quoted: string, { min, max }: Interval): boolean {
  const told = numerals(normalise(quoted).text).map((n) => n.interval);
  const sum = told.reduce<Interval>((a, b) => ({ min: plus(a.min, b.min), max: plus(a.max, b.max) }), { min: 0, max: 0 });
  return told.length > 0 && [...told, sum].some((one) => (max ?? Infinity) >= (one.min ?? 0) && (one.max ?? Infinity) >= (min ?? 0));
}

function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

function saysNone({ value, words: quoted }: { readonly value: number; readonly words: string }): boolean {
  return value === 0 && /无|没有|未/u.test(quoted);
}

const MOMENT = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2})?(?:\+08:?00)?)?$/;

function moment(found: z.output<typeof answerSchema>['occurredAt'], text: string, now: Instant): readonly Said[] {
  const parts = found === null ? null : MOMENT.exec(found.value);
  if (found === null || parts === null || (parts[4] === undefined && found.precision !== 'day')) return [];
  const exact = Date.parse(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4] ?? '00'}:${parts[5] ?? '00'}+08:00`);
  const value = exact - ((exact + 8 * HOUR) % (found.precision === 'day' ? DAY : found.precision === 'hour' ? HOUR : MINUTE));
  if (!(value <= now && value > now - 366 * DAY) || localMinute(value).slice(0, 10) !== found.value.slice(0, 10)) return [];
  return at(text, found.words, (where) => ({ field: 'occurredAt', value: { at: value, precision: found.precision }, words: where }));
}
