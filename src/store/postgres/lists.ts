/** Lists across incidents, and what became of a machine's call. */
import type { CallRow, DeliveryRowView, ListedDeadline, PapersPage, Views } from '../../ports/views';
import { at, type Queryable, rows } from '../sql';
import { toDeadline } from './streams';

export async function call(on: Queryable, source: string, key: string): Promise<CallRow | null> {
  return (await rows<CallRow>(on, CALL, [source, key]))[0] ?? null;
}

export async function deadlines(on: Queryable, page: Parameters<Views['deadlines']>[0]): Promise<readonly ListedDeadline[]> {
  const { status, n, limit, after } = page;
  const values = [status, n, after === null ? null : at(after.dueAt), after?.n ?? 0, after?.key ?? '', limit];
  const found = await rows<Parameters<typeof toDeadline>[0] & { readonly n: number }>(on, DEADLINES, values);
  return found.map((row) => ({ n: row.n, ...toDeadline(row) }));
}

export async function deliveries(on: Queryable, page: Parameters<Views['deliveries']>[0]): Promise<readonly DeliveryRowView[]> {
  return rows<DeliveryRowView>(on, DELIVERIES, [page.state, page.n, page.before, page.limit, page.person]);
}

export async function withPapers(on: Queryable, { stage, kind, n, before, limit }: PapersPage): Promise<readonly number[]> {
  const found = await rows<{ readonly n: number }>(on, WITH_PAPERS, [stage, kind, n, before, limit]);
  return found.map((row) => row.n);
}

const CALL = {
  name: 'views.call',
  text: `
    SELECT i.id, i.state, i.outcome, s.kind, s.n, i.version, i.reply, i.meta->>'digest' AS digest
    FROM inbox i LEFT JOIN streams s ON s.id = i.stream_id
    WHERE i.tenant = 'api' AND i.source = $1 AND i.dedupe_key = $2`,
};

const DEADLINES = {
  name: 'views.all_deadlines',
  text: `
    SELECT i.n, d.* FROM deadlines d JOIN incidents i ON i.stream_id = d.stream_id AND i.mode = 'real'
    WHERE d.status = $1 AND ($2::int IS NULL OR i.n = $2)
      AND ($3::timestamptz IS NULL OR (d.due_at, i.n, d.key) > ($3, $4::int, $5::text))
    ORDER BY d.due_at, i.n, d.key LIMIT $6`,
};

const DELIVERIES = {
  name: 'views.all_deliveries',
  text: `
    SELECT d.id, i.n, d.purpose, d.addressee, d.leg, d.lane, coalesce(d.routes->(d.rung::int)->>'channel', '') AS channel,
           d.state, d.reason, d.at, d.rung, coalesce(d.event_version, 0) AS version, d.attempts,
           CASE WHEN d.state = 'held' THEN d.not_before END AS until
    FROM deliveries d LEFT JOIN incidents i ON i.stream_id = d.stream_id
    WHERE ($1::text IS NULL OR d.state = $1) AND ($2::int IS NULL OR i.n = $2) AND ($3::bigint IS NULL OR d.id < $3)
      AND (i.mode IS NULL OR i.mode = 'real') AND ($5::text IS NULL OR d.addressee = 'person:' || $5)
    ORDER BY d.id DESC LIMIT $4`,
};

/** A version that a newer one took the place of counts for nothing. */
const WITH_PAPERS = {
  name: 'views.with_papers',
  text: `
    SELECT i.n FROM incidents i
    WHERE i.mode = 'real' AND ($3::int IS NULL OR i.n = $3) AND ($4::int IS NULL OR i.n < $4)
      AND i.stream_id IN (SELECT p.stream_id FROM papers p
        WHERE p.state <> 'replaced' AND ($1::text IS NULL OR p.state = $1) AND ($2::text IS NULL OR p.kind = $2))
    ORDER BY i.n DESC LIMIT $5`,
};
