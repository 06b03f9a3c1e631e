/** Work records of an incident as the API shows them: kind, number, whom it went to, words, terms, and everything entered since. */
import type { TextRef } from '../../core/incident/events';
import { isOpen, recordsInOrder } from '../../core/incident/records/find';
import { MOVES, STAGES } from '../../core/incident/records/kinds';
import type { RecordEntry, WorkRecord } from '../../core/incident/records/record';
import type { IncidentState } from '../../core/incident/state';
import { RECORD_KINDS } from '../../core/plans/schema/records';
import { iso, isoOrNull } from './iso';

/** Words by their reference, masked; null where they are gone. */
type Words = (ref: TextRef | null) => string | null;

/** In the order in which they were opened. `texts`: words of the vault, masked. */
export function presentRecords(state: IncidentState, texts: ReadonlyMap<string, string>) {
  const words: Words = (ref) => (ref === null ? null : (texts.get(ref.id) ?? null));
  return recordsInOrder(state).map((record) => presentRecord(record, words));
}

function presentRecord(record: WorkRecord, words: Words) {
  const { id, kind, n, stage, by, owner, to, about, amount, hash, incoming, figures, every, given, returned } = record;
  return {
    ...{ id, kind, kindZh: RECORD_KINDS[kind], n, stage, stageZh: STAGES[stage], open: isOpen(record) },
    ...{ by, owner, to, about, amount, hash, incoming, everyMinutes: every === null ? null : every / 60_000 },
    words: words(record.words),
    parts: Object.fromEntries(Object.entries(record.parts).map(([label, ref]) => [label, words(ref)])),
    openedAt: iso(record.openedAt),
    dueAt: isoOrNull(record.dueAt),
    takenAt: isoOrNull(record.takenAt),
    settledAt: isoOrNull(record.settledAt),
    figures:
      figures === null
        ? null
        : { ...figures, from: iso(figures.from), groups: figures.groups.map(({ group, text }) => ({ group, words: words(text) })) },
    division: record.division.map((line) => ({ owner: line.owner, what: words(line.what), dueAt: iso(line.dueAt) })),
    ...(kind === 'goods' ? { given, returned } : {}),
    entries: record.entries.map((entry) => presentEntry(entry, words)),
  };
}

function presentEntry({ at, by, move, words: ref, amount, doneAt, lateReason, about }: RecordEntry, words: Words) {
  return {
    ...{ at: iso(at), by, move, moveZh: MOVES[move], words: words(ref), amount, about },
    doneAt: isoOrNull(doneAt),
    lateReason: words(lateReason),
  };
}
