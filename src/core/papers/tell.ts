/** What one event tells, as papers may write it: every figure, every moment in each of its forms, every word. */
import type { Recorded } from '../incident/events';
import { dayZh, fullMinuteZh, hourZh, minuteZh } from './parts';

/** Everything a part that names this event may contain. */
export interface Telling {
  readonly moments: ReadonlySet<string>;
  readonly figures: ReadonlySet<string>;
  /** Strings of the event and the words it refers to, as written and as masked. */
  readonly words: readonly string[];
  /** A text of this origin is one of its words, or stands in one as it is. */
  readonly verbatim?: true;
}

/** Smaller numbers are counts and amounts, larger ones instants. */
const SINCE_2001 = 1_000_000_000_000;
/** Numbers that order or place something and are never told: versions of shapes, ranks, places in a text, shares of a term. */
const UNTOLD: ReadonlySet<string> = new Set(['v', 'rank', 'from', 'to', 'suggested', 'start', 'end', 'confidence', 'stage', 'percent']);
/** Strings that are told as they are; all others are ids. */
const TOLD: ReadonlySet<string> = new Set(['value', 'source', 'ref', 'unit', 'hash', 'number']);

/** Pure; `textsOf` gives the words behind an id, as written and masked. */
export function tellingOf({ at, event }: Recorded<unknown>, textsOf: (id: string) => readonly string[]): Telling {
  const words: string[] = [];
  const told: string[] = [];
  const instants = [at];
  const numbers: number[] = [];
  const visit = (value: unknown, name: string): void => {
    if (typeof value === 'string') {
      words.push(value, ...textsOf(value));
      told.push(...(TOLD.has(name) ? [value] : []), ...textsOf(value));
    } else if (typeof value === 'number') {
      if (value >= SINCE_2001) instants.push(value);
      else if (!UNTOLD.has(name)) numbers.push(value);
    } else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) visit(inner, Array.isArray(value) ? name : key);
  };
  visit(event, '');
  return {
    moments: new Set([...instants.flatMap(formsOf), ...told.flatMap(momentsIn)]),
    figures: new Set([...numbers.flatMap((n) => [`${n}`, `${n / 10_000}`]), ...told.flatMap(figuresIn)]),
    words,
  };
}

/** Every form in which a moment is written. */
export function formsOf(at: number): readonly string[] {
  const day = dayZh(at);
  return [fullMinuteZh(at), minuteZh(at), hourZh(at), day, day.slice(day.indexOf('年') + 1)];
}

const MOMENT = /(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:\d{1,2}时(?:\d{2}分|许)?)?/g;

/** Moments written in a text. */
export function momentsIn(text: string): readonly string[] {
  return [...text.matchAll(MOMENT)].map(([found]) => found);
}

/** Numbers in words before what is counted: 六十多名, 三人. */
const IN_WORDS = /[零一二两三四五六七八九十百千万亿]+(?=[余多几来]?(?:人|名|户|件|起|元|家|例|条|项))/g;

/** Groups of digits, and numbers in words, that are no part of a moment. */
export function figuresIn(text: string): readonly string[] {
  const rest = text.replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(MOMENT, '　');
  return [...rest.matchAll(/\d+(?:\.\d+)?/g), ...rest.matchAll(IN_WORDS)].map(([found]) => found);
}
