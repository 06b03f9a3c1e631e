import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createWecom } from '../../../../src/bot/wecom';
import { full, open, quote } from '../../../../src/core/notices/message';
import type { Cleared } from '../../../../src/core/privacy/clear';
import type { SendResult, Ticket } from '../../../../src/ports/platform';
import { ACK, type Call, FOREVER, type HttpPeer, httpPeer, message, type Reply, type TestDeps, testDeps, until } from '../../wire/support';
import { binding } from '../support';

let peer: HttpPeer;
let deps: TestDeps;
let answers: Record<string, (call: Call) => Reply>;
let wecom: ReturnType<typeof createWecom>;

beforeEach(async () => {
  deps = testDeps();
  answers = { '/cgi-bin/gettoken': () => ({ errcode: 0, access_token: `token-${calls('gettoken').length}`, expires_in: 7200 }) };
  peer = await httpPeer((call) => answers[call.path]?.(call) ?? { errcode: 0, errmsg: 'ok' });
  wecom = createWecom(binding({ apiBase: peer.base }), deps);
});
afterEach(() => peer.stop());

const calls = (path: string) => peer.calls.filter((call) => call.path === `/cgi-bin/${path}`);

async function send(id: string, said: Cleared, address: string, ticket: Ticket | null = null): Promise<readonly SendResult[]> {
  const channel = wecom.channels.find((one) => one.id === id);
  const results: SendResult[] = [];
  for (const part of channel?.split(said, { address, ticket }) ?? []) {
    results.push((await channel?.send(part, { address, ticket }, 'd1', FOREVER)) as SendResult);
  }
  return results;
}

describe('the group webhook', () => {
  test('really calls the people who are needed, and no row of ours holds its key', async () => {
    const said = message({ mentions: ['leader1', 'duty1'] }, [open('请立即到岗')]);
    expect(await send('wecom.webhook', said, 'duty')).toEqual([{ is: 'accepted' }]);
    expect(peer.calls[0]).toMatchObject({ path: '/cgi-bin/webhook/send', query: { key: 'canary-webhook-key' } });
    expect(JSON.parse(peer.calls[0]?.body ?? '')).toEqual({
      msgtype: 'text',
      text: { content: '#12 突发事件接报\n请立即到岗', mentioned_list: ['lisi', 'zhangsan'] },
    });
    expect(
      wecom
        .routesToRoom('duty')
        .map((route) => route.address)
        .join(),
    ).not.toContain('canary');
  });

  test('numbers long notices within 2048 bytes and calls people with the last part', async () => {
    await send('wecom.webhook', message({ mentions: ['leader1'] }, [full(quote('火情'.repeat(600)))]), 'duty');
    const bodies = peer.calls.map((call) => JSON.parse(call.body).text);
    expect(bodies.map((text) => text.content.slice(0, 5))).toEqual(['（1/2）', '（2/2）']);
    expect(bodies.map((text) => text.mentioned_list)).toEqual([undefined, ['lisi']]);
    expect(Math.max(...bodies.map((text) => Buffer.byteLength(text.content)))).toBeLessThanOrEqual(2048);
  });

  test('says in the log whom it cannot call', async () => {
    await send('wecom.webhook', message({ mentions: ['guest1'] }), 'duty');
    expect(deps.lines.join()).toContain('"person":"guest1"');
  });

  test('waits out a minute when the platform says too often, and is unknown when the answer is lost', async () => {
    answers['/cgi-bin/webhook/send'] = () => ({ errcode: 45009, errmsg: 'freq' });
    expect(await send('wecom.webhook', message(), 'duty')).toEqual([{ is: 'road', code: '45009', blocks: 'outlet', waitMs: 60_000 }]);
    answers['/cgi-bin/webhook/send'] = () => 'reset';
    expect(await send('wecom.webhook', message(), 'duty')).toEqual([{ is: 'unknown', what: 'ECONNRESET' }]);
    expect(await send('wecom.webhook', message(), 'nowhere')).toEqual([{ is: 'refused', code: 'no_webhook', fault: 'receiver' }]);
  });
});

