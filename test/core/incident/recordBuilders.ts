/** What the tests of work records are told with: one opened, one step taken, valid by default. */
import type { CommandOf } from '../../../src/core/incident/commands';
import type { WorkRecord } from '../../../src/core/incident/records/record';
import { HOUR } from '../../../src/core/instant';
import type { RecordKind } from '../../../src/core/plans/schema/records';
import { clock, type Given, words } from '../builders';

type Open = CommandOf<'OpenRecord'>;
type Enter = CommandOf<'EnterRecord'>;

const NOTHING = {
  parts: {},
  about: null,
  dueAt: null,
  every: null,
  amount: null,
  takenAt: null,
  hash: null,
  incoming: false,
  division: [],
};

/** What a kind cannot be opened without. */
const NEEDED: Readonly<Partial<Record<RecordKind, Partial<Open>>>> = {
  scheme: { division: [{ owner: 'site1', what: words('line'), dueAt: clock('12:00') }] },
  liaison: { to: { kind: 'party', id: 'police' } },
  copy_notice: { to: { kind: 'person', id: 'legalhead1' } },
  goods: { amount: { value: 10, unit: '顶' } },
  targeted_monitoring: { every: 2 * HOUR },
  supervision: { to: { kind: 'county', id: 'shanzhou' } },
  document: { to: { kind: 'party', id: 'gov' } },
};

export function open(kind: RecordKind, some: Partial<Open> = {}): Open {
  return { type: 'OpenRecord', kind, words: words('record'), to: null, ...NOTHING, ...NEEDED[kind], ...some };
}

export function enter(record: WorkRecord, move: Enter['move'], some: Partial<Enter> = {}): Enter {
  const nothing = { parts: {}, amount: null, doneAt: null, about: null, lateReason: null };
  return { type: 'EnterRecord', record: record.id, move, words: words('entry'), ...nothing, ...some };
}

/** The newest record there is. */
export function newest(g: Given): WorkRecord {
  const found = Object.values(g.state.records)
    .sort((a, b) => a.version - b.version)
    .at(-1);
  if (found === undefined) throw new Error('no record was opened');
  return found;
}
