/** People sign in on the pages through DingTalk: by its login page and back, and nobody else than who the platform says. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Bureau, openBureau } from '../../support/bureau';
import { type Browser, browserAt } from './browser';

let bureau: Bureau;
let browser: Browser;
beforeAll(async () => {
  bureau = await openBureau({ SANDBOX: 'dingtalk', TIMER_MS: '60000' });
});
afterAll(() => bureau.close());
beforeEach(() => {
  browser = browserAt(bureau.app.url);
});

const ENTER = '/console/enter/dingtalk/sandbox';

/** The login page as the browser was sent there. */
async function loginPage(): Promise<URL> {
  const { status, location } = await browser.get(ENTER);
  expect(status).toBe(302);
  return new URL(location ?? '');
}

/** Where the platform sends the browser once the person has said yes. */
async function cameBack(person: string): Promise<string> {
  const page = await loginPage();
  page.searchParams.set('sandbox_person', person);
  const { headers } = await fetch(page, { redirect: 'manual' });
  return (headers.get('location') ?? '').replace(bureau.app.url, '');
}

const signedIn = async (at = browser): Promise<unknown> => ((await at.get('/console/session')).body as { session: unknown }).session;

/** Sign-ins that were refused, as the record has them. */
async function refusals(): Promise<readonly unknown[]> {
  const auditor = browserAt(bureau.app.url);
  await auditor.post('/console/session/sandbox', { person: 'auditor1' });
  const { items } = (await auditor.get('/api/v1/audit?kind=admin&limit=200')).body as {
    readonly items: readonly { readonly type: string; readonly body: Record<string, unknown> }[];
  };
  return items.flatMap(({ type, body }) => (type === 'PageRefused' ? [[body.claimed, body.way, body.why]] : []));
}

test('登录页上只有钉钉这一个平台入口；去的是钉钉的登录页，回来的地址是本系统的', async () => {
  const { body } = await browser.get('/console/session');
  expect(body).toMatchObject({ platforms: [{ id: 'dingtalk', tenant: 'sandbox', at: ENTER }], session: null });
  const asked = Object.fromEntries((await loginPage()).searchParams);
  expect(asked).toMatchObject({ response_type: 'code', scope: 'openid', redirect_uri: `${bureau.app.url}${ENTER}/back` });
  expect(asked.state).toMatch(/^[\da-f]{32}$/);
});

test('在钉钉上认出本人后回到页面，已经登录，能看他该看的；系统管理员还须输入动态口令', async () => {
  const home = await browser.get(await cameBack('leader1'));
  expect([home.status, home.location]).toEqual([302, '/console/']);
  expect(await signedIn()).toMatchObject({ person: 'leader1', stage: 'full' });
  expect((await browser.get('/api/v1/incidents')).status).toBe(200);
  browser = browserAt(bureau.app.url);
  await browser.get(await cameBack('admin1'));
  expect(await signedIn()).toMatchObject({ person: 'admin1', stage: 'code' });
  expect((await browser.get('/api/v1/system')).status).toBe(401);
});

test('授权码只能用一次：截到回来的地址再走一遍，登录不了', async () => {
  const back = await cameBack('leader1');
  await browser.get(back);
  const spent = new URL(back, bureau.app.url).searchParams.get('authCode') ?? '';
  browser = browserAt(bureau.app.url);
  const state = (await loginPage()).searchParams.get('state') ?? '';
  expect((await browser.get(`${ENTER}/back?authCode=${spent}&state=${state}`)).location).toBe('/console/?signin=outsider');
  expect(await signedIn()).toBeNull();
});

test('没有身份的人、钉钉认不出的人登录不了，并留有记录', async () => {
  expect((await browser.get(await cameBack('guest1'))).location).toBe('/console/?signin=no_role');
  expect(await signedIn()).toBeNull();
  const state = (await loginPage()).searchParams.get('state') ?? '';
  expect((await browser.get(`${ENTER}/back?authCode=invented&state=${state}`)).location).toBe('/console/?signin=outsider');
  expect(await signedIn()).toBeNull();
  expect(await refusals()).toEqual(
    expect.arrayContaining([
      ['guest1', 'sandbox', 'no_role'],
      [null, 'sandbox', 'outsider'],
    ]),
  );
});

test('不是这个浏览器发起的、状态对不上的、没有授权码的登录都不算', async () => {
  const other = browserAt(bureau.app.url);
  expect((await other.get(await cameBack('leader1'))).location).toBe('/console/?signin=state');
  expect(await signedIn(other)).toBeNull();
  const changed = (await cameBack('leader1')).replace(/state=[\da-f]{32}/, `state=${'0'.repeat(32)}`);
  expect((await browser.get(changed)).location).toBe('/console/?signin=state');
  const state = (await loginPage()).searchParams.get('state') ?? '';
  expect((await browser.get(`${ENTER}/back?state=${state}`)).location).toBe('/console/?signin=state');
  expect(await signedIn()).toBeNull();
});
