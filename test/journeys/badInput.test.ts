/** What is wrong is refused clearly, leaves one line in the log, and changes nothing. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Bureau, openBureau } from '../support/bureau';
import { stepOn } from '../support/walked';
import { REPORT } from './mainRoad';

interface Binding {
  readonly tenant: string;
  readonly callbackToken: string;
}

/** Those of the other platforms are tried at their own doors, in test/bot. */
const WHY = 'encrypted as that platform does';

describe('bad input', () => {
  let bureau: Bureau;
  let binding: Binding;
  beforeAll(async () => {
    bureau = await openBureau({}, 'real');
    binding = (await (await fetch(`${bureau.app.url}/sandbox/binding`)).json()) as Binding;
  }, 60_000);
  afterAll(() => bureau.close());

  const rows = async (): Promise<unknown> =>
    (await bureau.pool.query('SELECT (SELECT count(*) FROM inbox) AS inbox, (SELECT count(*) FROM events) AS events')).rows[0];
  const signed = (encrypt: string): string => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHash('sha1').update([binding.callbackToken, timestamp, 'n1', encrypt].sort().join('')).digest('hex');
    return `?msg_signature=${signature}&timestamp=${timestamp}&nonce=n1`;
  };
  const post = async (query: string, body: string): Promise<{ status: number; code: string }> => {
    const response = await fetch(`${bureau.app.url}/callback/wecom/${binding.tenant}/app${query}`, { method: 'POST', body });
    const answer = (await response.json().catch(() => ({}))) as { error?: { code: string } };
    return { status: response.status, code: answer.error?.code ?? '' };
  };
  const envelope = (encrypt: string): string => `<xml><ToUserName>c</ToUserName><Encrypt>${encrypt}</Encrypt></xml>`;

  stepOn(['wecom'], WHY, 'a callback with a wrong signature is refused with 401 and changes nothing', async () => {
    const before = await rows();
    const query = signed('AAAA').replace(/msg_signature=../, 'msg_signature=00');
    expect((await post(query, envelope('AAAA'))).status).toBe(401);
    expect(await rows()).toEqual(before);
  });

  stepOn(['wecom'], WHY, 'a signed callback that cannot be decoded is refused with 400 and changes nothing', async () => {
    const before = await rows();
    const garbage = Buffer.alloc(64, 7).toString('base64');
    expect((await post(signed(garbage), envelope(garbage))).status).toBe(400);
    expect((await post('?msg_signature=a&timestamp=1&nonce=n', '<xml><!DOCTYPE x>')).status).toBeGreaterThanOrEqual(400);
    expect(await rows()).toEqual(before);
  });

  stepOn(['wecom'], WHY, 'a callback over 64 KB is refused with 413 before it is read', async () => {
    const before = await rows();
    expect(await post(signed('x'), envelope('A'.repeat(70_000)))).toEqual({ status: 413, code: 'too_large' });
    expect(await rows()).toEqual(before);
  });

  test('an unknown callback address is 404', async () => {
    expect((await fetch(`${bureau.app.url}/callback/wecom/nobody/app`)).status).toBe(404);
  });

  test('the API refuses who bears no token, a wrong one, or asks for what is not there', async () => {
    expect((await fetch(`${bureau.app.url}/api/v1/incidents`)).status).toBe(401);
    expect((await fetch(`${bureau.app.url}/api/v1/incidents`, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
    expect((await bureau.api('/api/v1/incidents/77')).status).toBe(404);
    expect((await bureau.api('/api/v1/incidents?limit=0')).status).toBe(400);
    expect((await bureau.api('/api/v1/incidents')).body).toEqual({ items: [], cursor: null });
  });

  test('an unknown verb is answered with the nearest ones, and no incident is made', async () => {
    await bureau.say('duty', 'duty1', '定疾 3');
    const answer = await bureau.see({ room: 'duty', text: '没有看懂' });
    expect(answer.text).toContain('定级');
    expect((await bureau.api('/api/v1/incidents')).body).toEqual({ items: [], cursor: null });
  });

  test('words of state secrets are stopped: nothing stored, nothing echoed, the way to the classified channel told', async () => {
    await bureau.say('duty', 'duty1', '机密★一年 湖滨区某地一百人聚集');
    const answer = await bureau.see({ room: 'duty', text: '消息已拦截' });
    expect(answer.text).toContain('涉密渠道');
    expect(answer.text).not.toContain('一百人');
    const kept = await bureau.pool.query("SELECT count(*)::int AS n FROM vault WHERE body LIKE '%一百人%'");
    expect(kept.rows[0]).toEqual({ n: 0 });
  });

  test('the same message delivered three times makes one incident', async () => {
    await bureau.say('duty', 'duty1', REPORT, { copies: 3 });
    await bureau.see({ room: 'duty', text: '已接报' });
    await bureau.advance(1);
    const list = (await bureau.api('/api/v1/incidents')).body as unknown as { items: { n: number }[] };
    expect(list.items.map((i) => i.n)).toEqual([1]);
  });

  test('a person without the right is told who may', async () => {
    await bureau.say('duty', 'guest1', '#1 终止 没事了');
    const answer = await bureau.see({ room: 'duty', text: '未办理' });
    expect(answer.text).toMatch(/尚未启动|不在您的权限内/);
    await bureau.say('duty', 'duty1', '#1 启动');
    await bureau.see({ room: 'duty', text: '尚未定级' });
    await bureau.say('duty', 'duty1', '#1 定级 Ⅱ');
    expect((await bureau.see({ room: 'duty', text: '不在您的权限内' })).text).toContain('王总（局长）');
  });

  test('a wrong, a foreign and an expired code do nothing', async () => {
    await bureau.say('hq', 'director', '#1 定级 Ⅲ');
    const question = await bureau.see({ room: 'hq', text: /确认 \d{4}/ });
    const code = /确认 (\d{4})/.exec(question.text)?.[1] ?? '';
    expect(code.startsWith('20')).toBe(false);
    await bureau.say('hq', 'director', `确认 ${code === '1234' ? '4321' : '1234'}`);
    await bureau.see({ room: 'hq', text: '确认码不对' });
    await bureau.say('hq', 'deputy1', `确认 ${code}`);
    await bureau.see({ room: 'hq', text: '没有等您确认的事项' });
    await bureau.advance(6);
    await bureau.say('hq', 'director', `确认 ${code}`);
    await bureau.see({ room: 'hq', text: '确认码已过期' });
    const incident = (await bureau.api('/api/v1/incidents/1')).body as unknown as { level: { status: string } };
    expect(incident.level.status).toBe('ungraded');
  });
});
