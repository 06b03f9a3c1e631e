/** What a duty-group message says, as fields: every value keeps the words it came from. */
import type { Instant } from '../instant';
import type { County } from '../roster/roster';

/** [start, end) in UTF-16 units of the original text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A value, the words it was read from (at least one span), how sure the reader is (0 to 1) and the rule or cue that found it. */
export interface Found<T> {
  readonly value: T;
  readonly spans: readonly Span[];
  /** Left out where a person said the value, and in events written before readings told it. */
  readonly confidence?: number;
  readonly rule?: string;
}

/** A value read by a rule; what is more than sure is sure. */
export function found<T>(value: T, spans: readonly Span[], confidence: number, rule: string): Found<T> {
  const sure = Math.round(Math.min(1, Math.max(0, confidence)) * 100) / 100;
  return { value, spans: spans.map(({ start, end }) => ({ start, end })), confidence: sure, rule };
}

/** Both bounds included; null is open. 六十多 is 60 to 69, 近200 is 180 to 200. */
export interface Interval {
  readonly min: number | null;
  readonly max: number | null;
}

/** How exactly the time was told; `vague` covers 上旬, 假期 and 近日, the last of which has no instant. */
export type Precision = 'minute' | 'hour' | 'day' | 'vague';

export const SOURCES = [
  'leader_instruction',
  'transferred',
  'hotline',
  'walk_in',
  'media',
  'public_opinion',
  'monitoring',
  'other',
] as const;
/** How the matter came to the bureau's notice. */
export type Source = (typeof SOURCES)[number];

export interface Occurrence {
  readonly at: Instant | null;
  readonly precision: Precision;
}

/** Null means not told, which is not the same as none: 无人员伤亡 is 0. Money is in yuan, the phone in digits. */
export interface ReportFields {
  readonly occurredAt: Found<Occurrence> | null;
  readonly place: Found<string> | null;
  readonly district: Found<string> | null;
  readonly cause: Found<string> | null;
  readonly peopleInvolved: Found<Interval> | null;
  readonly injured: Found<number> | null;
  readonly dead: Found<number> | null;
  readonly amountYuan: Found<Interval> | null;
  readonly measures: readonly Found<string>[];
  readonly source: Found<Source> | null;
  readonly contactPhone: Found<string> | null;
}

/** One quantity a plan pack may have thresholds for; `measure` is the id used in the pack. */
export interface MeasuredFact {
  readonly measure: string;
  readonly interval: Interval;
  readonly spans: readonly Span[];
}

export type MessageKind = 'report' | 'progress' | 'ack' | 'correction' | 'other';

/** What the reader has to add about its own work: a text too long was read only up to `at`, in UTF-16 units. */
export interface Note {
  readonly is: 'cut';
  readonly at: number;
}

export interface Reading {
  readonly kind: MessageKind;
  readonly fields: ReportFields;
  readonly facts: readonly MeasuredFact[];
  readonly notes: readonly Note[];
}

/** The county-level units of the bureau's area, all the ways people write them, the full name first. */
export interface Lexicon {
  readonly counties: readonly County[];
}

/** Nothing told: every field open. */
export const NO_FIELDS: ReportFields = {
  occurredAt: null,
  place: null,
  district: null,
  cause: null,
  peopleInvolved: null,
  injured: null,
  dead: null,
  amountYuan: null,
  measures: [],
  source: null,
  contactPhone: null,
};
