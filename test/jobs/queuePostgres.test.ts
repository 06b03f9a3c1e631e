/** The alarm clock on PostgreSQL. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pino from 'pino';
import { realPace } from '../../src/jobs/pace';
import { createWake } from '../../src/jobs/queue';
import { freshDatabase, type TestDatabase } from '../support/database';
import { dropQueueTables } from '../support/queueTables';
import { counter, queuePortability } from './queuePortability';

describe('The alarm clock on PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  queuePortability({
    name: 'PostgreSQL',
    open: async () => ({ kind: 'postgres', pool: database.pool }),
    lose: async () => dropQueueTables(database.pool),
  });

  test('The queue heals by itself after its tables were dropped, and says so', async () => {
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => void lines.push(line) });
    const wake = await createWake({
      backend: { kind: 'postgres', pool: database.pool },
      clock: { now: Date.now },
      pace: realPace,
      log,
      mode: 'all',
      timerMs: 500,
    });
    const runs = counter();
    wake.on('due', runs.work);
    await dropQueueTables(database.pool);
    for (let n = 0; n < 10; n += 1) wake.poke('due');
    while (wake.healthy()) await realPace.sleep(50);
    while (!wake.healthy()) await realPace.sleep(100);
    await wake.stop();
    expect(lines.filter((line) => line.includes('提醒队列暂不可用'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes('提醒队列已恢复'))).toHaveLength(1);
  }, 40_000);

  test('A server that cuts every connection is survived', async () => {
    const wake = await createWake({
      backend: { kind: 'postgres', pool: database.pool },
      clock: { now: Date.now },
      pace: realPace,
      log: pino({ level: 'silent' }),
      mode: 'all',
      timerMs: 300,
    });
    const runs = counter();
    wake.on('due', runs.work);
    await database.pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'fenghuo%' AND datname = current_database()",
    );
    await runs.reach(3);
    while (!wake.healthy()) await realPace.sleep(100);
    await wake.stop();
  }, 40_000);

  test('By timer alone no queue is opened, and the lanes run', async () => {
    const wake = await createWake({
      backend: { kind: 'redis', url: 'redis://127.0.0.1:1' },
      clock: { now: Date.now },
      pace: realPace,
      log: pino({ level: 'silent' }),
      mode: 'timer',
      timerMs: 100,
    });
    const runs = counter();
    wake.on('send', runs.work);
    await runs.reach(2);
    expect(wake.healthy()).toBe(true);
    await wake.stop();
  });
});
