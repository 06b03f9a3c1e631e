/** The platform may lie, refuse, choke or say nothing: every end is shown as what it is, and never called sent. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Bureau, openBureau } from '../support/bureau';
import { HERE, walkedOn } from '../support/walked';
import { REPORT, until } from './mainRoad';

interface Delivery {
  readonly addressee: string;
  readonly purpose: string;
  readonly channel: string;
  readonly state: string;
  readonly reason: string | null;
}

/** The calls that page a room and tell a single person, the answers that hold and that refuse the token. */
const WIRE = {
  wecom: {
    page: 'webhook/send',
    single: 'message/send',
    hold: { errcode: 45009 },
    token: { errcode: 42001 },
    odd: { errcode: 99_999 },
    webhook: 'wecom.webhook',
  },
  dingtalk: {
    page: 'robot/send',
    single: 'robot/oToMessages/batchSend',
    hold: { errcode: 130_101 },
    token: { code: 'InvalidAuthentication' },
    odd: { errcode: 99_999 },
    webhook: 'dingtalk.webhook',
  },
} as const;
const { page, single, hold, token, odd, webhook } = HERE === 'dingtalk' ? WIRE.dingtalk : WIRE.wecom;

walkedOn(['wecom', 'dingtalk'], 'no code of the government edition is known', 'a platform in trouble', () => {
  let bureau: Bureau;
  let n = 0;
  beforeAll(async () => {
    bureau = await openBureau();
  }, 60_000);
  afterAll(() => bureau.close());

  const report = async (): Promise<number> => {
    n += 1;
    await bureau.say('duty', 'duty1', REPORT.replace('六十多名', `${40 + n}名`));
    await bureau.see({ room: 'duty', text: `#${n} 已接报` });
    return n;
  };
  const delivery = async (incident: number, addressee: string, channel: RegExp): Promise<Delivery | undefined> => {
    const { body } = await bureau.api(`/api/v1/incidents/${incident}`);
    return (body.deliveries as unknown as Delivery[]).find((d) => d.addressee === addressee && channel.test(d.channel));
  };
  const ends = (incident: number, addressee: string, state: string): Promise<void> =>
    until(async () => (await delivery(incident, addressee, /./))?.state === state);

  test('too many at once holds the webhook for its window, shown as waiting, and the page goes out afterwards', async () => {
    await bureau.sandbox('faults', { api: page, ...hold, times: 1 });
    const incident = await report();
    await until(async () => (await delivery(incident, 'room:county-hubin', /webhook/))?.reason === String(hold.errcode));
    expect((await delivery(incident, 'room:county-hubin', /webhook/))?.state).not.toBe('accepted');
    const { cursor } = await bureau.messages();
    await bureau.advance(2);
    expect((await bureau.see({ room: 'county-hubin', text: `#${incident} 先期处置任务`, after: cursor })).pinged).toEqual(['hubin1']);
    expect((await delivery(incident, 'room:county-hubin', /webhook/))?.state).toBe('accepted');
  });

  test('an expired token costs one new token and the message arrives once', async () => {
    await bureau.sandbox('faults', { api: single, ...token, times: 1 });
    const incident = await report();
    await bureau.see({ room: 'dm:leader1', text: `#${incident} 新事件报告` });
    await ends(incident, 'person:leader1', 'accepted');
    const told = (await bureau.messages()).messages.filter((m) => m.room === 'dm:leader1' && m.text.includes(`#${incident} 新事件报告`));
    expect(told).toHaveLength(1);
  });

  test('a platform that is away keeps the message waiting and it arrives when it is back', async () => {
    await bureau.sandbox('faults', { api: single, status: 503, times: 2 });
    const incident = await report();
    await bureau.advance(2);
    await bureau.see({ room: 'dm:leader1', text: `#${incident} 新事件报告` });
    await ends(incident, 'person:leader1', 'accepted');
  });

  test('a code nobody knows counts as refused: the next way is taken, and the first is never called sent', async () => {
    await bureau.sandbox('faults', { api: page, ...odd, times: 1 });
    const incident = await report();
    await bureau.advance(1);
    const paged = await delivery(incident, 'room:county-hubin', /./);
    expect(paged?.reason === '99999' || paged?.channel !== webhook).toBe(true);
    await bureau.sandbox('faults', { clear: true });
  });

  test('no answer at all is unknown: an urgent page is sent once more and no more often, marked where the platform would show it twice', async () => {
    await bureau.sandbox('faults', { api: page, drop: true, times: 1 });
    const incident = await report();
    // DingTalk's webhook knows the message by its msgUuid.
    const mark = HERE === 'wecom' ? '（重发）.*' : '^';
    const wish = new RegExp(`${mark}#${incident} 先期处置任务[\\s\\S]*请处置`);
    const again = await bureau.see({ room: 'county-hubin', text: wish });
    expect(again.pinged).toEqual(['hubin1']);
    const calls = (await bureau.messages()).messages.filter((m) => m.room === 'county-hubin' && wish.test(m.text));
    expect(calls).toHaveLength(1);
  }, 60_000);
});
