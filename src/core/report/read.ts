/** From the words of a duty-group message to its kind, fields and measured facts: the one door of the report reader. */
import type { Instant } from '../instant';
import { cause } from './cause';
import { countyMentions, district } from './district';
import { measuredFacts } from './facts';
import { type Found, type Lexicon, type MessageKind, NO_FIELDS, type Reading, type ReportFields } from './fields';
import { headings } from './headings';
import { messageKind } from './kind';
import { measures } from './measures';
import { money } from './money';
import { type Normal, normalise, traced, tracedSpan } from './normal';
import { numerals } from './numerals';
import { occurrence } from './occurrence';
import { people } from './people';
import { contactPhone } from './phone';
import { place } from './place';
import { source } from './source';

/** Longer messages are read up to here, in UTF-16 units; no duty report comes near it. */
const READ_AT_MOST = 8000;

/**
 * Reads any text without ever throwing, in time linear in its length. Relative times count back from `now`; spans point into `text` as given.
 * Only a report (and, for the fields it puts right, a correction) has fields and facts. `as` is the kind where a verb has already told it.
 */
export function readReport(text: string, now: Instant, lexicon: Lexicon, as: MessageKind | null = null): Reading {
  const normal = normalise(text.slice(0, READ_AT_MOST));
  const kind = as ?? messageKind(normal.text);
  if (kind !== 'report' && kind !== 'correction') return { kind, fields: NO_FIELDS, facts: [] };
  return readFields(normal, now, lexicon, kind);
}

/** Only what kind of message it is, without reading its fields. */
export function readKind(text: string): MessageKind {
  return messageKind(normalise(text.slice(0, READ_AT_MOST)).text);
}

function readFields(normal: Normal, now: Instant, lexicon: Lexicon, kind: MessageKind): Reading {
  const { text } = normal;
  const numbers = numerals(text);
  const sections = headings(text);
  const counties = countyMentions(text, lexicon);
  const counts = people(text, numbers);
  const where = place(text, counties, sections);
  const fields: ReportFields = {
    occurredAt: occurrence(text, now, sections, kind === 'report'),
    place: where,
    district: district(counties),
    cause: kind === 'correction' ? null : cause(text, sections, where?.spans[0] ?? null),
    peopleInvolved: counts.involved,
    injured: counts.injured,
    dead: counts.dead,
    amountYuan: money(text, numbers),
    measures: kind === 'correction' ? [] : measures(text, sections),
    source: kind === 'correction' ? null : source(text, sections),
    contactPhone: contactPhone(text),
  };
  const facts = kind === 'correction' ? [] : measuredFacts(text, fields, counties, numbers);
  return {
    kind,
    fields: tracedFields(normal, fields),
    facts: facts.map((f) => ({ ...f, spans: f.spans.map((s) => tracedSpan(normal, s)) })),
  };
}

function tracedFields(normal: Normal, fields: ReportFields): ReportFields {
  const back = <T>(found: Found<T> | null) => (found === null ? null : traced(normal, found));
  return {
    occurredAt: back(fields.occurredAt),
    place: back(fields.place),
    district: back(fields.district),
    cause: back(fields.cause),
    peopleInvolved: back(fields.peopleInvolved),
    injured: back(fields.injured),
    dead: back(fields.dead),
    amountYuan: back(fields.amountYuan),
    measures: fields.measures.map((m) => traced(normal, m)),
    source: back(fields.source),
    contactPhone: back(fields.contactPhone),
  };
}
