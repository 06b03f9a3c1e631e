/** The same road with the queue on Redis instead of PostgreSQL. */
import { describe, test } from '@jest/globals';
import { openBureau } from '../support/bureau';
import { hasRedis, startRedis } from '../support/redis';
import { walkTheMainRoad } from './mainRoad';

const suite = hasRedis ? describe : describe.skip;

suite('with a Redis', () => {
  test('the journey passes with the queue on Redis alone', async () => {
    const redis = await startRedis();
    const bureau = await openBureau({ REDIS_URL: redis.url, WAKE: 'queue' });
    try {
      await walkTheMainRoad(bureau);
    } finally {
      await bureau.close();
      await redis.stop();
    }
  }, 120_000);
});
