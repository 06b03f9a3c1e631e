/** Whether what was sent arrived: refusals that nobody has heeded, and what carriers tell later. */
import type { Instant } from '../../core/instant';
import type { ReceiptDue, Receipted, Unheeded } from '../../ports/sending';
import { at, atOrNull, type Queryable, rows } from '../sql';

/** Streams with refusals that nobody has heeded, at most `limit`. */
export async function unheededStreams(on: Queryable, limit: number): Promise<readonly string[]> {
  return (await rows<{ id: string }>(on, STREAMS, [limit])).map(({ id }) => id);
}

/** Those of one stream, oldest first. */
export function unheeded(on: Queryable, stream: string): Promise<readonly Unheeded[]> {
  return rows<Unheeded>(on, UNHEEDED, [stream]);
}

/** People whose calls all wait still, be it for the platform: no room page that names them has gone out either. Many streams at once, in order. */
export async function undelivered(
  on: Queryable,
  asked: readonly { readonly stream: string; readonly purposes: readonly string[] }[],
): Promise<readonly (readonly string[])[]> {
  const purposes = [...new Set(asked.flatMap((one) => one.purposes))];
  const found = await rows<{ stream: string; person: string }>(on, UNDELIVERED, [asked.map(({ stream }) => stream), purposes]);
  return asked.map(({ stream }) => found.flatMap((row) => (row.stream === stream ? [row.person] : [])));
}

/** Ends what was read, and nothing that was refused since; only in the transaction that read it. */
export async function heed(on: Queryable, read: readonly Pick<Unheeded, 'id' | 'codes'>[]): Promise<void> {
  await rows(on, HEED, [read.map(({ id }) => id), read.map(({ codes }) => codes.length)]);
}

/** Accepted calls whose carrier is to be asked now, longest waiting first. */
export function receiptsDue(on: Queryable, now: Instant, limit: number): Promise<readonly ReceiptDue[]> {
  return rows<ReceiptDue>(on, DUE, [at(now), limit]);
}

/** Keeps what a carrier told, unless it was told before; see the port. */
export async function told(
  on: Queryable,
  dispatch: string,
  { ended, askAt }: { readonly ended: Receipted | null; readonly askAt: Instant | null },
  now: Instant,
): Promise<void> {
  const [waiting] = await rows<{ deliveries: string[] }>(on, ASKED, [dispatch, ended === null ? atOrNull(askAt) : null]);
  if (waiting === undefined || ended === null) return;
  const why = ended.is === 'delivered' ? ended.how : ended.code;
  await rows(on, ENDED, [dispatch, waiting.deliveries, ended.is, why, at(now)]);
}

const STREAMS = { name: 'reach.streams', text: 'SELECT DISTINCT stream_id AS id FROM deliveries WHERE unheeded IS NOT NULL LIMIT $1' };
const UNHEEDED = {
  name: 'reach.unheeded',
  text: `
    SELECT id, purpose, addressee, leg, intent, state, unheeded AS codes FROM deliveries
    WHERE stream_id = $1 AND unheeded IS NOT NULL ORDER BY id`,
};
const UNDELIVERED = {
  name: 'reach.undelivered',
  text: `
    WITH calls AS (
      SELECT stream_id, addressee, intent, state FROM deliveries
      WHERE stream_id = ANY ($1::text[]) AND purpose = ANY ($2::text[]) AND state <> 'cancelled'
    )
    SELECT c.stream_id AS stream, substr(c.addressee, 8) AS person FROM calls c WHERE c.addressee LIKE 'person:%'
    GROUP BY c.stream_id, c.addressee
    HAVING bool_and(c.state IN ('queued', 'held', 'sending', 'unknown')) AND NOT EXISTS (
      SELECT 1 FROM calls r WHERE r.stream_id = c.stream_id AND r.addressee LIKE 'room:%' AND r.state IN ('accepted', 'delivered', 'read')
        AND r.intent->'people' ? substr(c.addressee, 8)) ORDER BY 1, 2`,
};
const HEED = {
  name: 'reach.heed',
  text: `
    UPDATE deliveries d SET unheeded = nullif(d.unheeded[h.seen + 1:], '{}')
    FROM unnest($1::bigint[], $2::int[]) AS h (id, seen) WHERE d.id = h.id AND d.unheeded IS NOT NULL`,
};
const DUE = {
  name: 'reach.due',
  text: `
    SELECT d.id AS dispatch, o.tenant, o.channel, d.platform_ref AS ref, d.reserved_at AS "reservedAt"
    FROM dispatches d JOIN outlets o ON o.id = d.outlet_id
    WHERE d.receipt_at IS NOT NULL AND d.receipt_at <= $1 AND d.platform_ref IS NOT NULL ORDER BY d.receipt_at LIMIT $2`,
};
const ASKED = {
  name: 'reach.asked',
  text: 'UPDATE dispatches SET receipt_at = $2 WHERE id = $1 AND receipt_at IS NOT NULL RETURNING deliveries',
};
const ENDED = {
  name: 'reach.ended',
  text: `
    UPDATE deliveries SET state = $3, reason = $4::text, at = $5,
      unheeded = CASE WHEN $3 = 'refused' AND stream_id IS NOT NULL THEN array_append(unheeded, $4::text) ELSE unheeded END
    WHERE id = ANY ($2::bigint[]) AND dispatch_id = $1 AND state = 'accepted'`,
};
