/** People sign in on the pages: through WeCom, with password and code when no platform can be reached, by choice in the sandbox. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { standingSchema } from '../../../src/web/console/standing';
import { API_TOKEN, type Bureau, openBureau } from '../../support/bureau';
import { type Browser, browserAt } from './browser';

let bureau: Bureau;
let browser: Browser;
beforeAll(async () => {
  bureau = await openBureau();
});
afterAll(() => bureau.close());
beforeEach(() => {
  browser = browserAt(bureau.app.url);
});

const linkFor = async (person: string): Promise<string> => {
  const answer = await fetch(`${bureau.app.url}/api/v1/first-links`, {
    method: 'POST',
    headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ person }),
  });
  const { path } = (await answer.json()) as { path: string };
  return path.replace('/console/first/', '/console/session/first/');
};
const codeOf = (key: string, timestamp = Date.now()): string => new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp });

describe('沙箱里挑选身份', () => {
  test('挑选值班员后，不带令牌就能看他该看的事件；退出后不能', async () => {
    expect((await browser.get('/api/v1/incidents')).status).toBe(401);
    const signedIn = await browser.post('/console/session/sandbox', { person: 'duty1' });
    expect(signedIn.body).toMatchObject({ person: 'duty1', stage: 'full' });
    expect((await browser.get('/api/v1/incidents')).status).toBe(200);
    await browser.post('/console/session/end', {});
    expect((await browser.get('/api/v1/incidents')).body).toMatchObject({ error: { code: 'unauthorised' } });
  });

  test('页面只给人看他看得了的：审计员有审计没有交接班单，值班员相反，系统管理员只有运行', async () => {
    const offered: Record<string, readonly string[]> = {};
    for (const person of ['duty1', 'director', 'auditor1', 'admin1', 'hubin1']) {
      await browser.post('/console/session/sandbox', { person });
      offered[person] = standingSchema.parse((await browser.get('/console/session')).body).session?.may ?? [];
    }
    expect(offered).toEqual({
      duty1: ['statistics', 'operation', 'heard', 'handover'],
      director: ['statistics', 'operation', 'audit', 'heard', 'handover'],
      auditor1: ['statistics', 'operation', 'audit'],
      admin1: ['operation'],
      hubin1: ['handover'],
    });
  });

  test('改动必须由本页面发出：不带页面密文的请求被拒绝，事件没有变化', async () => {
    await browser.post('/console/session/sandbox', { person: 'duty1' });
    browser.forgetCsrf();
    const refused = await browser.post('/api/v1/commands', { verb: '报告', args: '湖滨区某商场关门，30余人聚集' });
    expect([refused.status, refused.body]).toMatchObject([403, { error: { code: 'csrf' } }]);
    expect((await bureau.pool.query('SELECT 1 FROM incidents')).rows).toEqual([]);
  });

  test('每次登录都换新的令牌，带来的旧令牌当场作废', async () => {
    await browser.post('/console/session/sandbox', { person: 'duty1' });
    const before = browser.cookie();
    await browser.post('/console/session/sandbox', { person: 'duty2' });
    expect(browser.cookie()).not.toBe(before);
    const old = browserAt(bureau.app.url, before);
    expect((await old.get('/api/v1/incidents')).status).toBe(401);
  });

  test('半小时没有动作就要重新登录；无论如何十二小时后重新登录', async () => {
    await browser.post('/console/session/sandbox', { person: 'duty1' });
    await bureau.pool.query(`UPDATE sessions SET seen_at = seen_at - interval '31 minutes'`);
    expect((await browser.get('/api/v1/incidents')).body).toMatchObject({ error: { code: 'signed_out' } });
    await browser.post('/console/session/sandbox', { person: 'duty1' });
    await bureau.pool.query(`UPDATE sessions SET ends_at = ends_at - interval '12 hours 1 second'`);
    expect((await browser.get('/api/v1/incidents')).status).toBe(401);
  });

  test('Cookie 不给脚本读，不随别的网站的请求带出', async () => {
    const { setCookie } = await browser.post('/console/session/sandbox', { person: 'duty1' });
    expect(setCookie).toMatch(/; path=\/; samesite=lax; httponly/i);
  });
});

describe('通过企业微信登录', () => {
  test('在平台上认出本人后回到页面，已经登录', async () => {
    const { location: page } = await browser.get('/console/enter/wecom/sandbox');
    const back = await fetch(`${page?.split('#')[0]}&sandbox_person=leader1`, { redirect: 'manual' });
    const home = await browser.get(new URL(back.headers.get('location') ?? '').href.replace(bureau.app.url, ''));
    expect([home.status, home.location]).toEqual([302, '/console/']);
    expect((await browser.get('/console/session')).body).toMatchObject({ session: { person: 'leader1', stage: 'full' } });
  });

  test('从消息里的链接进来的，登录后回到那一页；别处的地址一概不去', async () => {
    for (const [to, home] of [
      ['/console/m/1/papers/2', '/console/m/1/papers/2'],
      ['https://elsewhere.example.com/console/', '/console/'],
      ['/console//elsewhere.example.com', '/console/'],
    ]) {
      const { location: page } = await browser.get(`/console/enter/wecom/sandbox?to=${encodeURIComponent(to ?? '')}`);
      const back = await fetch(`${page?.split('#')[0]}&sandbox_person=leader1`, { redirect: 'manual' });
      const { location } = await browser.get(new URL(back.headers.get('location') ?? '').href.replace(bureau.app.url, ''));
      expect(location).toBe(home);
    }
  });

  test('不是这个浏览器发起的登录不算', async () => {
    const { location: page } = await browser.get('/console/enter/wecom/sandbox');
    const back = await fetch(`${page?.split('#')[0]}&sandbox_person=leader1`, { redirect: 'manual' });
    const other = browserAt(bureau.app.url);
    const home = await other.get(new URL(back.headers.get('location') ?? '').href.replace(bureau.app.url, ''));
    expect(home.location).toBe('/console/?signin=state');
    expect((await other.get('/console/session')).body).toMatchObject({ session: null });
  });
});

describe('没有平台可用时：密码和动态口令', () => {
  test('用一次性链接设置后可以登录，同一口令不能用两次；链接只能用一次', async () => {
    const link = await linkFor('admin1');
    const { key } = (await browser.get(link)).body as { key: string };
    const password = '长长的一句自己记得住的话';
    expect((await browser.post(link, { password: '短', key, code: codeOf(key) })).body).toMatchObject({ error: { code: 'weak_password' } });
    expect((await browser.post(link, { password, key, code: '000000' })).body).toMatchObject({ error: { code: 'wrong_code' } });
    expect((await browser.post(link, { password, key, code: codeOf(key, Date.now() - 30_000) })).body).toMatchObject({ person: 'admin1' });
    expect((await browser.post(link, { password, key, code: codeOf(key) })).body).toMatchObject({ error: { code: 'no_link' } });

    const another = browserAt(bureau.app.url);
    const code = codeOf(key);
    expect((await another.post('/console/session/local', { person: 'admin1', password, code })).body).toMatchObject({ person: 'admin1' });
    const again = await browserAt(bureau.app.url).post('/console/session/local', { person: 'admin1', password, code });
    expect(again.body).toMatchObject({ error: { code: 'wrong_password' } });
  });

  test('系统管理员登录后看不到事件内容', async () => {
    await browser.post('/console/session/sandbox', { person: 'admin1' });
    await bureau.say('duty', 'duty1', '湖滨区某商场关门，30余人聚集');
    await bureau.see({ room: 'duty', text: '#1' });
    const { body } = await browser.get('/api/v1/incidents');
    expect(body).toMatchObject({ items: [] });
    expect((await browser.get('/api/v1/incidents/1')).status).toBe(403);
  });

  test('连续五次错误就锁定，对的密码也不行，并说出还要等几秒；重发链接解锁', async () => {
    const wrong = { person: 'admin1', password: '不是这个密码不是', code: '123456' };
    for (let time = 1; time <= 5; time += 1) await browser.post('/console/session/local', wrong);
    const refused = await browser.post('/console/session/local', wrong);
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'locked' } }, retryAfter: expect.stringMatching(/^\d+$/) });
    expect(Number(refused.retryAfter)).toBeGreaterThan(14 * 60);
    expect(Number(refused.retryAfter)).toBeLessThanOrEqual(15 * 60);
    const link = await linkFor('admin1');
    const { key } = (await browser.get(link)).body as { key: string };
    const password = '又一句自己记得住的长长的话';
    expect((await browser.post(link, { password, key, code: codeOf(key) })).status).toBe(200);
  });

  test('没有设过密码的人也花同样的功夫回答，不透露有没有这个人', async () => {
    const answer = await browser.post('/console/session/local', { person: 'nobody', password: '随便什么密码', code: '123456' });
    expect([answer.status, answer.body]).toMatchObject([401, { error: { code: 'wrong_password' } }]);
  });

  test('数据库里没有密码、密钥和令牌的原文', async () => {
    const kept = JSON.stringify((await bureau.pool.query('SELECT * FROM credentials')).rows);
    expect(kept).toMatch(/scrypt\$/);
    expect(kept).not.toMatch(/又一句/);
  });
});
