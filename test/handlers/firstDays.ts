/** Incidents as the program stored them in the first days, planted into a database of those days that is then brought up to date. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Pool } from 'pg';
import type { Deadline } from '../../src/core/deadlines/deadline';
import type { IncidentState } from '../../src/core/incident/state';
import type { NewDelivery } from '../../src/ports/sending';
import type { Ask, IncidentRow, StoredEvent, StreamRow } from '../../src/ports/streams';
import { migrate } from '../../src/store/migrate';
import { RULES } from '../core/builders';

export interface Old {
  readonly stream: Omit<StreamRow, 'state' | 'stateV' | 'rulebook'>;
  readonly state: Omit<IncidentState, 'levels'> & { readonly levels: readonly { readonly status: 'proposed' | 'confirmed' }[] };
  readonly incident: IncidentRow;
  readonly events: readonly StoredEvent[];
  readonly deadlines: readonly Deadline[];
  readonly asks: readonly Ask[];
  /** One of each purpose. */
  readonly deliveries: readonly Pick<NewDelivery, 'purpose' | 'addressee' | 'leg' | 'topic' | 'lane' | 'intent'>[];
}

/** Under way, over, and just reported. */
export const STORED: readonly Old[] = JSON.parse(readFileSync(resolve(__dirname, '../fixtures/first-shape.json'), 'utf8')).streams;

/** The files that brought what those days did not have, and how it is taken away again. */
export const SINCE = [
  '2026-11-22-0006-snapshots.sql',
  '2026-11-22-0021-sight.sql',
  '2026-11-22-0022-incident-figures.sql',
  '2026-11-22-0023-refusals.sql',
];
const UNDO = `
  ALTER TABLE streams DROP COLUMN state_v;
  ALTER TABLE incidents DROP COLUMN rulebook, DROP COLUMN people, DROP COLUMN called_groups;
  DROP INDEX incidents_by_status, deadlines_by_due, deliveries_troubled, events_in_time;
  CREATE INDEX events_by_moment ON events USING brin (at);
  DROP TABLE incident_figures;
  ALTER TABLE deliveries DROP COLUMN taken_at, DROP COLUMN unheeded, ADD COLUMN unheeded boolean NOT NULL DEFAULT false;
  CREATE INDEX deliveries_unheeded ON deliveries (stream_id) WHERE unheeded`;
/** Refused just before the program changed: nobody has heard of it. */
const REFUSED = `
  INSERT INTO deliveries (stream_id, event_version, purpose, addressee, leg, topic, lane, intent, not_before, routes, state, reason, at, unheeded)
  VALUES ('first', 1, 'sms', 'person:coord2', 'page', 'sms', 0, '{}', now(), '[]', 'refused', 'phone_off', now(), true)`;

/** Plants them under the tables of those days and applies what came since; answers the files applied. */
export async function plantFirstDays(pool: Pool): Promise<readonly string[]> {
  await pool.query(UNDO);
  await pool.query('DELETE FROM migrations WHERE name = ANY ($1)', [SINCE]);
  for (const old of STORED) await plant(pool, old);
  await pool.query(REFUSED);
  return migrate(pool);
}

async function plant(pool: Pool, { stream, state, incident, events, deadlines: owed, asks }: Old): Promise<void> {
  const put = (table: string, rows: readonly object[]) =>
    pool.query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1)`, [JSON.stringify(rows)]);
  const stream_id = stream.id;
  await pool.query(
    `INSERT INTO streams (id, kind, mode, n, version, head_hash, state, rulebook, status) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [stream.id, stream.kind, stream.mode, stream.n, stream.version, stream.headHash, JSON.stringify(state), RULES.hash, stream.status],
  );
  const { receivedAt, activatedAt, endedAt, ...row } = incident;
  await put('incidents', [
    { ...row, stream_id, received_at: iso(receivedAt), activated_at: isoOrNull(activatedAt), ended_at: isoOrNull(endedAt) },
  ]);
  await put(
    'events',
    events.map(({ at, actor, cause, prevHash, ...e }) => ({
      ...{ ...e, stream_id, at: iso(at), actor_person: actor },
      ...{ cause_kind: cause.kind, cause_id: cause.id, prev_hash: prevHash },
    })),
  );
  await put(
    'deadlines',
    owed.map(({ baseAt, dueAt, nextAt, ...d }) => ({
      ...d,
      stream_id,
      base_at: iso(baseAt),
      due_at: iso(dueAt),
      next_at: isoOrNull(nextAt),
    })),
  );
  await put(
    'asks',
    asks.map(({ id, person, askedAt, answeredAt, ...a }) => ({
      ...{ ...a, stream_id, ask_id: id, person_id: person },
      ...{ asked_at: iso(askedAt), answered_at: isoOrNull(answeredAt) },
    })),
  );
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}
