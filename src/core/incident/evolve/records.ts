/** How opening a work record and entering something in it change an incident, and how a 收到 is the receipt of a copy. */
import type { EventOf } from '../events';
import type { RecordEvent } from '../events/records';
import { KINDS } from '../records/kinds';
import type { Period, WorkRecord } from '../records/record';
import type { IncidentState } from '../state';
import { type At, answeredBy, changed, kept, withAsked } from './parts';

/** Folds one of them. */
export function evolveRecords(state: IncidentState, event: RecordEvent, at: At): IncidentState {
  switch (event.type) {
    case 'RecordOpened':
      return { ...state, records: { ...state.records, [event.id]: opened(event, at) }, asks: withAsked(state, event.asked, at) };
    case 'RecordEntered': {
      const asks = answeredBy(state, event.id, at);
      return {
        ...state,
        records: changed(state.records, [event.id], (record) => entered(record, event, at)),
        asks: withAsked({ ...state, asks }, event.asked, at),
      };
    }
    default:
      return event satisfies never;
  }
}

function opened(event: EventOf<'RecordOpened'>, { version, at }: At): WorkRecord {
  const { id, kind, n, by, room, owner, to, words, figures, stage } = event;
  const { parts, about, dueAt, every, amount, takenAt, hash, incoming, division } = event;
  return {
    ...{ id, kind, n, version, openedAt: at, by, room, owner, to, words, figures, stage },
    ...{ parts, about, dueAt, every, amount, takenAt, hash, incoming, division },
    ...{ settledAt: null, entries: [], given: 0, returned: 0, period: { n: 1, from: at, before: null } },
  };
}

function entered(record: WorkRecord, event: EventOf<'RecordEntered'>, at: At): WorkRecord {
  const { move, words, amount, doneAt, lateReason, about } = event;
  const value = amount?.value ?? 0;
  return {
    ...record,
    stage: event.stage,
    owner: event.owner,
    words: move === 'revise' ? words : record.words,
    parts: { ...record.parts, ...event.parts },
    settledAt: event.closes ? (record.settledAt ?? doneAt ?? at.at) : record.settledAt,
    entries: kept(record.entries, { version: at.version, at: at.at, by: event.by, move, words, amount, doneAt, lateReason, about }),
    given: record.given + (move === 'give' ? value : 0),
    returned: record.returned + (move === 'return' ? value : 0),
    period: move === 'report' ? next(record.period, at) : record.period,
  };
}

/** The next stretch begins with the entry that ends this one. */
function next({ n, from }: Period, { at }: At): Period {
  return { n: n + 1, from: at, before: { from, doneAt: at } };
}

/** Records whose receipt is the 收到 of whoever was asked; taken back, they wait again. */
export function receipted({ records, asks }: IncidentState, answered: readonly string[], at: At | null): IncidentState['records'] {
  const ids = answered.flatMap((id) => (asks[id]?.kind === 'record' ? [asks[id]?.about ?? id] : []));
  const meant = ids.filter((id) => byReceipt(records[id], at === null));
  if (meant.length === 0) return records;
  return changed(records, meant, (record) => ({
    ...record,
    stage: at === null ? KINDS[record.kind].begins : 'receipted',
    settledAt: at?.at ?? null,
  }));
}

/** What was entered by hand is no mere 收到 and stays. */
function byReceipt(record: WorkRecord | undefined, back: boolean): boolean {
  if (record === undefined || !KINDS[record.kind].byReceipt || record.entries.length > 0) return false;
  return back ? record.stage === 'receipted' : record.stage === KINDS[record.kind].begins;
}
