/** The alarm clock on Redis; left out where there is no redis-server. */
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { realPace } from '../../src/jobs/pace';
import { hasRedis, startRedis, type TestRedis } from '../support/redis';
import { counter, eventually, hasty, hastyPace, openBench, type PortableBackend } from './queueBench';
import { queuePortability } from './queuePortability';

const suite = hasRedis ? describe : describe.skip;
if (!hasRedis) process.stderr.write('redis-server is not on the PATH: the Redis suite is left out.\n');

const NOWHERE = { kind: 'redis', url: 'redis://127.0.0.1:1' } as const;

suite('The alarm clock on Redis', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  const backend: PortableBackend = {
    open: async () => ({ kind: 'redis', url: redis.url }),
    lose: async () => void (await redis.command('FLUSHALL')),
    loseJobs: () => redis.deleteJobs(),
    cut: () => redis.cut(),
    alarms: () => redis.alarms(),
  };
  const { wake } = openBench(backend);

  test('A Redis that is away for a minute is replaced by the timer; back and empty, it has every alarm again', async () => {
    const working = await wake({ ...hasty, mode: 'all', timerMs: 5000 });
    const runs = counter();
    const quiet = await wake({ ...hasty, timerMs: 5000 });
    const moment = hasty.clock.now() + 3_600_000;
    quiet.armAt(moment);
    working.on('due', async () => {
      working.armAt(moment);
      await runs.work();
    });
    await eventually(async () => (await redis.alarms()).length === 2, 'both alarms are set');
    await redis.kill();
    working.poke('due');
    const [before, begun] = [runs.count(), hastyPace.mono()];
    await eventually(() => hastyPace.mono() - begun >= 60_000, 'a minute has passed');
    expect(working.healthy()).toBe(false);
    expect(runs.count() - before).toBeGreaterThanOrEqual(20);
    await redis.start();
    await eventually(async () => (await redis.alarms()).length === 2, 'both are set again, that of a process which says nothing too');
  });

  test('A process that was stopped while Redis was away does not look for it any more', async () => {
    await redis.deleteJobs();
    const leaving = await wake({ mode: 'all' });
    leaving.on('due', async () => undefined);
    await eventually(async () => (await redis.connections()).length === 3, 'it takes jobs and listens');
    await redis.kill();
    leaving.poke('inbox');
    await eventually(() => !leaving.healthy(), 'the queue is unwell');
    await leaving.stop();
    expect(await knocksAt(redis.url, 800)).toBe(0);
    await redis.start();
  });

  test('A Redis that may throw alarms away is refused at start, in words', async () => {
    const evicting = await startRedis('allkeys-lru');
    const opening = wake({ backend: { kind: 'redis', url: evicting.url } });
    await opening.catch(() => undefined);
    await evicting.stop();
    await expect(opening).rejects.toThrow(/maxmemory-policy 为 allkeys-lru.*noeviction/);
  });

  test('Two bureaus on one Redis, each with a database number of its own, do not hear each other', async () => {
    const [one, other] = [await wake(), await wake({ backend: { kind: 'redis', url: `${redis.url}/1` } })];
    const heard = { one: counter(), other: counter() };
    one.on('send', heard.one.work);
    other.on('send', heard.other.work);
    await heard.one.reach(1);
    await heard.other.reach(1);
    for (let n = 2; n <= 4; n += 1) {
      one.poke('send');
      await heard.one.reach(n);
    }
    expect(heard.other.count()).toBe(1);
  });

  test('A process takes few connections: one that only rings takes one, one that works three', async () => {
    const taken = async (): Promise<number> => (await redis.connections()).length;
    await eventually(async () => (await taken()) === 0, 'earlier tests have left none');
    const ringing = await wake();
    for (let n = 0; n < 50; n += 1) ringing.poke(n % 2 === 0 ? 'inbox' : 'send');
    expect(await taken()).toBe(1);
    await ringing.stop();
    const working = await wake({ mode: 'all' });
    const runs = counter();
    working.on('send', runs.work);
    await runs.reach(1);
    expect(await taken()).toBe(3);
  });

  test('Without any Redis the bot starts on its timer', async () => {
    const working = await wake({ backend: NOWHERE, mode: 'all', ...hasty, timerMs: 5000 });
    const runs = counter();
    working.on('send', runs.work);
    await runs.reach(1);
    expect(working.healthy()).toBe(false);
  });

  queuePortability(backend);
});

/** How many connections somebody tries to make in so many milliseconds to a port where nobody listened before. */
async function knocksAt(url: string, ms: number): Promise<number> {
  let knocks = 0;
  const door = createServer((socket) => {
    knocks += 1;
    socket.destroy();
  });
  await new Promise<void>((open) => door.listen(Number(new URL(url).port), '127.0.0.1', open));
  await realPace.sleep(ms);
  await new Promise((closed) => door.close(closed));
  return knocks;
}
