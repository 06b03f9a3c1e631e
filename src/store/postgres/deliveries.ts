/** Deliveries that wait: owed, replaced by newer ones, held, or no longer owed. */
import type { Instant } from '../../core/instant';
import type { NewDelivery } from '../../ports/sending';
import { at, atOrNull, json, type Queryable, rows } from '../sql';
import { outletId } from './ids';

type Owed = NewDelivery & { readonly version?: number };

/** What one stream owes from one moment on. */
export interface OwedByStream {
  readonly stream: string;
  readonly at: Instant;
  readonly deliveries: readonly Owed[];
}

/** Rows of `delivered`: one for each delivery owed, only the newest of a topic, addressee and leg still waiting. */
export function owedRows(owing: readonly OwedByStream[]): readonly object[] {
  const input = owing.flatMap(({ stream, at: moment, deliveries }) =>
    replaceWithin(once(deliveries)).map(({ owed, replaced }) => ({ stream_id: stream, ...columnsOf(owed, moment, replaced) })),
  );
  return input.map(ordered);
}

/** Adds answers to an inbox row; one that is already there by (inbox row, purpose, addressee, leg) changes nothing. */
export async function answer(on: Queryable, inbox: string, deliveries: readonly Owed[]): Promise<void> {
  const input = deliveries.map((owed) => ({ inbox_id: inbox, ...columnsOf(owed, owed.notBefore, false) }));
  if (input.length > 0) await rows(on, ANSWER, [json(input.map(ordered))]);
}

/** Ends those that still wait; the others stay as they are. May run twice. */
export async function cancel(on: Queryable, ids: readonly string[], why: string): Promise<void> {
  await rows(on, CANCEL, [ids, why]);
}

/** Makes those that still wait go on waiting until a moment, and says why. May run twice. */
export async function hold(on: Queryable, ids: readonly string[], until: Instant, why: string): Promise<void> {
  await rows(on, HOLD, [ids, at(until), why]);
}

const ordered = <T extends object>(row: T, ord: number) => ({ ...row, ord });

function once(deliveries: readonly Owed[]): readonly Owed[] {
  const byIdentity = new Map<string, Owed>();
  for (const owed of deliveries) {
    const identity = JSON.stringify([owed.version, owed.purpose, owed.addressee, owed.leg]);
    if (!byIdentity.has(identity)) byIdentity.set(identity, owed);
  }
  return [...byIdentity.values()];
}

function replaceWithin(deliveries: readonly Owed[]): readonly { owed: Owed; replaced: boolean }[] {
  const newest = new Map(deliveries.map((owed) => [JSON.stringify([owed.topic, owed.addressee, owed.leg]), owed]));
  const kept = new Set(newest.values());
  return deliveries.map((owed) => ({ owed, replaced: !kept.has(owed) }));
}

function columnsOf(owed: Owed, moment: Instant, replaced: boolean) {
  const routes = owed.routes.map(({ tenant, channel, address, connection }) => ({
    tenant,
    channel,
    address,
    connection,
    outlet: outletId({ tenant, channel, address }),
  }));
  const { purpose, addressee, leg, topic, lane, intent } = owed;
  return {
    ...{ purpose, addressee, leg, topic, lane, intent, routes, version: owed.version ?? null, at: at(moment) },
    not_before: at(owed.notBefore),
    relevant_until: atOrNull(owed.relevantUntil),
    outlet_id: routes[0]?.outlet ?? null,
    ticket_of: owed.ticketOf,
    ...startOf(routes.length > 0, replaced),
  };
}

function startOf(reachable: boolean, replaced: boolean) {
  if (replaced) return { state: 'cancelled', reason: 'replaced' };
  return reachable ? { state: 'queued', reason: null } : { state: 'refused', reason: 'unreachable' };
}

const inputOf = (given: string) => `
  input AS (
    SELECT * FROM jsonb_to_recordset(${given}::jsonb) AS i (ord int, stream_id text, inbox_id bigint, version int, purpose text, addressee text, leg text, topic text,
      lane smallint, intent jsonb, not_before timestamptz, relevant_until timestamptz, routes jsonb, outlet_id text,
      ticket_of bigint, state text, reason text, at timestamptz)
  ), outlet AS (
    INSERT INTO outlets (id, tenant, channel, address, connection_id)
    SELECT DISTINCT outlet_id, routes->0->>'tenant', routes->0->>'channel', routes->0->>'address', routes->0->>'connection'
    FROM input WHERE outlet_id IS NOT NULL ORDER BY 1
    ON CONFLICT DO NOTHING
  )`;
const COLUMNS = 'purpose, addressee, leg, topic, lane, intent, not_before, relevant_until, routes, outlet_id, ticket_of, state, reason, at';

/**
 * Part of a statement that adds deliveries of streams, and outlets for their first routes. One that is already there by (stream,
 * version, purpose, addressee, leg) changes nothing. A waiting one of the same stream, topic, addressee and leg becomes `cancelled:
 * replaced`. Without any route a delivery is `refused: unreachable` at once. `done` makes the insertion wait for the replacing: both
 * meet in the unique index of waiting deliveries. What is there already is asked for row by row: as a join it reads the whole table,
 * since PostgreSQL takes any JSON for a hundred rows.
 */
export const delivered = (given: string): string => `
    ${inputOf(given)}, fresh AS (
      SELECT * FROM input i WHERE (
        SELECT d.id FROM deliveries d WHERE d.stream_id = i.stream_id AND d.event_version = i.version
          AND d.purpose = i.purpose AND d.addressee = i.addressee AND d.leg = i.leg) IS NULL
    ), replaced AS (
      UPDATE deliveries d SET state = 'cancelled', reason = 'replaced', at = i.at FROM fresh i
      WHERE d.stream_id = i.stream_id AND d.topic = i.topic AND d.addressee = i.addressee AND d.leg = i.leg
        AND d.state IN ('queued', 'held') AND i.state = 'queued'
      RETURNING d.id
    ), done AS (SELECT count(*) FROM replaced), delivered AS (
      INSERT INTO deliveries (stream_id, event_version, unheeded, ${COLUMNS})
      SELECT stream_id, version, CASE WHEN state = 'refused' THEN ARRAY[reason] END, ${COLUMNS} FROM fresh CROSS JOIN done ORDER BY ord
      ON CONFLICT (stream_id, event_version, purpose, addressee, leg) WHERE stream_id IS NOT NULL DO NOTHING
    )`;

const ANSWER = {
  name: 'deliveries.answer',
  text: `
    WITH ${inputOf('$1')}
    INSERT INTO deliveries (inbox_id, ${COLUMNS}) SELECT inbox_id, ${COLUMNS} FROM input ORDER BY ord
    ON CONFLICT (inbox_id, purpose, addressee, leg) WHERE stream_id IS NULL DO NOTHING`,
};

const WAITING = `id = ANY (ARRAY(SELECT unnest($1::bigint[]))) AND state IN ('queued', 'held')`;
const CANCEL = { name: 'deliveries.cancel', text: `UPDATE deliveries SET state = 'cancelled', reason = $2 WHERE ${WAITING}` };
const HOLD = { name: 'deliveries.hold', text: `UPDATE deliveries SET state = 'held', not_before = $2, reason = $3 WHERE ${WAITING}` };