describe('the app’s private message', () => {
  test('goes to the person’s userid with the duplicate check on', async () => {
    answers['/cgi-bin/message/send'] = () => ({ errcode: 0, errmsg: 'ok', invaliduser: '', msgid: 'MSG1' });
    expect(await send('wecom.app', message(), 'leader1')).toEqual([{ is: 'accepted', ref: 'MSG1' }]);
    expect(calls('message/send')[0]?.query).toEqual({ access_token: 'token-1' });
    expect(JSON.parse(calls('message/send')[0]?.body ?? '')).toMatchObject({
      touser: 'lisi',
      agentid: 1000002,
      msgtype: 'text',
      text: { content: '#12 突发事件接报' },
      enable_duplicate_check: 1,
    });
  });

  test('a card carries the dispatch’s own id and hands back its way of updating; a repeat has the same bytes', async () => {
    answers['/cgi-bin/message/send'] = () => ({ errcode: 0, msgid: 'MSG1', response_code: 'RC1' });
    const said = message({ buttons: [ACK] });
    expect(await send('wecom.app', said, 'leader1')).toEqual([{ is: 'accepted', ref: 'MSG1', handle: 'RC1' }]);
    await send('wecom.app', said, 'leader1');
    const [first, second] = calls('message/send').map((call) => call.body);
    expect(first).toBe(second);
    expect(JSON.parse(first ?? '').template_card.task_id).toBe('d1@1');
  });

  test.each([
    [{ errcode: 0, invaliduser: 'lisi' }, 'invaliduser'],
    [{ errcode: 0, invaliduser: '', unlicenseduser: 'lisi' }, 'unlicenseduser'],
    [{ errcode: 81013 }, '81013'],
  ])('ok is not delivered: %j', async (answer, code) => {
    answers['/cgi-bin/message/send'] = () => answer;
    expect(await send('wecom.app', message(), 'leader1')).toEqual([{ is: 'refused', code, fault: 'receiver' }]);
  });

  test('a press greys the buttons; when its code is spent the words are sent instead', async () => {
    const ticket = { kind: 'app_card', responseCode: 'RC' };
    expect(await send('wecom.app', message({ pressed: '已收到' }), 'leader1', ticket)).toEqual([{ is: 'accepted' }]);
    expect(JSON.parse(calls('message/update_template_card')[0]?.body ?? '')).toEqual({
      userids: ['lisi'],
      agentid: 1000002,
      response_code: 'RC',
      button: { replace_name: '已收到' },
    });
    expect(calls('message/send')).toHaveLength(0);
    answers['/cgi-bin/message/update_template_card'] = () => ({ errcode: 60140 });
    expect(await send('wecom.app', message({ pressed: '已收到' }), 'leader1', ticket)).toEqual([{ is: 'accepted' }]);
    expect(calls('message/send')).toHaveLength(1);
  });
});

describe('taking a message back', () => {
  const recall = (capabilities = {}) => {
    wecom = createWecom(binding({ apiBase: peer.base, capabilities }), deps);
    return wecom.channels.find((channel) => channel.id === 'wecom.app')?.recall?.('MSG1', FOREVER);
  };

  test('names it by its id; a day later it is too late', async () => {
    expect(await recall()).toEqual({ is: 'accepted' });
    expect(calls('message/recall').map((call) => JSON.parse(call.body))).toEqual([{ msgid: 'MSG1' }]);
    answers['/cgi-bin/message/recall'] = () => ({ errcode: 42052 });
    expect(await recall()).toEqual({ is: 'refused', code: '42052', fault: 'capability' });
    answers['/cgi-bin/message/recall'] = () => 'reset';
    expect(await recall()).toEqual({ is: 'unknown', what: 'ECONNRESET' });
  });

  test('is left out where the deployment has no such call', async () => {
    expect(await recall({ 'app.recall': 'off' })).toEqual({ is: 'refused', code: 'no_recall', fault: 'capability' });
    expect(calls('message/recall')).toEqual([]);
  });
});

describe('a feature that the deployment may lack', () => {
  test('marked probe is tried once, then left out; marked on it is tried every time', async () => {
    answers['/cgi-bin/message/send'] = (call) => ({ errcode: JSON.parse(call.body).msgtype === 'template_card' ? 43012 : 0 });
    for (const [setting, cards] of [
      ['on', 2],
      ['probe', 1],
      ['off', 0],
    ] as const) {
      peer.calls.length = 0;
      wecom = createWecom(binding({ apiBase: peer.base, capabilities: { 'app.cards': setting } }), deps);
      for (let times = 0; times < 2; times += 1) {
        expect(await send('wecom.app', message({ buttons: [ACK] }), 'leader1')).toEqual([{ is: 'accepted' }]);
      }
      const types = calls('message/send').map((call) => JSON.parse(call.body).msgtype);
      expect(types.filter((type) => type === 'template_card')).toHaveLength(cards);
      expect(types.filter((type) => type === 'text')).toHaveLength(2);
    }
    expect(deps.lines.filter((line) => line.includes('lacks a feature'))).toHaveLength(1);
  });

  test('a card that is merely wrong is no missing feature', async () => {
    answers['/cgi-bin/message/send'] = (call) => ({ errcode: JSON.parse(call.body).msgtype === 'template_card' ? 42038 : 0 });
    wecom = createWecom(binding({ apiBase: peer.base, capabilities: { 'app.cards': 'probe' } }), deps);
    for (let times = 0; times < 2; times += 1) await send('wecom.app', message({ buttons: [ACK] }), 'leader1');
    expect(calls('message/send').map((call) => JSON.parse(call.body).msgtype)).toEqual(['template_card', 'text', 'template_card', 'text']);
  });

  test('words in parts that end half-way are unknown, not refused: some were read', async () => {
    answers['/cgi-bin/message/send'] = () => {
      const nth = calls('message/send').length;
      return { errcode: nth === 1 ? 42038 : nth === 3 ? 81013 : 0 };
    };
    const options = [{ id: 'o1', text: '一' }];
    const face = { is: 'vote', question: { key: 'q', title: 't', options }, several: false, submit: { key: 's', text: '交' } } as const;
    const app = wecom.channels.find((channel) => channel.id === 'wecom.app');
    const to = { address: 'leader1', ticket: null };
    const [part] = app?.dress?.(message({}, [full(quote('火情'.repeat(600)))]), face, to) ?? [];
    expect(part === undefined ? null : await app?.send(part, to, 'd1', FOREVER)).toEqual({ is: 'unknown', what: 'plain 2: 81013' });
  });
});

