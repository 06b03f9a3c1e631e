/** The record behind the papers of a running bureau, read from its database, so that a test can ask where every figure of a draft comes from. */
import { readBureau } from '../../src/config/bureau';
import { readRulebooks } from '../../src/config/rulebooks';
import type { Recorded } from '../../src/core/incident/events';
import { evolve } from '../../src/core/incident/evolve';
import { papersInOrder } from '../../src/core/incident/papers/find';
import type { IncidentState } from '../../src/core/incident/state';
import { refsIn } from '../../src/core/notices/compose/view';
import type { PaperDraft } from '../../src/core/papers/draft';
import { draftPaper } from '../../src/core/papers/draftPaper';
import type { EarlierPaper, IncidentRecord, PaperContext } from '../../src/core/papers/record';
import { untraced } from '../../src/core/papers/trace';
import { incidentEvents, peekIncident } from '../../src/handlers/incident';
import { draftOf } from '../../src/handlers/papers';
import { type ShiftPaperKind, shiftRecord } from '../../src/handlers/shiftPapers';
import type { Tx } from '../../src/ports/store';
import { createClock } from '../../src/store/clock';
import { createDirectory } from '../../src/store/directory';
import { createStore } from '../../src/store/postgres';
import { sha256 } from '../../src/wiring/chance';
import { createRulebooks } from '../../src/wiring/rulebooks';
import type { Bureau } from './bureau';
import { readDesk } from './paperDesk';

/** A paper as it was drafted, with what of it no event, roster or plan tells. */
export interface Traced {
  readonly draft: PaperDraft;
  readonly invented: readonly string[];
}

export interface PaperRecords {
  /** Every paper of an incident, by its number. */
  incident(n: number): Promise<readonly Traced[]>;
  shift(n: number, kind: ShiftPaperKind): Promise<Traced>;
  close(): void;
}

/** Over the bureau's own database; writes nothing. */
export async function paperRecords({ pool }: Pick<Bureau, 'pool'>): Promise<PaperRecords> {
  const books = readRulebooks('config', 'standard', sha256);
  const bureau = readBureau('config/sample-bureau');
  if (books.is === 'faults' || bureau.is === 'faults') throw new Error('the shipped files are unsound');
  const clock = await createClock(pool);
  const directory = createDirectory(pool);
  await directory.refresh();
  const deps = { clock, directory, rulebooks: createRulebooks(books.rulebooks, sha256), papers: { ...readDesk(), office: bureau.office } };
  const store = createStore(pool, { log: console });
  const read = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    const found = await store.transact({ busy: 'wait' }, work);
    if (found === 'busy') throw new Error('the database is busy');
    return found as T;
  };
  return {
    incident: (n) => read((tx) => ofIncident(tx, deps, n)),
    shift: (n, kind) =>
      read(async (tx) => {
        const found = await shiftRecord(tx, deps, n);
        if (found === null) throw new Error(`no shift ${n}`);
        const draft = draftPaper(kind, found.record, found.ctx);
        return { draft, invented: untraced(draft, found.record, found.ctx).map(({ key, what }) => `${key} ${what}`) };
      }),
    close: () => clock.stop(),
  };
}

type Deps = Parameters<typeof shiftRecord>[1];

async function ofIncident(tx: Tx, deps: Deps, n: number): Promise<readonly Traced[]> {
  const id = await tx.streamByN('incident', n, 'real');
  const known = id === null ? null : await peekIncident(tx, id);
  if (known === null || known.state === null) throw new Error(`no incident ${n}`);
  const events = await incidentEvents(tx, known);
  const texts = await tx.texts(refsIn([known.state, events]));
  const papers: EarlierPaper[] = [];
  for (const paper of papersInOrder(known.state)) {
    const draft = await draftOf({ tx }, paper);
    if (draft === null) throw new Error(`paper ${paper.n} has no text`);
    papers.push({ id: paper.id, draft, sentAt: paper.sendings[0]?.sentAt ?? null, number: paper.number });
  }
  const shared = {
    ...{ mode: 'real' as const, texts, wording: deps.papers.wording, office: deps.papers.office, drafter: null, hand: {}, earlier: papers },
    rules: await deps.rulebooks.of(tx, known.rulebook),
  };
  return Promise.all(
    papers.map(async ({ draft }) => {
      const ctx: PaperContext = { ...shared, now: draft.at, about: draft.about, roster: await deps.directory.at(draft.at) };
      return { draft, invented: untraced(draft, recordAt(events, draft.version), ctx).map(({ key, what }) => `${key} ${what}`) };
    }),
  );
}

/** The record as it stood when the paper was drafted. */
function recordAt(events: IncidentRecord['events'], version: number): IncidentRecord {
  const past = events.filter((recorded: Recorded<unknown>) => recorded.version <= version);
  const state = past.reduce<IncidentState | null>(evolve, null);
  if (state === null) throw new Error('the record is empty');
  return { is: 'incident', state, events: past };
}
