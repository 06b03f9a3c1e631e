import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Standalone, startStandalone } from '../../src/sandbox/standalone';
import { listening, RawRobot, WORLD } from './dutyRoom';

let sandbox: Standalone;
beforeEach(async () => {
  sandbox = await startStandalone({ world: WORLD, port: 0 });
});
afterEach(() => sandbox.stop());

const call = async (path: string, body?: unknown) => {
  const answer = await fetch(`${sandbox.url}/sandbox/${path}`, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
  const json = (await answer.json()) as { now?: string };
  return { ...json, status: answer.status };
};

test('one port serves the page, the API, the server API and the long connection', async () => {
  const page = await fetch(`${sandbox.url}/sandbox/`);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(await page.text()).toContain('data-testid="composer"');
  expect(await call('binding')).toMatchObject({ apiBase: sandbox.url, corpId: sandbox.binding().corpId });
  expect((await fetch(`${sandbox.url}/cgi-bin/gettoken`)).status).toBe(200);
  const robot = await RawRobot.open(sandbox.binding().wsUrl);
  expect(await robot.subscribe(sandbox.binding().robot)).toBe(0);
  robot.close();
});

test('without a bot the clock jumps; with one, the bot is ordered to move and ticks step by step', async () => {
  const start = Date.parse((await call('api/state')).now ?? '');
  await call('api/clock', { advanceMinutes: 60 });
  const orders: { url: string | undefined; token: string | undefined; body: string }[] = [];
  const bot = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    orders.push({ url: request.url, token: request.headers.authorization, body });
    if (request.url === '/control/advance') await call('clock-tick', { now: new Date(start + 90 * 60_000).toISOString() });
    response.end();
  });
  const controlUrl = `http://127.0.0.1:${await listening(bot)}/control`;
  expect(await call('callback-url', { url: `${controlUrl}/callback`, controlUrl, controlToken: 'T' })).toMatchObject({ passed: false });
  const moved = await call('api/clock', { advanceMinutes: 60 });
  expect(Date.parse(moved.now ?? '') - start).toBeGreaterThanOrEqual(120 * 60_000);
  expect(orders.at(-1)).toMatchObject({ url: '/control/advance', token: 'Bearer T' });
  await call('api/reset', {});
  expect(orders.at(-1)).toMatchObject({ url: '/control/reset', body: '{}' });
  expect(await call('clock-tick', { now: '2020-01-01T00:00:00Z' })).toMatchObject({ status: 409 });
  bot.close();
  bot.closeAllConnections();
});