describe('the access token', () => {
  test('is fetched once for all who wait, kept, and renewed at nine tenths of its life', async () => {
    await Promise.all(['leader1', 'duty1', 'leader1'].map((person) => send('wecom.app', message(), person)));
    expect(calls('gettoken')).toHaveLength(1);
    deps.clock.time += 6_479_000;
    await send('wecom.app', message(), 'leader1');
    expect(calls('gettoken')).toHaveLength(1);
    deps.clock.time += 1_000;
    await send('wecom.app', message(), 'leader1');
    expect(calls('gettoken')).toHaveLength(2);
  });

  test.each([40014, 42001, 40001])(
    'refused with %i before its time, it is fetched once for all and each call repeated',
    async (errcode) => {
      answers['/cgi-bin/message/send'] = (call) => ({ errcode: call.query.access_token === 'token-1' ? errcode : 0 });
      const ends = await Promise.all(['leader1', 'duty1'].map((person) => send('wecom.app', message(), person)));
      expect(ends).toEqual([[{ is: 'accepted' }], [{ is: 'accepted' }]]);
      expect(calls('gettoken')).toHaveLength(2);
    },
  );

  test('refused twice, nobody asks again for half a minute', async () => {
    answers['/cgi-bin/message/send'] = () => ({ errcode: 40014 });
    const halfMinute = { is: 'road', code: 'token_refused_twice', blocks: 'outlet', waitMs: 30_000 };
    expect(await send('wecom.app', message(), 'leader1')).toEqual([halfMinute]);
    expect(await send('wecom.app', message(), 'duty1')).toEqual([halfMinute]);
    expect(calls('gettoken')).toHaveLength(2);
    deps.clock.time += 30_000;
    answers['/cgi-bin/message/send'] = () => ({ errcode: 0 });
    expect(await send('wecom.app', message(), 'leader1')).toEqual([{ is: 'accepted' }]);
  });

  test('with a wrong secret is not asked for in a loop', async () => {
    answers['/cgi-bin/gettoken'] = () => ({ errcode: 40001, errmsg: 'invalid credential' });
    for (let tries = 0; tries < 3; tries += 1) {
      expect(await send('wecom.app', message(), 'leader1')).toEqual([{ is: 'refused', code: '40001', fault: 'permission' }]);
    }
    expect(calls('gettoken')).toHaveLength(1);
  });

  test('lost on the way is only a road error: no message was sent', async () => {
    answers['/cgi-bin/gettoken'] = () => 'reset';
    expect(await send('wecom.app', message(), 'leader1')).toEqual([
      { is: 'road', code: 'token_ECONNRESET', blocks: 'outlet', waitMs: 2000 },
    ]);
  });
});

test('no secret reaches the log, whatever goes wrong', async () => {
  answers['/cgi-bin/message/send'] = () => ({ errcode: 40014, errmsg: 'invalid access_token' });
  answers['/cgi-bin/webhook/send'] = () => ({ errcode: 93000, errmsg: 'invalid webhook url' });
  await send('wecom.app', message(), 'leader1');
  await send('wecom.webhook', message(), 'duty');
  answers['/cgi-bin/webhook/send'] = () => 'hang';
  const end = send('wecom.webhook', message(), 'duty');
  await until(() => calls('webhook/send').length === 2);
  deps.pace.pass(5_000);
  expect(await end).toEqual([{ is: 'unknown', what: 'time_limit' }]);
  expect(deps.lines.length).toBeGreaterThan(1);
  expect(deps.lines.join()).not.toMatch(/canary|token-\d|webhook\/send\?/);
});
