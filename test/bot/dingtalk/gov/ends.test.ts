/** How a sending ends on the government edition: refusals told apart by their words, roads, lost answers, tokens. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SendResult, TokenShelf } from '../../../../src/ports/platform';
import { message } from '../../wire/support';
import { type SimulatedGov, simulate } from './simulated';

let sim: SimulatedGov;
beforeEach(async () => {
  sim = await simulate();
});
afterEach(() => sim.close());

const WAYS: readonly (readonly [string, string, string])[] = [
  ['govding.group', 'robot/message/sendgroup', 'duty'],
  ['govding.single', 'robot/message/sendoto', 'duty1'],
  ['govding.work', 'message/workNotification', 'duty1'],
];

/** The first sending of the way, after the fault was planted. */
async function endOf(id: string, address: string, fault: Record<string, unknown>): Promise<SendResult | undefined> {
  await sim.fault(fault);
  return (await sim.send(id, message(), address))[0];
}

describe.each(WAYS)('%s', (id, api, address) => {
  test('a refusal in words nobody knows is a refusal of the message, with the platform’s words and number in the log', async () => {
    expect(await endOf(id, address, { api, code: 'SomethingNew' })).toEqual({ is: 'refused', code: 'SomethingNew', fault: 'content' });
    expect(sim.deps.lines.join()).toMatch(/error govding refuses a call .*"code":"SomethingNew".*"requestId":"[^"]+"/);
  });

  test('a lost answer is unknown, whether or not the message arrived', async () => {
    expect(await endOf(id, address, { api, drop: true })).toMatchObject({ is: 'unknown' });
    expect(await endOf(id, address, { api, drop: true, afterAccept: true })).toMatchObject({ is: 'unknown' });
    expect(await sim.messages(address === 'duty' ? 'duty' : 'dm:duty1')).toHaveLength(1);
  });

  test('a token that died early is replaced once, unseen by people', async () => {
    await sim.send(id, message(), address);
    expect(await endOf(id, address, { api, code: 'InvalidAccessToken' })).toMatchObject({ is: 'accepted' });
    expect(await sim.calls('gettoken.json')).toHaveLength(2);
  });

  test('a token refused twice closes the way for half a minute, without a loop', async () => {
    expect(await endOf(id, address, { api, code: 'InvalidAccessToken', times: 9 })).toEqual({
      ...{ is: 'road', code: 'token_refused_twice', blocks: 'outlet', waitMs: 30_000 },
    });
    const asked = (await sim.calls('gettoken.json')).length;
    await sim.send(id, message(), address);
    expect(await sim.calls('gettoken.json')).toHaveLength(asked);
    await sim.fault({ clear: true });
    sim.advance(31_000);
    expect(await sim.send(id, message(), address)).toMatchObject([{ is: 'accepted' }]);
  });

  test('words about too many calls make it wait a minute where the office has tried that', async () => {
    await sim.close();
    sim = await simulate(() => ({ capabilities: { 'limits.wording': 'on' } }));
    expect(await endOf(id, address, { api, code: 'QpsLimit' })).toEqual({
      ...{ is: 'road', code: 'QpsLimit', blocks: 'outlet', waitMs: 60_000 },
    });
  });
});

describe('tokens', () => {
  test('one is fetched for all who wait, kept for nine tenths of its life, and then fetched anew', async () => {
    await Promise.all(['duty1', 'leader1', 'office1'].map((person) => sim.send('govding.work', message(), person)));
    expect(await sim.calls('gettoken.json')).toHaveLength(1);
    sim.advance(6_400_000);
    await sim.send('govding.work', message(), 'duty1');
    expect(await sim.calls('gettoken.json')).toHaveLength(1);
    sim.advance(200_000);
    expect(await sim.send('govding.work', message(), 'duty1')).toMatchObject([{ is: 'accepted' }]);
    expect(await sim.calls('gettoken.json')).toHaveLength(2);
  });

  test('a wrong secret is the operator’s to mend: refused at once, asked again after five minutes only, and never in the log', async () => {
    await sim.close();
    sim = await simulate(() => ({ appSecret: 'canary-wrong-secret' }));
    const [end] = await sim.send('govding.work', message(), 'duty1');
    expect(end).toMatchObject({ is: 'refused', fault: 'permission' });
    await sim.send('govding.work', message(), 'duty1');
    expect(await sim.calls('gettoken.json')).toHaveLength(1);
    sim.advance(301_000);
    await sim.send('govding.work', message(), 'duty1');
    expect(await sim.calls('gettoken.json')).toHaveLength(2);
    expect(sim.deps.lines.join()).not.toContain('canary');
  });

  test('instances share one under seal', async () => {
    const rows = new Map<string, { value: string; until: number }>();
    const shelf: TokenShelf = {
      read: async (key) => rows.get(key) ?? null,
      write: async (key, token) => void rows.set(key, token),
      drop: async (key, value) => void (rows.get(key)?.value === value && rows.delete(key)),
    };
    await sim.close();
    sim = await simulate(undefined, shelf);
    await sim.send('govding.work', message(), 'duty1');
    expect([...rows.keys()]).toEqual([`govding:${sim.given.tenant}:${sim.given.appKey}:token`]);
    expect([...rows.values()].map(({ value }) => value).join()).not.toContain('app_');
  });
});

describe('the gateway', () => {
  test('takes a signature by MD5 where the deployment asks for it', async () => {
    await sim.close();
    sim = await simulate(() => ({ digest: 'md5' }));
    expect(await sim.send('govding.work', message(), 'duty1')).toMatchObject([{ is: 'accepted' }]);
  });

  test('refuses a clock that is wrong, which the operator must mend', async () => {
    sim.goAhead(600_000);
    expect(await sim.send('govding.work', message(), 'duty1')).toMatchObject([{ is: 'refused', fault: 'permission' }]);
    sim.goAhead(0);
    sim.advance(301_000);
    expect(await sim.send('govding.work', message(), 'duty1')).toMatchObject([{ is: 'accepted' }]);
  });

  test('a word of its own about the robot’s token fetches no new access token', async () => {
    await sim.close();
    sim = await simulate(({ rooms }) => ({ rooms: { duty: { chatId: rooms.duty?.chatId, robotToken: 'wrong' } } }));
    expect(await sim.send('govding.group', message(), 'duty')).toMatchObject([{ is: 'refused', fault: 'content' }]);
    expect(await sim.calls('gettoken.json')).toHaveLength(1);
  });
});

describe('a call on trial', () => {
  test('is left out once the deployment says that it has no such thing, and named once in the log', async () => {
    await sim.close();
    sim = await simulate(() => ({ capabilities: { 'robot.single': 'probe' } }));
    const ways = () => sim.gov.routesToPerson('duty1').map(({ channel }) => channel);
    expect(ways()).toEqual(['govding.work', 'govding.single']);
    await endOf('govding.single', 'duty1', { api: 'robot/message/sendoto', status: 404 });
    expect(ways()).toEqual(['govding.work']);
    expect(await sim.send('govding.single', message(), 'duty1')).toEqual([{ is: 'refused', code: 'switched_off', fault: 'capability' }]);
    expect(sim.deps.lines.filter((line) => line.includes('left out from now on'))).toHaveLength(1);
  });

  test('stays when the refusal is about something else', async () => {
    await sim.close();
    sim = await simulate(() => ({ capabilities: { 'robot.single': 'probe' } }));
    await endOf('govding.single', 'duty1', { api: 'robot/message/sendoto', code: 'Whatever' });
    expect(sim.gov.routesToPerson('duty1').map(({ channel }) => channel)).toContain('govding.single');
  });
});
