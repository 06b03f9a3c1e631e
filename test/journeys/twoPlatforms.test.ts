/** One bureau on two platforms at once: who is called on the one may answer on the other, because accounts are not persons. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import Koa from 'koa';
import { readBureau } from '../../src/config/bureau';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox';
import { dingOfSandbox } from '../../src/wiring/platforms';
import { worldOf } from '../../src/wiring/sandbox';
import { listening } from '../sandbox/dutyRoom';
import { API_TOKEN, type Bureau, openBureau } from '../support/bureau';
import { type DutyRoom, dutyRoomAt } from '../support/dutyRoom';
import { REPORT, until } from './mainRoad';

const TENANT = 'dingtalk';
const SECRETS = new Set([
  'corpSecret',
  'callbackToken',
  'callbackAesKey',
  'secret',
  'webhookKey',
  'clientSecret',
  'accessToken',
  'token',
  'aesKey',
]);
let sandbox: Sandbox;
let desk: Server;
let bureau: Bureau;
let folder: string;
let wecom: DutyRoom;
let ding: DutyRoom;

beforeAll(async () => {
  const read = readBureau(resolve('config/sample-bureau'));
  if (read.is === 'faults') throw new Error('the sample bureau has faults');
  const { roster } = read;
  const control = { now: () => Date.now(), advanceTo: async () => Date.now(), reset: async () => undefined };
  const others = [{ ...worldOf(roster, 'dingtalk'), tenant: TENANT }];
  sandbox = await startSandbox({ world: worldOf(roster, 'wecom'), others, port: 0, control });
  desk = createServer(new Koa().use(sandbox.router.routes()).callback());
  const at = `http://127.0.0.1:${await listening(desk)}`;
  folder = mkdtempSync(join(tmpdir(), 'fenghuo-two-'));
  const file = join(folder, 'platforms.yaml');
  const bindings = { wecom: [byReference(sandbox.binding())], dingtalk: [byReference(dingOfSandbox(sandbox.dingBinding(TENANT)))] };
  writeFileSync(file, JSON.stringify(bindings));
  bureau = await openBureau({ SANDBOX: 'off', PLATFORMS: file });
  const api = { api: bureau.app.url, token: API_TOKEN };
  wecom = dutyRoomAt({ sandbox: at, ...api });
  ding = dutyRoomAt({ sandbox: at, tenant: TENANT, ...api });
  for (const duty of [wecom, ding]) await until(async () => isHeard((await duty.sandbox('state')).body));
}, 60_000);
afterAll(async () => {
  await bureau?.close();
  desk.closeAllConnections();
  desk.close();
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

function isHeard({ robot }: Record<string, unknown>): boolean {
  return (robot as { connected: boolean }).connected;
}

/** Secrets stand in the environment, as in a real office. */
function byReference(value: unknown, key = ''): unknown {
  if (SECRETS.has(key)) {
    const env = `FENGHUO_TEST_SECRET_${Object.keys(process.env).length}`;
    process.env[env] = String(value);
    return { env };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, byReference(inner, name)]));
}

test('called in one platform’s room, people answer there and on the other; each answer counts for the person', async () => {
  await wecom.say('duty', 'duty1', REPORT);
  await wecom.see({ room: 'duty', text: '已接报' });
  await ding.decide('hq', 'director', '#1 定级 Ⅲ');
  await wecom.decide('hq', 'director', '#1 启动');
  await wecom.see({ room: 'hq', text: '集结' });
  await ding.say('hq', 'coord1', '#1 收到');
  await ding.see({ room: 'hq', text: /已记录[\s\S]*杨协一：收到/ });
  await wecom.say('hq', 'site1', '收到');
  await ding.say('dm:inv1', 'inv1', '#1 收到');
  const answered = async () => {
    const asks = (await wecom.api('/api/v1/incidents/1')).body.asks as unknown as { person: string; answer: string | null }[];
    return asks.flatMap(({ person, answer }) => (answer === 'acknowledged' ? [person] : [])).sort();
  };
  await until(async () => (await answered()).length === 3);
  expect(await answered()).toEqual(['coord1', 'inv1', 'site1']);
}, 60_000);
