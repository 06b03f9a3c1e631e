/** How a call ended, for its dispatch, its deliveries and its outlet. */
import type { Instant } from '../../core/instant';
import type { Ended, Settlement } from '../../ports/sending';
import { at, atOrNull, json, type Queryable, rows, type Statement } from '../sql';

/** With the moment that is written. */
export type EndedAt = Ended & { readonly now: Instant };

/** Settles each dispatch, those that were accepted in one statement: nearly all are. */
export async function settleAll(on: Queryable, ended: readonly EndedAt[]): Promise<void> {
  const accepted = ended.flatMap(({ how, ...one }) => (how.is === 'accepted' ? [acceptedColumns(one, how)] : []));
  if (accepted.length > 0) await rows(on, ACCEPTED, [json(accepted)]);
  for (const { dispatch, attempt, how, now } of ended) if (how.is !== 'accepted') await settle(on, dispatch, attempt, how, now);
}

function acceptedColumns({ dispatch, attempt, now }: Omit<EndedAt, 'how'>, { ref, handle, askAt }: Accepted) {
  return { id: dispatch, attempt, ref, handle, at: at(now), ask_at: atOrNull(askAt ?? null) };
}

type Accepted = Extract<Settlement, { is: 'accepted' }>;
type NotAccepted = Exclude<Settlement, Accepted>;

/**
 * Settles a dispatch once. An answer to an older attempt, or to a dispatch that has ended, changes nothing; only a late
 * `accepted` lifts `unknown`, and then also ends the waiting repeat. A delivery that would wait again while a newer one of
 * its topic waits becomes `cancelled: replaced`.
 */
async function settle(on: Queryable, dispatch: string, attempt: number, how: NotAccepted, now: Instant): Promise<void> {
  const values = [dispatch, attempt, how.is, how.is === 'unknown' ? how.what : how.code, at(now)];
  const [ended] = await rows<{ deliveries: string[] }>(on, DISPATCH, values);
  if (!ended) return;
  await settleDeliveries(on, dispatch, ended.deliveries, how, now);
  await settleOutlet(on, dispatch, how, now);
}

async function settleDeliveries(on: Queryable, dispatch: string, ids: readonly string[], how: NotAccepted, now: Instant): Promise<void> {
  const common = [dispatch, ids, at(now)];
  switch (how.is) {
    case 'refused':
      return void (await rows(on, NEXT_RUNG, [...common, how.code]));
    case 'road':
      return void (await rows(on, AGAIN, [...common, how.code, 'forget']));
    case 'unknown':
      return void (await (how.again === 'no'
        ? rows(on, UNKNOWN, [...common, how.what])
        : rows(on, AGAIN, [...common, 'unknown', how.again])));
  }
}

/** The outlet is free again; any answer proves its road, silence says nothing about it. */
async function settleOutlet(on: Queryable, dispatch: string, how: NotAccepted, now: Instant): Promise<void> {
  switch (how.is) {
    case 'refused':
      return void (await rows(on, ROAD_OPEN, [dispatch, at(now)]));
    case 'road':
      await rows(on, ROAD_BLOCKED, [dispatch, how.blocks === 'outlet' ? at(how.until) : null, how.code]);
      if (how.blocks === 'tenant') await rows(on, GATE, [dispatch, at(how.until), how.code]);
      return;
    case 'unknown':
      return void (await rows(on, FREE, [dispatch, at(now)]));
  }
}

const statement = (name: string, text: string): Statement => ({ name: `settling.${name}`, text });

const DISPATCH = statement(
  'dispatch',
  `UPDATE dispatches SET state = $3, code = $4, platform_ref = NULL, handle = NULL, settled_at = $5, receipt_at = NULL
   WHERE id = $1 AND attempt = $2 AND state = 'sending' RETURNING deliveries`,
);

/** By the ids first: PostgreSQL takes any JSON for a hundred rows, and would rather read a small table whole. */
const ACCEPTED = statement(
  'accepted',
  `WITH told AS (
     SELECT * FROM jsonb_to_recordset($1::jsonb) AS t (id text, attempt int, ref text, handle text, at timestamptz, ask_at timestamptz)
   ), ended AS (
     UPDATE dispatches d SET state = 'accepted', code = NULL, platform_ref = t.ref, handle = t.handle, settled_at = t.at, receipt_at = t.ask_at
     FROM told t WHERE d.id = ANY (ARRAY(SELECT id FROM told)) AND d.id = t.id AND d.attempt = t.attempt AND d.state IN ('sending', 'unknown')
     RETURNING d.id, d.outlet_id, d.deliveries, d.reserved_at, t.at
   ), taken AS (
     UPDATE deliveries d SET state = 'accepted', reason = NULL, at = e.at, taken_at = e.at FROM ended e
     WHERE d.id = ANY (ARRAY(SELECT unnest(deliveries) FROM ended)) AND d.dispatch_id = e.id AND d.id = ANY (e.deliveries)
       AND d.state IN ('sending', 'unknown', 'queued', 'held')
   ), free AS (
     UPDATE outlets o SET busy_dispatch = NULL, blocked_until = NULL, blocked_why = NULL, failures = 0, recent = array_replace(o.recent, e.reserved_at, e.at)
     FROM ended e WHERE o.id = ANY (ARRAY(SELECT outlet_id FROM ended)) AND o.id = e.outlet_id AND o.busy_dispatch = e.id RETURNING o.tenant, e.at
   )
   DELETE FROM tenant_gates g USING free WHERE g.tenant = free.tenant AND g.blocked_until <= free.at`,
);

