/** One address that hangs keeps nobody else waiting, and strangers' groups see nothing. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Bureau, openBureau } from '../support/bureau';
import { HERE } from '../support/walked';
import { REPORT } from './mainRoad';

/** The call that pages a room on each platform. */
const PAGES = { wecom: 'webhook/send', dingtalk: 'robot/send', govding: 'robot/message/sendgroup' } as const;

describe('a platform that is slow in one place', () => {
  let bureau: Bureau;
  beforeAll(async () => {
    bureau = await openBureau();
  }, 60_000);
  afterAll(() => bureau.close());

  test('while one webhook hangs, the next report is echoed and its county is paged at once', async () => {
    await bureau.sandbox('faults', { api: PAGES[HERE], delayMs: 4_000, times: 1 });
    await bureau.say('duty', 'duty1', REPORT);
    await bureau.see({ room: 'duty', text: '#1 已接报' });
    const begun = performance.now();
    await bureau.say('duty', 'duty1', REPORT.replaceAll('湖滨', '陕州'));
    await bureau.see({ room: 'duty', text: '#2 已接报' });
    const page = await bureau.see({ room: 'county-shanzhou', text: /#2 先期处置任务[\s\S]*派员到场核实/ });
    expect(page.pinged).toEqual(['shanzhou1']);
    expect(performance.now() - begun).toBeLessThan(2_500);
  });

  test('a message with the number of an incident never opens another one', async () => {
    await bureau.say('duty', 'duty1', '#1 门口又来了三十多名群众聚集，请求支援');
    await bureau.see({ room: 'duty', text: /关于事件 #1[\s\S]*#1 进展/ });
    const list = (await bureau.api('/api/v1/incidents')).body as unknown as { items: { n: number }[] };
    expect(list.items.map((i) => i.n)).toEqual([2, 1]);
  });

  test('the reason of a level is kept whole, also behind a full-width sign', async () => {
    await bureau.decide('hq', 'director', '#1 定级 Ⅳ 事态很小');
    await bureau.see({ room: 'duty', text: '理由：“事态很小”' });
  });
});
