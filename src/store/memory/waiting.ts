/** Where work of the twin waits, in the order in which the PostgreSQL store names it. */
import type { Instant } from '../../core/instant';
import type { Overdue } from '../../ports/sending';
import type { Mine } from '../../ports/store';
import type { Lane } from '../../ports/wake';
import { waits } from './deliveries';
import type { On } from './transaction';
import type { OutletRow } from './world';

/** Ids with work at `now`, at most `limit`. */
export function waiting(on: On, lane: Lane, now: Instant, limit: number, mine: Mine): readonly string[] {
  switch (lane) {
    case 'inbox':
      return talks(on).slice(0, limit);
    case 'due':
      return ringers(on, now, limit);
    case 'send':
      return senders(on, now, mine).slice(0, limit);
    default:
      return lane satisfies never;
  }
}

/** Earliest moment at which `due` or `send` has work here. */
export function nextMoment(on: On, mine: Mine): Instant | null {
  let next = Number.POSITIVE_INFINITY;
  for (const d of on.all('deadlines')) if (d.status === 'open' && d.nextAt !== null) next = Math.min(next, d.nextAt);
  for (const [outlet, { notBefore }] of waitingOutlets(on, mine)) next = Math.min(next, Math.max(notBefore, blockOf(on, outlet)));
  for (const d of on.all('dispatches')) if (d.receiptAt !== null) next = Math.min(next, d.receiptAt);
  return next === Number.POSITIVE_INFINITY ? null : next;
}

/** Dispatches past their limit in real time, longest overdue first. */
export function overdueDispatches(on: On, limit: number): readonly Overdue[] {
  const late = on.all('dispatches').filter((d) => d.state === 'sending' && d.limitRealAt < on.real());
  late.sort((a, b) => a.limitRealAt - b.limitRealAt);
  return late.slice(0, limit).flatMap(({ id, outlet, attempt, lane, reservedAt }) => {
    const at = on.get('outlets', outlet);
    return at === undefined ? [] : [{ id, outlet, tenant: at.tenant, channel: at.channel, attempt, lane, reservedAt }];
  });
}

function talks(on: On): readonly string[] {
  const rows = on.all('inbox').filter((row) => row.state === 'received');
  return [...new Set(rows.sort((a, b) => Number(a.id) - Number(b.id)).map((row) => row.conversation))];
}

function ringers(on: On, now: Instant, limit: number): readonly string[] {
  const rings = on
    .all('deadlines')
    .flatMap((d) => (d.status === 'open' && d.nextAt !== null && d.nextAt <= now ? [{ ...d, nextAt: d.nextAt }] : []));
  rings.sort((a, b) => a.nextAt - b.nextAt || (a.stream < b.stream ? -1 : 1));
  return [...new Set(rings.slice(0, limit * 4).map((d) => d.stream))].slice(0, limit);
}

function senders(on: On, now: Instant, mine: Mine): readonly string[] {
  const found = [...waitingOutlets(on, mine, now)].filter(([outlet]) => blockOf(on, outlet) <= now);
  found.sort(([a, x], [b, y]) => x.lane - y.lane || x.notBefore - y.notBefore || (a.id < b.id ? -1 : 1));
  return found.map(([outlet]) => outlet.id);
}

interface Waiting {
  /** Most urgent lane and earliest moment of what waits there. */
  readonly lane: number;
  readonly notBefore: Instant;
}

/** Outlets that are not busy, can be reached from here, and have deliveries waiting (by `now`, where it is given). */
function waitingOutlets(on: On, mine: Mine, now = Number.POSITIVE_INFINITY): ReadonlyMap<OutletRow, Waiting> {
  const byOutlet = new Map<string, Waiting>();
  for (const d of on.all('deliveries')) {
    if (!waits(d) || d.notBefore > now || d.outlet === null) continue;
    const { outlet, lane, notBefore } = d;
    const known = byOutlet.get(outlet);
    byOutlet.set(outlet, { lane: Math.min(lane, known?.lane ?? lane), notBefore: Math.min(notBefore, known?.notBefore ?? notBefore) });
  }
  const found = new Map<OutletRow, Waiting>();
  for (const [id, what] of byOutlet) {
    const row = on.get('outlets', id);
    if (row?.busyDispatch === null && isReachable(row, mine)) found.set(row, what);
  }
  return found;
}

function isReachable({ connection }: OutletRow, mine: Mine): boolean {
  return mine === null || connection === null || mine.includes(connection);
}

function blockOf(on: On, outlet: OutletRow): Instant {
  return Math.max(
    outlet.blockedUntil ?? Number.NEGATIVE_INFINITY,
    on.get('gates', outlet.tenant)?.blockedUntil ?? Number.NEGATIVE_INFINITY,
  );
}
