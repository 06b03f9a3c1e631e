/** From the words of a duty-group message to its kind, fields and measured facts: the one door of the report reader. */
import type { Instant } from '../instant';
import { cause } from './cause';
import { withoutOldValues } from './correction';
import { district } from './district';
import { type Draft, draftOf } from './draft';
import { measuredFacts } from './facts';
import {
  type Found,
  type Lexicon,
  type MeasuredFact,
  type MessageKind,
  NO_FIELDS,
  type Note,
  type Reading,
  type ReportFields,
} from './fields';
import { messageKind } from './kind';
import { wordsOf } from './lexicon/words';
import { measures } from './measures';
import { money } from './money';
import { type Normal, normalise, traced, tracedSpan } from './normal';
import { occurrence } from './occurrence';
import { people } from './people';
import { contactPhone } from './phone';
import { place } from './place';
import { source } from './source';

/** Longer messages are read up to here, in UTF-16 units, and the reading says so; no duty report comes near it. */
export const READ_AT_MOST = 100_000;

/**
 * Reads any text without ever throwing, in time linear in its length. Relative times count back from `now`; spans point into `text` as given.
 * Only a report (and, for the fields it puts right, a correction) has fields and facts. `as` is the kind where a verb has already told it.
 */
export function readReport(text: string, now: Instant, lexicon: Lexicon, as: MessageKind | null = null): Reading {
  const normal = normalise(text.slice(0, READ_AT_MOST));
  const notes: readonly Note[] = text.length > READ_AT_MOST ? [{ is: 'cut', at: READ_AT_MOST }] : [];
  const words = wordsOf(normal.text);
  const kind = as ?? messageKind(normal.text, words);
  if (kind === 'report') return reported(normal, now, draftOf(normal.text, lexicon, words), notes);
  if (kind === 'correction') return corrected(normal, now, draftOf(withoutOldValues(normal.text), lexicon), notes);
  return { kind, fields: NO_FIELDS, facts: NO_FACTS, notes };
}

/** Only what kind of message it is, without reading its fields. */
export function readKind(text: string): MessageKind {
  const normal = normalise(text.slice(0, READ_AT_MOST));
  return messageKind(normal.text, wordsOf(normal.text));
}

const NO_FACTS: readonly MeasuredFact[] = [];

function reported(normal: Normal, now: Instant, draft: Draft, notes: readonly Note[]): Reading {
  const counts = people(draft);
  const where = place(draft);
  const fields: ReportFields = {
    occurredAt: occurrence(draft, now, true),
    place: where,
    district: district(draft.counties),
    cause: cause(draft, where?.spans[0] ?? null),
    peopleInvolved: counts.involved,
    injured: counts.injured,
    dead: counts.dead,
    amountYuan: money(draft),
    measures: measures(draft),
    source: source(draft),
    contactPhone: contactPhone(draft.text),
  };
  const facts = measuredFacts(draft, fields, counts);
  const traced = normal.starts === null ? facts : facts.map((f) => tracedFact(normal, f));
  return { kind: 'report', fields: tracedFields(normal, fields), facts: traced, notes };
}

function tracedFact(normal: Normal, fact: MeasuredFact): MeasuredFact {
  const { measure, interval, spans } = fact;
  return { measure, interval, spans: spans.map((s) => tracedSpan(normal, s)) };
}

/** Only what it puts right: neither cause nor measures nor source are told by a correction. */
function corrected(normal: Normal, now: Instant, draft: Draft, notes: readonly Note[]): Reading {
  const counts = people(draft);
  const fields: ReportFields = {
    ...NO_FIELDS,
    occurredAt: occurrence(draft, now, false),
    place: place(draft),
    district: district(draft.counties),
    peopleInvolved: counts.involved,
    injured: counts.injured,
    dead: counts.dead,
    amountYuan: money(draft),
    contactPhone: contactPhone(draft.text),
  };
  return { kind: 'correction', fields: tracedFields(normal, fields), facts: NO_FACTS, notes };
}

function tracedFields(normal: Normal, fields: ReportFields): ReportFields {
  const back = <T>(found: Found<T> | null) => (found === null ? null : traced(normal, found));
  const asWritten = (found: Found<string>): Found<string> => worded(normal, traced(normal, found));
  if (normal.starts === null && normal.original === normal.text) return fields;
  if (normal.starts === null)
    return {
      ...fields,
      cause: fields.cause === null ? null : worded(normal, fields.cause),
      measures: fields.measures.map((m) => worded(normal, m)),
    };
  return {
    occurredAt: back(fields.occurredAt),
    place: back(fields.place),
    district: back(fields.district),
    cause: fields.cause === null ? null : asWritten(fields.cause),
    peopleInvolved: back(fields.peopleInvolved),
    injured: back(fields.injured),
    dead: back(fields.dead),
    amountYuan: back(fields.amountYuan),
    measures: fields.measures.map(asWritten),
    source: back(fields.source),
    contactPhone: back(fields.contactPhone),
  };
}

/** Cause and measures are quoted as they were typed, slips and all. */
function worded({ original }: Normal, found: Found<string>): Found<string> {
  const span = found.spans[0];
  if (span === undefined) return found;
  const { spans, confidence, rule } = found;
  return { value: original.slice(span.start, span.end), spans, confidence, rule };
}
