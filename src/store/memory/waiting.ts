/** Where work of the twin waits, in the order in which the PostgreSQL store names it. */
import type { Instant } from '../../core/instant';
import type { Overdue, Sendable } from '../../ports/sending';
import type { Mine } from '../../ports/store';
import type { Lane } from '../../ports/wake';
import { ALL } from './indexes';
import type { On } from './transaction';
import type { DeliveryRow, OutletRow } from './world';

/** Ids with work at `now`, at most `limit`. */
export function waiting(on: On, lane: Lane, now: Instant, limit: number, mine: Mine): readonly string[] {
  switch (lane) {
    case 'inbox':
      return talks(on).slice(0, limit);
    case 'due':
      return ringers(on, now, limit);
    case 'send':
      return sendable(on, now, limit, mine).map(({ outlet }) => outlet);
    default:
      return lane satisfies never;
  }
}

/** Outlets as `waiting` names them for `send`, each with the lane of what is most urgent there. */
export function sendable(on: On, now: Instant, limit: number, mine: Mine): readonly Sendable[] {
  const found = [...waitingOutlets(on, mine, now)].filter(([outlet]) => blockOf(on, outlet) <= now);
  found.sort(
    ([a, x], [b, y]) =>
      x.first.lane - y.first.lane ||
      Number(x.first.leg === 'show') - Number(y.first.leg === 'show') ||
      x.notBefore - y.notBefore ||
      (a.id < b.id ? -1 : 1),
  );
  return found.slice(0, limit).map(([outlet, { first }]) => ({ outlet: outlet.id, lane: first.lane }));
}

/** Earliest moment at which `due` or `send` has work here. */
export function nextMoment(on: On, mine: Mine): Instant | null {
  let next = Number.POSITIVE_INFINITY;
  for (const { nextAt } of on.by('deadlinesRinging', ALL)) if (nextAt !== null) next = Math.min(next, nextAt);
  for (const [outlet, { notBefore }] of waitingOutlets(on, mine)) next = Math.min(next, Math.max(notBefore, blockOf(on, outlet)));
  for (const { receiptAt } of on.by('dispatchesAsking', ALL)) if (receiptAt !== null) next = Math.min(next, receiptAt);
  return next === Number.POSITIVE_INFINITY ? null : next;
}

/** Whether anything moves at `now`, and if not when something will, wherever it is. */
export function rest(on: On, now: Instant): Instant | 'moving' | null {
  const moving = ['inboxReceived', 'dispatchesSending', 'deliveriesUnheeded'] as const;
  if (moving.some((name) => on.by(name, ALL).length > 0)) return 'moving';
  const next = nextMoment(on, null);
  return next !== null && next <= now ? 'moving' : next;
}

/** Dispatches past their limit in real time, longest overdue first. */
export function overdueDispatches(on: On, limit: number): readonly Overdue[] {
  const late = on.by('dispatchesSending', ALL).filter((d) => d.limitRealAt < on.real());
  late.sort((a, b) => a.limitRealAt - b.limitRealAt);
  return late.slice(0, limit).flatMap(({ id, outlet, attempt, lane, reservedAt }) => {
    const at = on.get('outlets', outlet);
    return at === undefined ? [] : [{ id, outlet, tenant: at.tenant, channel: at.channel, attempt, lane, reservedAt }];
  });
}

function talks(on: On): readonly string[] {
  const rows = on.by('inboxReceived', ALL);
  return [...new Set(rows.toSorted((a, b) => Number(a.id) - Number(b.id)).map((row) => row.conversation))];
}

function ringers(on: On, now: Instant, limit: number): readonly string[] {
  const rings = on.by('deadlinesRinging', ALL).flatMap((d) => (d.nextAt !== null && d.nextAt <= now ? [{ ...d, nextAt: d.nextAt }] : []));
  rings.sort((a, b) => a.nextAt - b.nextAt || (a.stream < b.stream ? -1 : 1));
  return [...new Set(rings.slice(0, limit * 4).map((d) => d.stream))].slice(0, limit);
}

interface Waiting {
  /** What came first in the most urgent lane of what waits there; earliest moment of all. */
  first: DeliveryRow;
  notBefore: Instant;
}

/** Outlets that are not busy, can be reached from here, and have deliveries waiting (by `now`, where it is given). */
function waitingOutlets(on: On, mine: Mine, now = Number.POSITIVE_INFINITY): ReadonlyMap<OutletRow, Waiting> {
  const byOutlet = new Map<string, Waiting>();
  for (const d of on.by('deliveriesWaiting', ALL)) {
    if (d.notBefore > now || d.outlet === null) continue;
    const known = byOutlet.get(d.outlet);
    if (known === undefined) byOutlet.set(d.outlet, { first: d, notBefore: d.notBefore });
    else {
      known.notBefore = Math.min(known.notBefore, d.notBefore);
      if (d.lane < known.first.lane || (d.lane === known.first.lane && d.notBefore < known.first.notBefore)) known.first = d;
    }
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
