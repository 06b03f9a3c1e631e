/** The twin's deliveries that wait: owed, replaced by newer ones, held, or no longer owed. */
import type { Instant } from '../../core/instant';
import type { NewDelivery, SendingWay } from '../../ports/sending';
import { StoreFault } from '../fault';
import { outletId } from '../postgres/ids';
import { jsonb } from './jsonb';
import type { On } from './transaction';
import type { DeliveryRow } from './world';

type Owed = NewDelivery & { readonly version?: number };
/** Which delivery it is. */
type Identity = Pick<DeliveryRow, 'stream' | 'version' | 'inbox' | 'purpose' | 'addressee' | 'leg'>;
/** What only one waiting delivery may be about. */
type About = Pick<DeliveryRow, 'stream' | 'topic' | 'addressee' | 'leg'>;

/** Adds deliveries of a stream; rules as in the PostgreSQL store: once by identity, newest of a topic, unreachable ends at once. */
export async function deliver(
  on: On,
  { stream, at, deliveries }: { readonly stream: string; readonly at: Instant; readonly deliveries: readonly Owed[] },
): Promise<void> {
  const wanted = deliveries.map((owed) => rowOf(owed, at, { stream, version: owed.version ?? null, inbox: null }));
  const fresh = wanted.filter((row, i) => wanted.findIndex((other) => isSame(other, row)) === i);
  const rows = fresh.map((row, i) =>
    fresh.some((later, at) => at > i && isAbout(later, row)) ? ended(row, 'cancelled', 'replaced') : row,
  );
  await addOutlets(
    on,
    rows.flatMap((row) => row.routes[0] ?? []),
  );
  const missing = rows.filter((row) => !on.all('deliveries').some((d) => isSame(d, row)));
  for (const row of missing.filter((r) => r.state === 'queued')) await replace(on, row);
  for (const row of missing) await add(on, row);
}

/** Adds answers to an inbox row; one that is already there changes nothing. */
export async function answer(on: On, inbox: string, deliveries: readonly Owed[]): Promise<void> {
  const rows = deliveries.map((owed) => rowOf(owed, owed.notBefore, { stream: null, version: null, inbox }));
  await addOutlets(
    on,
    rows.flatMap((row) => row.routes[0] ?? []),
  );
  for (const row of rows) await add(on, row);
}

/** Ends those that still wait; the others stay as they are. */
export async function cancel(on: On, ids: readonly string[], why: string): Promise<void> {
  for (const id of ids) await on.change('deliveries', id, (row) => (waits(row) ? ended(row, 'cancelled', why) : undefined));
}

/** Makes those that still wait go on waiting until a moment, and says why. */
export async function hold(on: On, ids: readonly string[], until: Instant, why: string): Promise<void> {
  for (const id of ids)
    await on.change('deliveries', id, (row) => (waits(row) ? { ...row, state: 'held', notBefore: until, reason: why } : undefined));
}

/** Outlets that are not there yet, in the order of their ids; one that somebody is just adding is waited for. */
export async function addOutlets(on: On, ways: readonly (SendingWay & { readonly outlet: string })[]): Promise<void> {
  const byId = new Map(ways.map((way) => [way.outlet, way]));
  for (const [id, { tenant, channel, address, connection }] of [...byId].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (on.get('outlets', id) !== undefined) continue;
    await on.lock('outlets', id);
    const fresh = { recent: [], busyDispatch: null, blockedUntil: null, blockedWhy: null, failures: 0 };
    if (on.get('outlets', id) === undefined) on.put('outlets', id, { id, tenant, channel, address, connection, ...fresh });
  }
}

/**
 * Takes the place of the one waiting delivery of a topic for a row that waits from now on. Refuses, as a lost race, when another
 * transaction has taken it meanwhile.
 */
export async function claimPlace(on: On, row: DeliveryRow): Promise<void> {
  if (row.stream === null) return;
  const other = () => on.all('deliveries').find((d) => d.id !== row.id && waits(d) && isAbout(d, row));
  const standing = other();
  if (standing !== undefined) await on.lock('deliveries', standing.id);
  await on.lock('unique', `deliveries_one_waiting/${JSON.stringify([row.stream, row.topic, row.addressee, row.leg])}`);
  if (other() !== undefined) throw new StoreFault('deliveries', { code: '23505', retryable: false, constraint: 'deliveries_one_waiting' });
}

export function waits(row: DeliveryRow): boolean {
  return row.state === 'queued' || row.state === 'held';
}

/** Same stream, topic, addressee and leg: at most one of these waits. Answers to inbox rows are about nothing but themselves. */
export function isAbout(a: About, b: About): boolean {
  return a.stream !== null && a.stream === b.stream && a.topic === b.topic && a.addressee === b.addressee && a.leg === b.leg;
}

async function replace(on: On, by: DeliveryRow): Promise<void> {
  for (const old of on.all('deliveries').filter((d) => waits(d) && isAbout(d, by)))
    await on.change('deliveries', old.id, (row) => (waits(row) ? { ...ended(row, 'cancelled', 'replaced'), at: by.at } : undefined));
}

async function add(on: On, row: DeliveryRow): Promise<void> {
  await on.lock('unique', `deliveries_once/${JSON.stringify([row.stream, row.version, row.inbox, row.purpose, row.addressee, row.leg])}`);
  const id = String(on.serial('deliveries'));
  if (on.all('deliveries').some((d) => isSame(d, row))) return;
  if (row.state === 'queued') await claimPlace(on, row);
  on.put('deliveries', id, { ...row, id });
}

function isSame(a: Identity, b: Identity): boolean {
  const event = a.stream === b.stream && a.version === b.version && a.inbox === b.inbox;
  return event && a.purpose === b.purpose && a.addressee === b.addressee && a.leg === b.leg;
}

function ended(row: DeliveryRow, state: 'cancelled' | 'refused', reason: string): DeliveryRow {
  return { ...row, state, reason };
}

function rowOf(owed: Owed, at: Instant, of: Pick<DeliveryRow, 'stream' | 'version' | 'inbox'>): DeliveryRow {
  const { purpose, addressee, leg, topic, lane, notBefore, relevantUntil, ticketOf } = owed;
  const routes = owed.routes.map(({ tenant, channel, address, connection }) => {
    const way = { tenant, channel, address, connection };
    return { ...way, outlet: outletId(way) };
  });
  const row: DeliveryRow = {
    ...{ id: '', ...of, purpose, addressee, leg, topic, lane, notBefore, relevantUntil, ticketOf, routes, at },
    intent: jsonb(owed.intent),
    outlet: routes[0]?.outlet ?? null,
    ...{ rung: 0, state: 'queued', reason: null, dispatch: null, attempts: 0, unheeded: routes.length === 0 && of.stream !== null },
  };
  return routes.length === 0 ? ended(row, 'refused', 'unreachable') : row;
}
