/** The questions asked all day stay cheap when a hundred thousand rows wait. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { QueryConfig } from 'pg';
import type { Store } from '../../../src/ports/store';
import { createStore } from '../../../src/store/postgres';
import { HEARD_SINCE } from '../../../src/store/postgres/intake';
import { NEXT_MOMENT, REST, WAITING } from '../../../src/store/postgres/waiting';
import { write } from '../../../src/store/postgres/writing';
import type { Statement } from '../../../src/store/sql';
import { freshDatabase, type TestDatabase } from '../../support/database';
import { change, delivery, T } from '../contract/builders';

let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  database = await freshDatabase();
  store = createStore(database.pool, { log: console });
  await database.pool.query(FILL);
  await database.pool.query('ANALYZE');
}, 60_000);
afterAll(() => database.drop());

test.each([
  ['due', WAITING.due, 'timestamptz, bigint', `'${iso(T)}', 200`],
  ['send', WAITING.send, 'timestamptz, bigint, text[]', `'${iso(T)}', 200, '{line}'`],
  ['inbox', WAITING.inbox, 'bigint', '200'],
  ['the next moment', NEXT_MOMENT, 'text[]', `'{line}'`],
  ['rest', REST, 'text[]', 'NULL'],
  ['what was heard in a minute', HEARD_SINCE, 'bigint, timestamptz', `99000, '${iso(T - 60_000)}'`],
])('%s: every big table is read by an index, for a first and for a generic plan', async (_name, statement, types, values) => {
  for (const mode of ['force_custom_plan', 'force_generic_plan']) {
    const plan = await planOf(statement, { mode, types, values });
    expect(plan).toContain('Index');
    expect(plan).not.toMatch(/Seq Scan on (deadlines|deliveries|inbox)/);
  }
});

test('what is due among a hundred thousand is found, and nothing else', async () => {
  expect(await store.waiting('due', T, 200, null)).toHaveLength(10);
  expect(await store.waiting('send', T, 200, null)).toHaveLength(50);
  expect(await store.nextMoment(null)).toBe(T - 9);
});

test('what a command changes is found by key, also while the tables are small and have never been counted', async () => {
  const small = await freshDatabase();
  try {
    const asked: QueryConfig[] = [];
    const on = { query: async (config: QueryConfig) => ({ rows: [{ id: asked.push(config) }], rowCount: 1, command: 'SELECT' }) };
    await write(on, [{ ...change('s1', 1), deliveries: [{ ...delivery(), version: 1 }] }]);
    const { rows } = await small.pool.query(`EXPLAIN (GENERIC_PLAN) ${asked[0]?.text}`);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toMatch(/Insert on deliveries/);
    expect(plan).not.toMatch(/Seq Scan on (streams|deliveries)/);
  } finally {
    await small.drop();
  }
}, 30_000);

async function planOf(statement: Statement, given: { mode: string; types: string; values: string }): Promise<string> {
  const client = await database.pool.connect();
  try {
    await client.query(`SET plan_cache_mode = ${given.mode}`);
    await client.query(`PREPARE asked${given.types && `(${given.types})`} AS ${statement.text}`);
    const { rows } = await client.query(`EXPLAIN EXECUTE asked${given.values && `(${given.values})`}`);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    await client.query('DEALLOCATE ALL; RESET plan_cache_mode');
    client.release();
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

/** Ten rings due, the rest in days to come; fifty of 500 outlets with something to send now; 20 conversations of 200 waiting. */
const FILL = `
  INSERT INTO streams (id, kind, mode, n, version, head_hash, rulebook, status)
    SELECT 's' || n, 'incident', 'real', n, 1, '', 'b', 'active' FROM generate_series(1, 10000) n;
  INSERT INTO deadlines (stream_id, key, kind, owner, base_at, due_at, next_at, stage, status, basis, why)
    SELECT 's' || (n / 10 + 1), 'k' || n, 'k', 'o', '${iso(T)}', '${iso(T)}',
      timestamptz '${iso(T)}' + CASE WHEN n % 10000 = 0 THEN -(n / 10000) ELSE n * 100 END * interval '1 ms', 0, 'open', 'seed', ''
    FROM generate_series(0, 99989) n;
  INSERT INTO outlets (id, tenant, channel, address) SELECT 'o' || n, 't', 'c', 'a' || n FROM generate_series(0, 499) n;
  INSERT INTO deliveries (stream_id, event_version, purpose, addressee, leg, topic, lane, intent, not_before, routes, outlet_id, state, at)
    SELECT 's' || (n % 10000 + 1), 1, 'p' || n, 'a', 'page', 't' || n, n % 5, '{}',
      timestamptz '${iso(T)}' + CASE WHEN n % 500 < 50 AND n < 5000 THEN 0 ELSE n + 1 END * interval '1 s', '[]', 'o' || (n % 500),
      CASE WHEN n % 3 = 0 THEN 'held' ELSE 'queued' END, '${iso(T)}'
    FROM generate_series(0, 99999) n;
  INSERT INTO conversations (id, tenant, kind, chat) SELECT 'c' || n, 't', 'group', 'c' || n FROM generate_series(0, 199) n;
  INSERT INTO inbox (tenant, source, dedupe_key, conversation_id, account, received_at, meta, state)
    SELECT 't', 's', n, 'c' || (n % 200), 'a', '${iso(T)}', '{}', CASE WHEN n % 200 < 20 AND n > 95000 THEN 'received' ELSE 'handled' END
    FROM generate_series(1, 100000) n;`;
