/** Where work waits. Every query here hops over a partial index, so that it costs by what waits now, not by what was or will be. */
import type { Instant } from '../../core/instant';
import type { Overdue, Sendable } from '../../ports/sending';
import type { Mine } from '../../ports/store';
import type { Lane } from '../../ports/wake';
import { broken } from '../fault';
import { at, type Queryable, rows, type Statement } from '../sql';

/**
 * Ids with work at `now`, at most `limit`: conversations (longest waiting first), streams with rings due (earliest ring
 * first), outlets that are neither busy nor blocked and can be reached from here (most urgent lane first, in it the calls in rooms).
 */
export async function waiting(on: Queryable, lane: Lane, now: Instant, limit: number, mine: Mine): Promise<readonly string[]> {
  if (lane === 'send') return (await sendable(on, now, limit, mine)).map(({ outlet }) => outlet);
  const values = lane === 'inbox' ? [limit] : [at(now), limit];
  return (await rows<{ id: string }>(on, WAITING[lane], values)).map((row) => row.id);
}

/** Outlets as `waiting` names them for `send`, each with the lane of what is most urgent there. */
export async function sendable(on: Queryable, now: Instant, limit: number, mine: Mine): Promise<readonly Sendable[]> {
  return rows<Sendable>(on, WAITING.send, [at(now), limit, mine]);
}

/** Earliest moment at which `due` or `send` has work here: next ring, or not_before and end of block of an outlet that is not busy. */
export async function nextMoment(on: Queryable, mine: Mine): Promise<Instant | null> {
  const [row] = await rows<{ next: Instant | null }>(on, NEXT_MOMENT, [mine]);
  return row?.next ?? null;
}

/** Whether anything moves at `now`, and if not when something will, wherever it is: one statement, so that nothing steps from one question into another. */
export async function rest(on: Queryable, now: Instant): Promise<Instant | 'moving' | null> {
  const [row] = await rows<{ isMoving: boolean; next: Instant | null }>(on, REST, [null]);
  if (!row) throw broken('waiting.rest', 'no row came back');
  return row.isMoving || (row.next !== null && row.next <= now) ? 'moving' : row.next;
}

/** Dispatches whose limit has passed in real database time, longest overdue first. */
export async function overdueDispatches(on: Queryable, limit: number): Promise<readonly Overdue[]> {
  return rows<Overdue>(on, OVERDUE, [limit]);
}

/** An outlet without a connection, or with one of those given; null gives all. */
const reachable = (mine: string) => `(${mine}::text[] IS NULL OR o.connection_id IS NULL OR o.connection_id = ANY (${mine}::text[]))`;

/** Outlets with waiting deliveries, each with its earliest not_before. */
const WAITING_OUTLETS = `
  w (outlet_id, not_before) AS (
    (SELECT outlet_id, not_before FROM deliveries WHERE state IN ('queued', 'held') ORDER BY outlet_id, not_before LIMIT 1)
    UNION ALL
    SELECT n.outlet_id, n.not_before FROM w CROSS JOIN LATERAL (
      SELECT d.outlet_id, d.not_before FROM deliveries d WHERE d.state IN ('queued', 'held') AND d.outlet_id > w.outlet_id
      ORDER BY d.outlet_id, d.not_before LIMIT 1) n
  )`;

/** The statements of `waiting`, exported for the test that reads their plans. */
export const WAITING: Readonly<Record<Lane, Statement>> = {
  inbox: {
    name: 'waiting.inbox',
    text: `
      WITH RECURSIVE w (conversation_id, id) AS (
        (SELECT conversation_id, id FROM inbox WHERE state = 'received' ORDER BY conversation_id, id LIMIT 1)
        UNION ALL
        SELECT n.conversation_id, n.id FROM w CROSS JOIN LATERAL (
          SELECT i.conversation_id, i.id FROM inbox i WHERE i.state = 'received' AND i.conversation_id > w.conversation_id
          ORDER BY i.conversation_id, i.id LIMIT 1) n
      )
      SELECT conversation_id AS id FROM w ORDER BY w.id LIMIT $1`,
  },
  due: {
    name: 'waiting.due',
    text: `
      SELECT stream_id AS id FROM (
        SELECT stream_id, next_at FROM deadlines WHERE next_at IS NOT NULL AND status = 'open' AND next_at <= $1
        ORDER BY next_at, stream_id LIMIT $2::bigint * 4
      ) r GROUP BY stream_id ORDER BY min(next_at), stream_id LIMIT $2`,
  },
  send: {
    name: 'waiting.send',
    text: `
      WITH RECURSIVE ${WAITING_OUTLETS}
      SELECT o.id AS outlet, urgent.lane FROM w JOIN outlets o ON o.id = w.outlet_id LEFT JOIN tenant_gates g ON g.tenant = o.tenant
      CROSS JOIN LATERAL (
        SELECT d.lane, d.leg FROM deliveries d WHERE d.outlet_id = w.outlet_id AND d.state IN ('queued', 'held') AND d.not_before <= $1
        ORDER BY d.lane, d.not_before LIMIT 1) urgent
      WHERE w.not_before <= $1 AND o.busy_dispatch IS NULL AND ${reachable('$3')}
        AND (o.blocked_until IS NULL OR o.blocked_until <= $1) AND (g.blocked_until IS NULL OR g.blocked_until <= $1)
      ORDER BY urgent.lane, urgent.leg = 'show', w.not_before, o.id LIMIT $2`,
  },
};

/** Over WAITING_OUTLETS; reachable by the connections of the first parameter. */
const NEXT = `least(
      (SELECT next_at FROM deadlines WHERE next_at IS NOT NULL AND status = 'open' ORDER BY next_at LIMIT 1),
      (SELECT receipt_at FROM dispatches WHERE receipt_at IS NOT NULL ORDER BY receipt_at LIMIT 1),
      (SELECT min(greatest(w.not_before, o.blocked_until, g.blocked_until))
       FROM w JOIN outlets o ON o.id = w.outlet_id LEFT JOIN tenant_gates g ON g.tenant = o.tenant
       WHERE o.busy_dispatch IS NULL AND ${reachable('$1')})
    )`;

/** The statement of `nextMoment`, exported for the test that reads its plan. */
export const NEXT_MOMENT: Statement = {
  name: 'waiting.next_moment',
  text: `
    WITH RECURSIVE ${WAITING_OUTLETS}
    SELECT ${NEXT} AS next`,
};

/** The statement of `rest`, exported for the test that reads its plan. */
export const REST: Statement = {
  name: 'waiting.rest',
  text: `
    WITH RECURSIVE ${WAITING_OUTLETS}
    SELECT EXISTS (SELECT FROM inbox WHERE state = 'received')
      OR EXISTS (SELECT FROM dispatches WHERE state = 'sending')
      OR EXISTS (SELECT FROM deliveries WHERE unheeded IS NOT NULL) AS "isMoving",
      ${NEXT} AS next`,
};

const OVERDUE: Statement = {
  name: 'waiting.overdue',
  text: `
    SELECT d.id, d.outlet_id AS outlet, o.tenant, o.channel, d.attempt, d.lane, d.reserved_at AS "reservedAt" FROM dispatches d JOIN outlets o ON o.id = d.outlet_id
    WHERE d.state = 'sending' AND d.limit_real_at < now() ORDER BY d.limit_real_at LIMIT $1`,
};
