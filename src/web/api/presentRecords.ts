/** Work records of an incident as the API shows them: kind, number, whom it went to, words, terms, and everything entered since. */
import type { TextRef } from '../../core/incident/events';
import { isOpen, recordsInOrder } from '../../core/incident/records/find';
import { MOVES, STAGES } from '../../core/incident/records/kinds';
import type { RecordEntry, WorkRecord } from '../../core/incident/records/record';
import type { IncidentState } from '../../core/incident/state';
import type { Instant } from '../../core/instant';
import { RECORD_KINDS } from '../../core/plans/schema/records';

/** How moments and texts are shown. */
export interface Shown {
  readonly at: (at: Instant) => string;
  /** Words by their reference, masked; null where they are gone. */
  readonly words: (ref: TextRef | null) => string | null;
}

/** In the order in which they were opened. */
export function presentRecords(state: IncidentState, shown: Shown) {
  return recordsInOrder(state).map((record) => presentRecord(record, shown));
}

function presentRecord(record: WorkRecord, { at, words }: Shown) {
  const or = (moment: Instant | null) => (moment === null ? null : at(moment));
  const { id, kind, n, stage, by, owner, to, about, amount, hash, incoming, figures, every, given, returned } = record;
  return {
    ...{ id, kind, kindZh: RECORD_KINDS[kind], n, stage, stageZh: STAGES[stage], open: isOpen(record) },
    ...{ by, owner, to, about, amount, hash, incoming, everyMinutes: every === null ? null : every / 60_000 },
    words: words(record.words),
    parts: Object.fromEntries(Object.entries(record.parts).map(([label, ref]) => [label, words(ref)])),
    openedAt: at(record.openedAt),
    dueAt: or(record.dueAt),
    takenAt: or(record.takenAt),
    settledAt: or(record.settledAt),
    figures:
      figures === null
        ? null
        : { ...figures, from: at(figures.from), groups: figures.groups.map(({ group, text }) => ({ group, words: words(text) })) },
    division: record.division.map((line) => ({ owner: line.owner, what: words(line.what), dueAt: at(line.dueAt) })),
    ...(kind === 'goods' ? { given, returned } : {}),
    entries: record.entries.map((entry) => presentEntry(entry, { at, words })),
  };
}

function presentEntry({ at: moment, by, move, words: ref, amount, doneAt, lateReason, about }: RecordEntry, { at, words }: Shown) {
  return {
    ...{ at: at(moment), by, move, moveZh: MOVES[move], words: words(ref), amount, about },
    doneAt: doneAt === null ? null : at(doneAt),
    lateReason: words(lateReason),
  };
}
