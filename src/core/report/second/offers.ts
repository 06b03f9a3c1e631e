/** What a second reading has to offer beyond the record: only what a person can take over by typing one line that the rules read as meant. */
import { type Instant, localMinute, MINUTE } from '../../instant';
import type { Interval, Lexicon, Occurrence, ReportFields } from '../fields';
import { readReport } from '../read';
import type { Said } from './answer';

/** `how`: the verb by which it is taken over. `people`: named in the same line, so that it is not counted anew from the hurt alone. */
export type Offer = Said & { readonly how: 'supplement' | 'correction'; readonly people: Interval | null };

/** Begins every line that is taken over, so that the record tells where it came from. */
export const MARK = '第二阅读：';

/**
 * Offers what the record has not (to be supplemented) or has clearly otherwise (to be corrected). Left out: what its own line would
 * not bring about, or what would change another field beside it. Never a category or level: those are made by the rules, from what a
 * person types. Pure.
 */
export function offersOf(
  said: readonly Said[],
  text: string,
  about: { readonly fields: ReportFields; readonly now: Instant; readonly lexicon: Lexicon },
): readonly Offer[] {
  return said.flatMap((one) => {
    const how = isEmpty(about.fields[one.field]) ? 'supplement' : 'correction';
    const people = [null, about.fields.peopleInvolved?.value ?? null];
    const offers = people.map((with_): Offer => ({ ...one, how, people: with_ }));
    return offers.find((offer) => bringsItAbout(offer, text, about)) ?? [];
  });
}

/** What a person types behind `#n 补充` or `#n 更正` to take the offer over. */
export function lineOf(offer: Offer, text: string): string {
  const beside = offer.people === null ? '' : `涉及${numbersText(offer.people)}人，`;
  return `${MARK}${beside}${phraseOf(offer, text.slice(offer.words.start, offer.words.end))}`;
}

function phraseOf(said: Said, words: string): string {
  switch (said.field) {
    case 'occurredAt':
      return `时间：${momentText(said.value)}`;
    case 'place':
    case 'district':
      return `地点：${words}`;
    case 'peopleInvolved':
      return `涉及${numbersText(said.value)}人`;
    case 'amountYuan':
      return `涉案金额${numbersText(said.value)}元`;
    case 'injured':
      return `受伤${said.value}人`;
    case 'dead':
      return `死亡${said.value}人`;
    case 'measures':
      return `已采取措施：${words}`;
    default:
      return said satisfies never;
  }
}

function numbersText({ min, max }: Interval): string {
  if (min === null) return `不足${max}`;
  if (max === null) return `至少${min}`;
  return min === max ? `${min}` : `${min}至${max}`;
}

function momentText({ at, precision }: Occurrence): string {
  const [, year, month, day, hour, minute] = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+)/.exec(localMinute(at ?? 0)) ?? [];
  const date = `${year}年${Number(month)}月${Number(day)}日`;
  if (precision === 'day') return date;
  return precision === 'hour' ? `${date}${Number(hour)}时许` : `${date}${Number(hour)}时${minute}分`;
}

function bringsItAbout(
  offer: Offer,
  text: string,
  { fields, now, lexicon }: { readonly fields: ReportFields; readonly now: Instant; readonly lexicon: Lexicon },
): boolean {
  const read = readReport(lineOf(offer, text), now, lexicon, 'report').fields;
  const others = FIELDS.filter((name) => name !== offer.field);
  return (
    isMeant(offer, read, text) &&
    (offer.how === 'supplement' || differs(offer, fields, read)) &&
    others.every((name) => isEmpty(read[name]) || isEmpty(fields[name]) || same(read[name], fields[name]))
  );
}

/** Those that a supplement or a correction can change. */
const FIELDS = ['occurredAt', 'place', 'district', 'peopleInvolved', 'injured', 'dead', 'amountYuan', 'measures'] as const;
type Field = (typeof FIELDS)[number];

function isMeant(offer: Offer, read: ReportFields, text: string): boolean {
  if ('value' in offer) return JSON.stringify(read[offer.field]?.value) === JSON.stringify(offer.value);
  if (offer.field === 'measures') return read.measures.length === 1;
  return offer.field === 'district' ? read.district !== null : read.place?.value === text.slice(offer.words.start, offer.words.end);
}

/** Clearly otherwise: another day or more than half an hour, numbers without overlap, words of which neither holds the other. */
function differs(offer: Offer, fields: ReportFields, read: ReportFields): boolean {
  switch (offer.field) {
    case 'occurredAt':
      return isOtherMoment(fields.occurredAt?.value.at ?? null, offer.value);
    case 'peopleInvolved':
    case 'amountYuan':
      return isApart(fields[offer.field]?.value, offer.value);
    case 'injured':
    case 'dead':
      return fields[offer.field]?.value !== offer.value;
    case 'place':
    case 'district': {
      const [old, now] = [fields[offer.field]?.value ?? '', read[offer.field]?.value ?? ''];
      return !old.includes(now) && !now.includes(old);
    }
    case 'measures':
      return false;
    default:
      return offer satisfies never;
  }
}

function isOtherMoment(old: Instant | null, { at, precision }: Occurrence): boolean {
  if (old === null || at === null) return true;
  const day = (moment: Instant): string => localMinute(moment).slice(0, 10);
  return precision === 'day' ? day(old) !== day(at) : Math.abs(old - at) > 30 * MINUTE;
}

function isApart(old: Interval | undefined, now: Interval): boolean {
  return old !== undefined && ((old.max ?? Infinity) < (now.min ?? 0) || (now.max ?? Infinity) < (old.min ?? 0));
}

function isEmpty(found: ReportFields[Field]): boolean {
  return found === null || ('length' in found && found.length === 0);
}

function same(a: ReportFields[Field], b: ReportFields[Field]): boolean {
  const values = (found: ReportFields[Field]) => (found === null ? null : 'length' in found ? found.map((f) => f.value) : found.value);
  return JSON.stringify(values(a)) === JSON.stringify(values(b));
}
