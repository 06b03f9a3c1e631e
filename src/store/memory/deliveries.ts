/** The twin's deliveries that wait: owed, replaced by newer ones, held, or no longer owed. */
import type { Instant } from '../../core/instant';
import type { NewDelivery, SendingWay } from '../../ports/sending';
import { StoreFault } from '../fault';
import { outletId } from '../postgres/ids';
import { identityKey, topicKey, waits } from './indexes';
import { jsonb } from './jsonb';
import type { On } from './transaction';
import type { DeliveryRow } from './world';

type Owed = NewDelivery & { readonly version?: number };

/** Adds deliveries of a stream; rules as in the PostgreSQL store: once by identity, newest of a topic, unreachable ends at once. */
export async function deliver(
  on: On,
  { stream, at, deliveries }: { readonly stream: string; readonly at: Instant; readonly deliveries: readonly Owed[] },
): Promise<void> {
  const first = new Map<string, DeliveryRow>();
  for (const owed of deliveries) {
    const row = rowOf(owed, at, { stream, version: owed.version ?? null, inbox: null });
    const identity = identityKey(row);
    if (!first.has(identity)) first.set(identity, row);
  }
  const fresh = [...first.values()];
  const newest = new Map(fresh.map((row) => [topicKey(row), row]));
  const rows = fresh.map((row) => (newest.get(topicKey(row)) === row ? row : ended(row, 'cancelled', 'replaced')));
  await addOutlets(
    on,
    rows.flatMap((row) => row.routes[0] ?? []),
  );
  const missing = rows.filter((row) => on.by('deliveriesOnce', identityKey(row)).length === 0);
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
  const other = () => waitingAbout(on, row).find((d) => d.id !== row.id);
  const standing = other();
  if (standing !== undefined) await on.lock('deliveries', standing.id);
  await on.lock('unique', `deliveries_one_waiting/${topicKey(row)}`);
  if (other() !== undefined) throw new StoreFault('deliveries', { code: '23505', retryable: false, constraint: 'deliveries_one_waiting' });
}

/** Those that wait with the same stream, topic, addressee and leg: at most one, but while it is being replaced. */
export function waitingAbout(on: On, row: DeliveryRow): readonly DeliveryRow[] {
  const topic = topicKey(row);
  return topic === null ? [] : on.by('deliveriesWaitingAbout', topic);
}

async function replace(on: On, by: DeliveryRow): Promise<void> {
  for (const old of waitingAbout(on, by))
    await on.change('deliveries', old.id, (row) => (waits(row) ? { ...ended(row, 'cancelled', 'replaced'), at: by.at } : undefined));
}

async function add(on: On, row: DeliveryRow): Promise<void> {
  const identity = identityKey(row);
  await on.lock('unique', `deliveries_once/${identity}`);
  const id = String(on.serial('deliveries'));
  if (on.by('deliveriesOnce', identity).length > 0) return;
  if (row.state === 'queued') await claimPlace(on, row);
  on.put('deliveries', id, { ...row, id });
}

function ended(row: DeliveryRow, state: 'cancelled' | 'refused', reason: string): DeliveryRow {
  return { ...row, state, reason };
}

function rowOf(owed: Owed, at: Instant, of: Pick<DeliveryRow, 'stream' | 'version' | 'inbox'>): DeliveryRow {
  const routes = owed.routes.map(({ tenant, channel, address, connection }) => {
    const outlet = outletId({ tenant, channel, address });
    return { tenant, channel, address, connection, outlet };
  });
  const isReachable = routes.length > 0;
  return {
    id: '',
    stream: of.stream,
    version: of.version,
    inbox: of.inbox,
    purpose: owed.purpose,
    addressee: owed.addressee,
    leg: owed.leg,
    topic: owed.topic,
    lane: owed.lane,
    notBefore: owed.notBefore,
    relevantUntil: owed.relevantUntil,
    ticketOf: owed.ticketOf,
    routes,
    at,
    intent: jsonb(owed.intent),
    rung: 0,
    outlet: routes[0]?.outlet ?? null,
    state: isReachable ? 'queued' : 'refused',
    reason: isReachable ? null : 'unreachable',
    dispatch: null,
    attempts: 0,
    unheeded: isReachable || of.stream === null ? [] : ['unreachable'],
  };
}
