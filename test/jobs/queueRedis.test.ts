/** The alarm clock on Redis; left out where there is no redis-server. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pino from 'pino';
import { realPace } from '../../src/jobs/pace';
import { createWake } from '../../src/jobs/queue';
import { hasRedis, startRedis, type TestRedis } from '../support/redis';
import { counter, queuePortability } from './queuePortability';

const suite = hasRedis ? describe : describe.skip;
if (!hasRedis) process.stderr.write('redis-server is not on the PATH: the Redis suite is left out.\n');

suite('The alarm clock on Redis', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  queuePortability({
    name: 'Redis',
    open: async () => ({ kind: 'redis', url: redis.url }),
    lose: async () => void (await redis.command('FLUSHALL')),
  });

  const options = { clock: { now: Date.now }, pace: realPace, log: pino({ level: 'silent' }), mode: 'all', timerMs: 300 } as const;

  test('A Redis that may throw alarms away is refused at start, in words', async () => {
    const evicting = await startRedis('allkeys-lru');
    await expect(createWake({ ...options, backend: { kind: 'redis', url: evicting.url } })).rejects.toThrow(
      /maxmemory-policy 为 allkeys-lru.*noeviction/,
    );
    await evicting.stop();
  });

  test('A Redis that dies is replaced by the timer, and used again when it is back', async () => {
    const wake = await createWake({ ...options, backend: { kind: 'redis', url: redis.url } });
    const runs = counter();
    wake.on('due', runs.work);
    await redis.kill();
    wake.poke('due');
    await runs.reach(3);
    while (wake.healthy()) await realPace.sleep(50);
    await redis.start();
    while (!wake.healthy()) await realPace.sleep(100);
    await wake.stop();
  }, 60_000);

  test('Without any Redis the bot starts on its timer', async () => {
    const wake = await createWake({ ...options, backend: { kind: 'redis', url: 'redis://127.0.0.1:1' } });
    const runs = counter();
    wake.on('send', runs.work);
    await runs.reach(1);
    expect(wake.healthy()).toBe(false);
    await wake.stop();
  });
});
