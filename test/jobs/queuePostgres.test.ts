/** The alarm clock on PostgreSQL. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pino from 'pino';
import { freshDatabase, type TestDatabase } from '../support/database';
import { alarmsIn, cutConnections, deleteQueueJobs, dropQueueTables } from '../support/queueTables';
import { counter, eventually, hasty, openBench, type PortableBackend } from './queueBench';
import { queuePortability } from './queuePortability';

describe('The alarm clock on PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  const postgres: PortableBackend = {
    open: async () => ({ kind: 'postgres', pool: database.pool }),
    lose: () => dropQueueTables(database.pool),
    loseJobs: () => deleteQueueJobs(database.pool),
    cut: () => cutConnections(database.pool),
    alarms: () => alarmsIn(database.pool),
  };
  const { wake } = openBench(postgres);

  test('The queue heals by itself after its tables were dropped, and says so once', async () => {
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => void lines.push(line) });
    const working = await wake({ ...hasty, timerMs: 500, log });
    working.on('due', async () => undefined);
    working.armAt(hasty.clock.now() + 3_600_000);
    await eventually(async () => (await alarmsIn(database.pool)).length === 1, 'the alarm is set');
    await dropQueueTables(database.pool);
    for (let n = 0; n < 10; n += 1) working.poke('due');
    const said = (words: string): number => lines.filter((line) => line.includes(words)).length;
    await eventually(() => said('提醒队列已恢复') === 1, 'it says that it is well again');
    expect(working.healthy()).toBe(true);
    expect(said('提醒队列暂不可用')).toBe(1);
    await eventually(async () => (await alarmsIn(database.pool)).length === 1, 'the alarm is set again');
  });

  test('Without its tables the queue still carries the rings of send', async () => {
    const [web, worker] = [await wake(), await wake()];
    const heard = counter();
    worker.on('send', heard.work);
    await heard.reach(1);
    await dropQueueTables(database.pool);
    web.poke('send');
    await heard.reach(2);
  });

  test('A process whose ear alone was cut notices it and hears again', async () => {
    const [web, worker] = [await wake(), await wake({ ...hasty, timerMs: 1000 })];
    const heard = counter();
    worker.on('send', heard.work);
    await heard.reach(1);
    await database.pool.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN fenghuo%'");
    await heard.reach(2);
    await eventually(() => worker.healthy(), 'the queue is well again');
    const before = heard.count();
    web.poke('send');
    await heard.reach(before + 1);
  });

  test('A process takes few connections: one that only rings at most three, one that works at most five', async () => {
    const taken = async (): Promise<number> => {
      const { rows } = await database.pool.query<{ n: number }>(
        "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name LIKE 'fenghuo%' AND datname = current_database()",
      );
      return rows[0]?.n ?? 0;
    };
    await eventually(async () => (await taken()) === 0, 'earlier tests have left none');
    const ringing = await wake();
    for (let n = 0; n < 50; n += 1) ringing.poke(n % 2 === 0 ? 'inbox' : 'send');
    expect(await taken()).toBeLessThanOrEqual(3);
    await ringing.stop();
    const working = await wake({ mode: 'all' });
    const runs = counter();
    working.on('send', runs.work);
    await runs.reach(1);
    for (let n = 0; n < 50; n += 1) {
      working.poke('inbox');
      working.armAt(Date.now() + n * 1000);
    }
    expect(await taken()).toBeLessThanOrEqual(5);
  });

  test('By timer alone no queue is opened, and the lanes run', async () => {
    const working = await wake({ backend: { kind: 'redis', url: 'redis://127.0.0.1:1' }, mode: 'timer', timerMs: 100 });
    const runs = counter();
    working.on('send', runs.work);
    await runs.reach(2);
    expect(working.healthy()).toBe(true);
  });

  queuePortability(postgres);
});
