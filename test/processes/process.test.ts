/** The server as the clerk runs it: one command, an orderly stop, the same incidents after a restart, no secret in any log line. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { REPORT } from '../journeys/mainRoad';
import { type DutyRoom, dutyRoomAt } from '../support/dutyRoom';

let dataDir: string;
const servers: ChildProcess[] = [];
let log = '';

interface Started {
  readonly duty: DutyRoom;
  readonly url: string;
}

async function start(): Promise<Started> {
  const env = { ...process.env, FENGHUO_PORT: '0', FENGHUO_DATA_DIR: dataDir, FENGHUO_LOG_LEVEL: 'debug' };
  const server = spawn(process.execPath, ['bin/fenghuo.js', 'start'], { cwd: resolve('.'), env, stdio: ['ignore', 'pipe', 'pipe'] });
  servers.push(server);
  server.stderr?.on('data', (chunk: Buffer) => {
    log += chunk.toString('utf8');
  });
  const url = await new Promise<string>((done, failed) => {
    let said = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const found = /(http:\/\/127\.0\.0\.1:\d+)\/sandbox\//.exec(said);
      if (found?.[1] !== undefined) done(found[1]);
    });
    server.once('exit', (code) => failed(new Error(`the server ended with ${code}:\n${log}`)));
  });
  const token = readFileSync(join(dataDir, 'api-token'), 'utf8').trim();
  return { duty: dutyRoomAt({ sandbox: url, api: url, token }), url };
}

/** Asks the server started last to stop, and answers its exit code. */
async function stop(): Promise<number | null> {
  const server = servers.at(-1);
  if (server === undefined) throw new Error('no server was started');
  const ended = new Promise<number | null>((done) => server.once('exit', (code) => done(code)));
  server.kill('SIGTERM');
  return ended;
}

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'fenghuo-process-'));
  // The database runs under another account when the tests run as root.
  chmodSync(dataDir, 0o755);
});
afterAll(async () => {
  for (const server of servers) server.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

test('one command serves, SIGTERM stops it in order, and after a restart nothing is lost', async () => {
  const first = await start();
  await first.duty.say('duty', 'duty1', REPORT);
  await first.duty.see({ room: 'duty', text: '#1 已接报' });
  expect(await stop()).toBe(0);

  const second = await start();
  const incident = (await second.duty.api('/api/v1/incidents/1')).body as unknown as { status: string; text: string };
  expect(incident).toMatchObject({ status: 'intake', text: REPORT });
  await second.duty.decide('hq', 'director', '#1 定级 Ⅲ');
  await second.duty.see({ room: 'duty', text: '#1 已定级' });
  const ready = await fetch(`${second.url}/readyz`);
  expect(ready.status).toBe(200);
  expect(await (await fetch(`${second.url}/metrics`)).text()).toContain('fenghuo_backlog');
  expect(await stop()).toBe(0);
}, 120_000);

test('no secret, no name and no word of a person stands in the log', () => {
  expect(log).toContain('message handled');
  const token = readFileSync(join(dataDir, 'api-token'), 'utf8').trim();
  for (const secret of [token, '丰和超市', '周值一', '王总', 'access_token=', 'key=', '1000000']) expect(log).not.toContain(secret);
});

test('a second start on the same data says so and ends', async () => {
  const first = await start();
  await expect(start()).rejects.toThrow(/数据目录|已有|占用/);
  expect((await fetch(`${first.url}/healthz`)).status).toBe(200);
  servers.pop();
  expect(await stop()).toBe(0);
}, 60_000);