const UNKNOWN = statement(
  'unknown',
  `UPDATE deliveries SET state = 'unknown', reason = $4, at = $3 WHERE id = ANY ($2::bigint[]) AND dispatch_id = $1 AND state = 'sending'`,
);

const MINE = `
  mine AS (
    SELECT d.id, d.routes->(d.rung + 1) AS next, EXISTS (
      SELECT 1 FROM deliveries w WHERE w.stream_id = d.stream_id AND w.topic = d.topic AND w.addressee = d.addressee
        AND w.leg = d.leg AND w.state IN ('queued', 'held')) AS replaced
    FROM deliveries d WHERE d.id = ANY ($2::bigint[]) AND d.dispatch_id = $1 AND d.state = 'sending'
  )`;

/**
 * After a road error the call is forgotten; after an unknown end it is remembered, so that a late answer can end the repeat. One
 * that is worded anew says so in its intent; without that word the remembered call goes once more as it was.
 */
const AGAIN = statement(
  'again',
  `WITH ${MINE}
   UPDATE deliveries d SET state = CASE WHEN replaced THEN 'cancelled' ELSE 'queued' END,
     reason = CASE WHEN replaced THEN 'replaced' ELSE $4 END, dispatch_id = CASE WHEN $5 <> 'forget' THEN $1 END, at = $3,
     attempts = attempts + ($5 <> 'forget')::int, intent = CASE WHEN $5 = 'anew' THEN intent || '{"again": true}' ELSE intent END
   FROM mine WHERE d.id = mine.id`,
);

const NEXT_RUNG = statement(
  'next_rung',
  `WITH ${MINE}, moving AS (
     SELECT id, next FROM mine WHERE next IS NOT NULL AND NOT replaced
   ), outlet AS (
     INSERT INTO outlets (id, tenant, channel, address, connection_id)
     SELECT DISTINCT next->>'outlet', next->>'tenant', next->>'channel', next->>'address', next->>'connection' FROM moving ORDER BY 1
     ON CONFLICT DO NOTHING
   )
   UPDATE deliveries d SET at = $3, unheeded = CASE WHEN d.stream_id IS NOT NULL THEN array_append(d.unheeded, $4::text) END,
     state = CASE WHEN mine.next IS NULL THEN 'refused' WHEN replaced THEN 'cancelled' ELSE 'queued' END,
     reason = CASE WHEN mine.next IS NOT NULL AND replaced THEN 'replaced' ELSE $4::text END,
     rung = rung + (moving.id IS NOT NULL)::int, outlet_id = coalesce(moving.next->>'outlet', outlet_id),
     dispatch_id = CASE WHEN moving.id IS NULL THEN dispatch_id END
   FROM mine LEFT JOIN moving ON moving.id = mine.id WHERE d.id = mine.id`,
);

/** The platform counted the call when it arrived, which nobody sees: at the latest when its answer was there. */
const STAMPED = 'recent = array_replace(recent, (SELECT d.reserved_at FROM dispatches d WHERE d.id = $1), $2::timestamptz)';

/** The block of the tenant goes only when it has run out: an answer to a call made before the block proves nothing. */
const ROAD_OPEN = statement(
  'road_open',
  `WITH mine AS (
     UPDATE outlets SET busy_dispatch = NULL, blocked_until = NULL, blocked_why = NULL, failures = 0, ${STAMPED} WHERE busy_dispatch = $1 RETURNING tenant
   )
   DELETE FROM tenant_gates g USING mine WHERE g.tenant = mine.tenant AND g.blocked_until <= $2`,
);

const ROAD_BLOCKED = statement(
  'road_blocked',
  `UPDATE outlets SET busy_dispatch = NULL, failures = failures + 1, blocked_until = $2, blocked_why = CASE WHEN $2::timestamptz IS NOT NULL THEN $3 END
   WHERE busy_dispatch = $1`,
);

const GATE = statement(
  'gate',
  `INSERT INTO tenant_gates AS g (tenant, blocked_until, why)
   SELECT o.tenant, $2, $3 FROM dispatches d JOIN outlets o ON o.id = d.outlet_id WHERE d.id = $1
   ON CONFLICT (tenant) DO UPDATE SET blocked_until = excluded.blocked_until, why = excluded.why WHERE g.blocked_until < excluded.blocked_until`,
);

const FREE = statement('free', `UPDATE outlets SET busy_dispatch = NULL, ${STAMPED} WHERE busy_dispatch = $1`);
