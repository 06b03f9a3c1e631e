/** Two alarm clocks, each honest without the other: the queue alone carries the road, and the plain timer alone catches up. */
import { describe, expect, test } from '@jest/globals';
import { MINUTE } from '../../src/core/instant';
import { openBureau } from '../support/bureau';
import { dropQueueTables } from '../support/queueTables';
import { groupsAreCalled, levelIsSet, REPORT, reportIsEchoed, walkTheMainRoad } from './mainRoad';

describe('either alarm clock carries the road without the other', () => {
  test('with the plain timer off the whole journey passes on the queue alone', async () => {
    const bureau = await openBureau({ WAKE: 'queue' });
    try {
      await walkTheMainRoad(bureau);
    } finally {
      await bureau.close();
    }
  }, 120_000);

  test('with the tables of the queue dropped in mid-run the timer alone catches up within 10 s', async () => {
    const bureau = await openBureau();
    try {
      await reportIsEchoed(bureau);
      await levelIsSet(bureau);
      await groupsAreCalled(bureau);
      await dropQueueTables(bureau.pool);
      const { cursor } = await bureau.messages();
      const { activated } = (await bureau.api('/api/v1/incidents/1')).body as unknown as { activated: { at: string } };
      const rings = Date.parse(activated.at) + 10 * MINUTE;
      // The clock stops short of the moment, which then comes by itself.
      await bureau.sandbox('clock', { now: new Date(rings - 1_500).toISOString() });
      expect((await bureau.messages(cursor)).messages.filter(({ room, text }) => room === 'hq' && text.includes('催办'))).toEqual([]);
      const begun = performance.now();
      await bureau.see({ room: 'hq', text: '催办', after: cursor });
      expect(performance.now() - begun).toBeLessThan(10_000);
      await bureau.say('duty', 'duty2', REPORT.replace('六十多名', '三十余名'));
      await bureau.see({ room: 'duty', text: '#2', after: cursor });
    } finally {
      await bureau.close();
    }
  }, 120_000);

  test('with no queue at all the journey passes on the timer alone', async () => {
    const bureau = await openBureau({ WAKE: 'timer', TIMER_MS: '100' });
    try {
      await walkTheMainRoad(bureau);
    } finally {
      await bureau.close();
    }
  }, 120_000);
});
