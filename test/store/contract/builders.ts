/** Valid defaults for the contract of the store; a test states only what matters. */
import type { Deadline } from '../../../src/core/deadlines/deadline';
import { HOUR } from '../../../src/core/instant';
import type { InboxItem, Incoming, Prompt } from '../../../src/ports/inbox';
import type { Dispatch, NewDelivery } from '../../../src/ports/sending';
import type { Store, Tx } from '../../../src/ports/store';
import type { IncidentRow, ListedIncident, StoredEvent, StreamRow, StreamWrite } from '../../../src/ports/streams';

/** A Sunday morning in the bureau. */
export const T = Date.UTC(2026, 10, 22, 1, 0);

/** A store to be tested, alone in its world, and how to end it. */
export interface Made {
  readonly store: Store;
  drop(): Promise<void>;
}
export type Make = () => Promise<Made>;

/** Gives a fresh store to one test and ends it afterwards. */
export const withStore = (make: Make, run: (store: Store) => Promise<void>) => async () => {
  const made = await make();
  try {
    await run(made.store);
  } finally {
    await made.drop();
  }
};

export function incoming(over: Partial<Incoming> = {}): Incoming {
  return {
    tenant: 'city',
    source: 'robot',
    dedupeKey: 'm1',
    chat: { id: 'duty-chat', kind: 'group' },
    room: 'duty',
    account: 'zhang',
    sentAt: T - 500,
    receivedAt: T,
    words: { text: '商场有人聚集', quote: null },
    meta: { is: 'text' },
    ticket: { reply: 'r1' },
    ...over,
  };
}

export const ROBOT = { tenant: 'city', channel: 'robot', address: 'duty-chat', connection: null };
export const WEBHOOK = { tenant: 'city', channel: 'webhook', address: 'duty-hook', connection: null };

export function delivery(over: Partial<NewDelivery> = {}): NewDelivery {
  return {
    purpose: 'call_out',
    addressee: 'room:duty',
    leg: 'page',
    topic: 'call',
    lane: 1,
    intent: { asks: ['a1'] },
    notBefore: T,
    relevantUntil: null,
    routes: [ROBOT, WEBHOOK],
    ticketOf: null,
    ...over,
  };
}

export function event(version: number): StoredEvent {
  return {
    version,
    type: 'Reported',
    v: 1,
    at: T,
    actor: 'duty1',
    cause: { kind: 'inbox', id: '1' },
    body: `{"n": ${version},  "text":"原样"}`,
    prevHash: version === 1 ? '' : `h${version - 1}`,
    hash: `h${version}`,
  };
}

export function deadline(over: Partial<Deadline> = {}): Deadline {
  return {
    key: 'assess',
    kind: 'assess',
    owner: 'duty1',
    baseAt: T,
    dueAt: T + 3_600_000,
    nextAt: T + 1_800_000,
    stage: 0,
    status: 'open',
    basis: 'seed',
    why: '',
    ...over,
  };
}

export function incidentRow(over: Partial<IncidentRow> = {}): IncidentRow {
  return {
    n: 1,
    mode: 'real',
    status: 'reported',
    plan: null,
    category: null,
    level: null,
    county: 'hubin',
    title: '聚集',
    receivedAt: T,
    activatedAt: null,
    endedAt: null,
    purgeAfter: null,
    ...over,
  };
}

/** The same as it is written, with who may see it. */
export function listedRow(over: Partial<ListedIncident> = {}): ListedIncident {
  return { ...incidentRow(), rulebook: 'r1', people: [], groups: [], ...over };
}

export function change(id: string, fromVersion: number, over: Partial<StreamWrite> = {}): StreamWrite {
  return {
    id,
    fromVersion,
    events: [event(fromVersion + 1)],
    state: { seen: fromVersion + 1 },
    stateV: 1,
    status: 'reported',
    headHash: `h${fromVersion + 1}`,
    deadlines: [],
    allDeadlines: false,
    asks: [],
    recount: true,
    deliveries: [],
    texts: [],
    incident: null,
    papers: [],
    at: T,
    ...over,
  };
}

/**
 * Two workers take one of the streams s1 and s2 each, and go on with `work` only when both have theirs; whoever then takes the
 * second locks the other out. Answers what each worker answers.
 */
export async function crosswise<T>(store: Store, work: (tx: Tx, first: string, second: string) => Promise<T>): Promise<readonly T[]> {
  await opened(store, 's1');
  await opened(store, 's2');
  let met = 0;
  let meet = () => {};
  const both = new Promise<void>((resolve) => {
    meet = resolve;
  });
  const worker = (first: string, second: string) =>
    inside(store, async (tx) => {
      await tx.stream(first);
      met += 1;
      if (met === 2) meet();
      await both;
      return work(tx, first, second);
    });
  return Promise.all([worker('s1', 's2'), worker('s2', 's1')]);
}

/** Runs in one transaction without locks, or with those given. */
export async function inside<T>(
  store: Store,
  work: (tx: Tx) => Promise<T>,
  locks: { outlet?: string; streams?: string[] } = {},
): Promise<T> {
  const result = await store.transact({ ...locks, busy: 'wait' }, work);
  if (result === 'busy') throw new Error('nobody should hold these rows');
  return result;
}

/** A new incident at version 1. */
export async function opened(store: Store, id: string, over: Partial<StreamWrite> = {}): Promise<StreamRow> {
  return inside(store, async (tx) => {
    const row = await tx.openStream('incident', 'real', id, 'book');
    await tx.write(change(id, 0, over));
    return row;
  });
}

/** An incident with one waiting delivery; answers the outlet it waits at. */
export async function owed(store: Store, over: Partial<NewDelivery> = {}, id = 's1'): Promise<string> {
  await opened(store, id, { deliveries: [{ ...delivery(over), version: 1 }] });
  const [outlet] = await store.waiting('send', over.notBefore ?? T, 100, null);
  if (outlet === undefined) throw new Error('no outlet waits');
  return outlet;
}

/** Reserves all that waits at the outlet. */
export async function reserved(store: Store, outlet: string, over: Partial<Dispatch> = {}): Promise<void> {
  await inside(store, async (tx) => {
    const waiting = await tx.queued(outlet, over.reservedAt ?? T, 100);
    await tx.reserve(
      dispatch(
        outlet,
        waiting.map((one) => one.id),
        over,
      ),
    );
  });
}

export function dispatch(outlet: string, deliveries: readonly string[], over: Partial<Dispatch> = {}): Dispatch {
  return {
    id: 'd1',
    outlet,
    deliveries,
    lane: 1,
    attempt: 1,
    payload: ['{"msgtype":"text"}'],
    payloadHash: 'p1',
    ticket: null,
    reservedAt: T,
    limitMs: 10_000,
    epoch: null,
    rememberMs: HOUR,
    ...over,
  };
}

export function prompt(conversation: string, over: Partial<Prompt> = {}): Prompt {
  return {
    id: 'q1',
    conversation,
    person: 'duty1',
    kind: 'code',
    code: '4711',
    command: { is: 'SetLevel', level: 2 },
    expiresAt: T + 300_000,
    ...over,
  };
}

/** Takes one message in and reads it back. */
export async function heard(store: Store, over: Partial<Incoming> = {}): Promise<InboxItem> {
  await store.takeIn([incoming(over)]);
  const [conversation] = await store.waiting('inbox', T, 1, null);
  const item = conversation === undefined ? null : await inside(store, (tx) => tx.received(conversation));
  if (!item) throw new Error('nothing was heard');
  return item;
}
