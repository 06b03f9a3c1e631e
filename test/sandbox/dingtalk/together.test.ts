import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Message } from '../../../src/sandbox/messages';
import { type Standalone, startStandalone } from '../../../src/sandbox/standalone';
import { WORLD } from '../dutyRoom';
import { call, RawStream } from './dingRoom';

let sandbox: Standalone;
beforeEach(async () => {
  const others = (['dingtalk', 'govding'] as const).map((platform) => ({ ...WORLD, platform, tenant: platform }));
  sandbox = await startStandalone({ world: WORLD, others, port: 0 });
});
afterEach(() => sandbox.stop());

test('one port serves three platforms, each with its own page data, ids and rooms', async () => {
  const at = (tenant: string, path: string) => call(`${sandbox.url}/sandbox/tenants/${tenant}/${path}`);
  expect(await call(`${sandbox.url}/sandbox/api/tenants`)).toMatchObject({ tenants: ['sandbox', 'dingtalk', 'govding'] });
  expect(Object.keys(sandbox.bindings())).toEqual(['sandbox', 'dingtalk', 'govding']);
  for (const tenant of ['dingtalk', 'govding']) expect(await at(tenant, 'api/state')).toMatchObject({ platform: tenant, tenant });
  expect(await at('dingtalk', 'binding')).toMatchObject({ apiBase: `${sandbox.url}/dingtalk/dingtalk/api` });
  expect(await at('govding', 'binding')).toMatchObject({ base: sandbox.url });
  const { corpId, corpSecret } = sandbox.binding();
  expect(await call(`${sandbox.url}/cgi-bin/gettoken?corpid=${corpId}&corpsecret=${corpSecret}`)).toMatchObject({ errcode: 0 });
  const { oapiBase, clientId, clientSecret } = sandbox.dingBinding();
  expect(await call(`${oapiBase}/gettoken?appkey=${clientId}&appsecret=${clientSecret}`)).toMatchObject({ errcode: 0 });
  expect(await call(`${sandbox.url}/gettoken.json`)).toMatchObject({ success: false, Code: 'InvalidApiKey' });
  expect((await call(`${sandbox.url}/sandbox/nothing`)).status).toBe(404);
});

test('what is said on one platform stays there', async () => {
  const stream = await RawStream.open(sandbox.dingBinding());
  await call(`${sandbox.url}/sandbox/api/say`, { room: 'duty', from: 'duty1', text: '在企业微信里' });
  await call(`${sandbox.url}/sandbox/tenants/dingtalk/api/say`, { room: 'duty', from: 'duty1', text: '在钉钉里' });
  expect(await stream.heard()).toMatchObject({ text: { content: ' 在钉钉里' }, senderStaffId: 'DtDuty1' });
  const seen = (await call(`${sandbox.url}/sandbox/tenants/dingtalk/api/messages?room=duty`)) as unknown as { messages: Message[] };
  expect(seen.messages.map(({ text }) => text)).toEqual(['@烽火值班机器人 在钉钉里']);
  stream.close();
});

test('a connection to no known stream is cut', async () => {
  await expect(RawStream.connect(`${sandbox.url.replace('http', 'ws')}/dingtalk/nobody/connect?ticket=x`)).rejects.toThrow();
});
