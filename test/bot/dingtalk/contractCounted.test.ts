/** What is counted and found out later: the month's calls, paid quotas, who has read, what was swallowed though the platform said yes. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { full, quote } from '../../../src/core/notices/message';
import type { Receipt, SendResult } from '../../../src/ports/platform';
import { FOREVER, message } from '../wire/support';
import { type Outgoing, outgoing } from './outgoing';

let sim: Outgoing;
const begin = async (...parts: Parameters<typeof outgoing>) => {
  await sim?.close();
  sim = await outgoing(...parts);
};
beforeEach(() => begin());
afterEach(() => sim.close());

const MINUTE = 60_000;
function duty(): string {
  return sim.given.rooms.duty?.openConversationId ?? '';
}
const userid = (person: string): string => sim.given.people[person] ?? '';
const refOf = (result: SendResult | undefined) => (result?.is === 'accepted' ? (result.ref ?? '') : '');
const receipt = (id: string, ref: string): Promise<Receipt | null> | undefined => sim.channel(id).receipt?.(ref, FOREVER);
const switched = (change: Readonly<Record<string, unknown>>) => sim.post('switches', change);

describe('what the month allows', () => {
  test('is said at 70 and at 90 percent, once each; its last tenth is for the urgent', async () => {
    await begin({ monthlyCalls: 40 });
    const ends: string[] = [];
    for (let nth = 0; nth < 40; nth += 1) {
      const [end] = await sim.send('dingtalk.group', message(), duty());
      ends.push(end?.is === 'refused' ? end.code : (end?.is ?? ''));
      sim.advance(10_000);
    }
    const calls = ends.filter((end) => end === 'accepted').length;
    expect(calls).toBe(36);
    expect(new Set(ends.slice(36))).toEqual(new Set(['month_budget']));
    const said = sim.deps.lines.filter((line) => line.includes('running out'));
    expect(said.map((line) => line.split(' ')[0])).toEqual(['warn', 'error']);
    expect(await sim.send('dingtalk.group', message(), duty(), null, true)).toMatchObject([{ is: 'accepted' }]);
    sim.advance(31 * 86_400_000);
    expect(await sim.send('dingtalk.group', message(), duty())).toMatchObject([{ is: 'accepted' }]);
  });

  test('used up on the platform’s side leaves the webhook, and what is urgent knocks all the same', async () => {
    await sim.post('faults', { api: 'robot/groupMessages/send', code: 'Forbidden.AccessDenied.ApiCountLimitForOrg', times: 1 });
    expect(await sim.send('dingtalk.group', message(), duty())).toMatchObject([{ is: 'refused', fault: 'capability' }]);
    expect(await sim.send('dingtalk.group', message(), duty())).toMatchObject([{ is: 'refused', code: 'month_budget' }]);
    expect(await sim.send('dingtalk.webhook', message(), 'duty')).toEqual([{ is: 'accepted' }]);
    expect(await sim.send('dingtalk.group', message(), duty(), null, true)).toMatchObject([{ is: 'accepted' }]);
  });
});

describe('a strong reminder', () => {
  test.each(['dingtalk.ding.sms', 'dingtalk.ding.phone'])(
    'by %s whose paid quota is used up is not tried again for an hour',
    async (id) => {
      await switched({ monthlySms: 0, monthlyCalled: 0 });
      const [first] = await sim.send(id, message(), 'duty1');
      expect(first).toEqual({ is: 'refused', code: 'quota', fault: 'capability' });
      expect(await sim.send(id, message(), 'duty1')).toMatchObject([{ is: 'refused', code: 'quota' }]);
      expect(await sim.calls('robot/ding/send')).toHaveLength(1);
      sim.advance(61 * MINUTE);
      await sim.send(id, message(), 'duty1');
      expect(await sim.calls('robot/ding/send')).toHaveLength(2);
      expect(await sim.send('dingtalk.ding', message(), 'duty1')).toMatchObject([{ is: 'accepted' }]);
    },
  );

  test('that the office has bought three of by short message is refused from the fourth on until the next month, unasked; calls and the app go on', async () => {
    await begin({ monthlyDings: { sms: 3, phone: 1 } });
    await switched({ monthlySms: 5 });
    const ring = async (id: string) => (await sim.send(id, message(), 'duty1'))[0];
    await sim.post('faults', { api: 'robot/ding/send', code: 'ServiceUnavailable', times: 1 });
    expect((await ring('dingtalk.ding.sms'))?.is).not.toBe('accepted');
    const ends = [];
    for (let nth = 0; nth < 4; nth += 1) ends.push(await ring('dingtalk.ding.sms'));
    expect(ends.slice(0, 3).map((end) => end?.is)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(ends[3]).toEqual({ is: 'refused', code: 'quota', fault: 'capability' });
    expect(await sim.calls('robot/ding/send')).toHaveLength(4);
    expect(sim.allowances.map(({ port, percent, used, allowed }) => [port, percent, used, allowed])).toEqual([
      ['sms', 70, 3, 3],
      ['sms', 90, 3, 3],
    ]);
    expect([(await ring('dingtalk.ding.phone'))?.is, (await ring('dingtalk.ding'))?.is]).toEqual(['accepted', 'accepted']);
    sim.advance(31 * 86_400_000);
    expect(await ring('dingtalk.ding.sms')).toMatchObject({ is: 'accepted' });
  });

  test('that is used up leaves the month’s calls to everything else', async () => {
    await switched({ monthlySms: 0 });
    expect(await sim.send('dingtalk.ding.sms', message(), 'duty1')).toMatchObject([{ is: 'refused' }]);
    expect(await sim.send('dingtalk.group', message(), duty())).toMatchObject([{ is: 'accepted' }]);
  });

  test('to somebody the platform does not know is not reached', async () => {
    await begin({ people: { duty1: 'nobody' } });
    expect(await sim.send('dingtalk.ding', message(), 'duty1')).toEqual([{ is: 'refused', code: 'ding_failed', fault: 'receiver' }]);
    expect(await sim.send('dingtalk.ding', message(), 'leader1')).toEqual([{ is: 'refused', code: 'no_account', fault: 'receiver' }]);
  });
});

describe('what was read', () => {
  const READERS = [
    ['dingtalk.single', () => userid('duty1')],
    ['dingtalk.work', () => 'duty1'],
    ['dingtalk.ding', () => 'duty1'],
  ] as const;

  test.each(READERS)('of %s is known once it was read', async (id, address) => {
    await switched({ readAfterMs: 30_000 });
    const ref = refOf((await sim.send(id, message(), address()))[0]);
    sim.advance(10_000);
    expect(await receipt(id, ref)).toMatchObject({ is: 'pending' });
    sim.advance(MINUTE);
    expect(await receipt(id, ref)).toEqual({ is: 'delivered', how: 'read' });
  });

  test.each(READERS)('of %s by nobody is asked four times in a quarter of an hour, then taken as delivered', async (id, address) => {
    const ref = refOf((await sim.send(id, message(), address()))[0]);
    const before = (await sim.calls()).length;
    const heard: (Receipt | null | undefined)[] = [];
    for (let tens = 0; tens < 90; tens += 1) {
      sim.advance(10_000);
      heard.push(await receipt(id, ref));
    }
    const told = heard.findIndex((one) => one?.is === 'delivered');
    expect(heard[told]).toEqual({ is: 'delivered', how: 'delivered' });
    for (const one of heard.slice(0, told)) expect(one).toEqual({ is: 'pending', againMs: expect.any(Number) });
    expect(heard.slice(told + 1).every((one) => one === null)).toBe(true);
    expect((await sim.calls()).length - before).toBe(4);
  });

  test('is not asked any more once half of the month is used', async () => {
    await begin({ monthlyCalls: 4 });
    const refs = [
      await sim.send('dingtalk.single', message(), userid('duty1')),
      await sim.send('dingtalk.single', message(), userid('duty1')),
    ];
    expect(await receipt('dingtalk.single', refOf(refs[0]?.[0]))).toEqual({ is: 'pending', againMs: 5 * MINUTE });
  });
});

describe('a work notice', () => {
  test('that the platform swallowed although it said yes is found out, and refused', async () => {
    const [part = { body: '' }] = sim.channel('dingtalk.work').split(message(), { address: 'duty1', ticket: null });
    const send = () => sim.channel('dingtalk.work').send(part, { address: 'duty1', ticket: null }, 'k', FOREVER);
    const [first, second] = [await send(), await send()];
    sim.advance(10_000);
    expect(await receipt('dingtalk.work', refOf(first))).toMatchObject({ is: 'pending' });
    expect(await receipt('dingtalk.work', refOf(second))).toEqual({ is: 'refused', code: '143106' });
  });

  test('said twice in a day is two notices: the moment stands in each', async () => {
    await sim.send('dingtalk.work', message(), 'duty1');
    sim.advance(1_000);
    const [second] = await sim.send('dingtalk.work', message(), 'duty1');
    sim.advance(10_000);
    expect(await receipt('dingtalk.work', refOf(second))).toMatchObject({ is: 'pending' });
  });

  test('too long for one goes in numbered parts of at most 2048 bytes', () => {
    const parts = sim.channel('dingtalk.work').split(message({}, [full(quote('火情'.repeat(1000)))]), { address: 'duty1', ticket: null });
    expect(parts.length).toBeGreaterThan(2);
    for (const { body } of parts) expect(Buffer.byteLength(body)).toBeLessThanOrEqual(2048);
  });
});
