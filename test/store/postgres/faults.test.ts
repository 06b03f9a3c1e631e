/** When PostgreSQL says no, goes away, or lets somebody else win. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Store } from '../../../src/ports/store';
import { StoreFault } from '../../../src/store/fault';
import { openPool } from '../../../src/store/pool';
import { createStore } from '../../../src/store/postgres';
import { freshDatabase, type TestDatabase } from '../../support/database';
import { change, crosswise, delivery, event, inside, opened, owed, reserved, T } from '../contract/builders';

let database: TestDatabase;
let store: Store;
let repeats: unknown[];
beforeEach(async () => {
  database = await freshDatabase();
  repeats = [];
  store = createStore(database.pool, { log: { warn: (fields) => repeats.push(fields) } });
});
afterEach(() => database.drop());

test('two workers that lock each other out: one is repeated with the same work, and both end', async () => {
  const ended = await crosswise(store, async (tx, first, second) => {
    await tx.stream(second);
    return first;
  });
  expect(ended).toEqual(['s1', 's2']);
  // On a busy machine the loser may be back before the winner has woken: then both meet once more.
  expect(new Set(repeats.map((fault) => (fault as { code: string }).code))).toEqual(new Set(['40P01']));
});

test('news that collides with its predecessor on its way back is written again and stays', async () => {
  const outlet = await owed(store, { intent: { is: 'old' } });
  await reserved(store, outlet);
  let writing: Promise<void> = Promise.resolve();
  await inside(store, async (tx) => {
    await tx.settle('d1', 1, { is: 'road', code: '45009', blocks: 'outlet', until: T }, T);
    writing = inside(store, (other) =>
      other.write(change('s1', 1, { deliveries: [{ ...delivery({ intent: { is: 'new' } }), version: 2 }] })),
    );
    await untilSomebodyWaits();
  });
  await writing;
  expect(repeats).toMatchObject([{ code: '23505' }]);
  expect(await inside(store, (tx) => tx.queued(outlet, T, 10))).toMatchObject([{ intent: { is: 'new' } }]);
});

test('a worker that loses again and again gives up after five runs', async () => {
  let runs = 0;
  const losing = inside(store, async () => {
    runs += 1;
    throw new StoreFault('test', { code: '40001', retryable: true });
  });
  await expect(losing).rejects.toMatchObject({ retryable: true });
  expect(runs).toBe(5);
});

test('a connection cut in the middle of a transaction is a fault worth retrying, and the process lives', async () => {
  await opened(store, 's1');
  const cut = inside(store, async (tx) => {
    await tx.write(change('s1', 1));
    await database.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = current_database()`,
    );
    await tx.peek('s1');
  });
  await expect(cut).rejects.toMatchObject({ name: 'StoreFault', retryable: true });
  expect((await inside(store, (tx) => tx.peek('s1')))?.version).toBe(1);
});

test('a database that is not there is a fault worth retrying', async () => {
  const pool = openPool('postgres://nobody@127.0.0.1:1/none', { max: 1 });
  const away = createStore(pool, { log: console });
  await expect(away.takeIn([])).resolves.toEqual([]);
  await expect(away.nextMoment(null)).rejects.toMatchObject({ name: 'StoreFault', retryable: true, found: { code: 'ECONNREFUSED' } });
  await expect(away.transact({ busy: 'wait' }, async () => 1)).rejects.toMatchObject({ retryable: true });
  await pool.end();
});

test('a fault says what was tried and never what was in it', async () => {
  const events = [{ ...event(1), version: 'secret words' as unknown as number }];
  await opened(store, 's1');
  const fault = await inside(store, (tx) => tx.write(change('s1', 1, { events }))).catch((thrown: unknown) => thrown);
  expect(fault).toMatchObject({ tried: 'streams.write.events', retryable: false });
  expect(`${fault} ${(fault as Error).cause} ${JSON.stringify(fault)}`).not.toContain('secret words');
});

test('a statement that failed and was swallowed does not pass for a commit', async () => {
  const swallowing = inside(store, async (tx) => {
    await tx.outlet('none').catch(() => {});
    await tx.write(change('s1', 0, { events: [event(1), event(1)] })).catch(() => {});
    await tx.settleInbox('not a number', { state: 'dead', outcome: 'x' }).catch(() => {});
  });
  await expect(swallowing).rejects.toMatchObject({ tried: 'commit' });
});

test('a forgotten await cannot write after the end of its transaction', async () => {
  const leaked = await inside(store, async (tx) => tx);
  await expect(leaked.peek('s1')).rejects.toMatchObject({ name: 'StoreFault', retryable: false });
});

test('moments are the same whatever time zone the database session has', async () => {
  await database.pool.query(`ALTER ROLE CURRENT_USER IN DATABASE ${new URL(database.url).pathname.slice(1)} SET timezone = 'Asia/Kolkata'`);
  const pool = openPool(database.url, { max: 1 });
  const { rows } = await pool.query('SELECT $1::timestamptz AS at, ARRAY[$1::timestamptz] AS list', [new Date(T + 7).toISOString()]);
  expect(rows).toEqual([{ at: T + 7, list: [T + 7] }]);
  await pool.end();
  const elsewhere = openPool(database.url, { max: 1 });
  const outlet = await owed(createStore(elsewhere, { log: console }));
  await reserved(createStore(elsewhere, { log: console }), outlet);
  await elsewhere.query(`SET timezone = 'Asia/Kolkata'`);
  expect((await inside(createStore(elsewhere, { log: console }), (tx) => tx.outlet(outlet))).recent).toEqual([T]);
  await elsewhere.end();
});

async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    const { rows } = await database.pool.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
  }
}
