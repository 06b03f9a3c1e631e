/** The server is killed at once and for good: the watchdog beside it says so in the duty room, with whom to ring; once, and once when it is over. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readBureau } from '../../src/config/bureau';
import { type Standalone, startStandalone } from '../../src/sandbox/standalone';
import { worldOf } from '../../src/wiring/sandbox';
import { REPORT, until } from '../journeys/mainRoad';
import { freshDatabase, type TestDatabase } from '../support/database';
import { type DutyRoom, dutyRoomAt, type Seen } from '../support/dutyRoom';

const API_TOKEN = 'a-token-for-tests-only';
const SILENCE_MS = 1_500;

let database: TestDatabase;
let simulator: Standalone;
let dataDir: string;
let server: ChildProcess;
let duty: DutyRoom;
let log = '';

/** As the clerk starts it, only with a shorter patience. */
async function start(): Promise<void> {
  const settings = {
    ...{ PORT: '0', DATA_DIR: dataDir, DATABASE_URL: database.url, SANDBOX_URL: simulator.url, API_TOKEN, LOG_LEVEL: 'info' },
    ...{ WATCHDOG_EVERY_MS: '300', WATCHDOG_SILENCE_MS: String(SILENCE_MS) },
  };
  const env = Object.fromEntries(Object.entries(settings).map(([name, value]) => [`FENGHUO_${name}`, value]));
  server = spawn(process.execPath, ['bin/fenghuo.js', 'start'], {
    cwd: resolve('.'),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  server.stderr?.on('data', (chunk: Buffer) => {
    log += chunk.toString('utf8');
  });
  await new Promise<void>((done, failed) => {
    server.stdout?.on('data', (chunk: Buffer) => chunk.toString('utf8').includes('烽火已启动') && done());
    server.once('exit', (code) => failed(new Error(`the server ended with ${code}:\n${log}`)));
  });
  await until(async () => (await leader()) !== null);
}

/** Its exit code. */
async function stopped(): Promise<number | null> {
  if (server.exitCode === null && server.signalCode === null) {
    server.kill('SIGTERM');
    await new Promise((done) => server.once('exit', done));
  }
  return server.exitCode;
}

async function leader(): Promise<{ readonly owner: string; readonly epoch: number } | null> {
  const { rows } = await database.pool.query<{ owner: string; epoch: number }>(
    `SELECT owner, epoch FROM connections WHERE id = 'watchdog' AND lease_until_real > clock_timestamp()`,
  );
  return rows[0] ?? null;
}

async function posts(): Promise<readonly Seen[]> {
  return (await duty.messages()).messages.filter((m) => m.room === 'duty' && m.text.includes('【看门狗】'));
}

/** Processes that died. */
async function silent(): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM instances WHERE stopped_real_at IS NULL AND alive_until_real < clock_timestamp()',
  );
  return rows[0]?.n ?? 0;
}

/** Watchdogs that are alive hold one database session each; the server's pool holds others. */
async function watchdogs(): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'fenghuo-watchdog'`,
  );
  return rows[0]?.n ?? 0;
}

beforeAll(async () => {
  database = await freshDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'fenghuo-watchdog-'));
  const bureau = readBureau(resolve('config/sample-bureau'));
  if (bureau.is === 'faults') throw new Error('the sample bureau has faults');
  simulator = await startStandalone({ world: worldOf(bureau.roster, 'wecom'), port: 0 });
  duty = dutyRoomAt({ sandbox: simulator.url, api: '', token: API_TOKEN });
  await start();
}, 120_000);

afterAll(async () => {
  await stopped();
  await until(async () => (await watchdogs()) === 0);
  await simulator.stop();
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

test('kill -9: who is on duty and who owes what was missed stand in the duty room, with masked numbers, and everybody there is paged', async () => {
  await duty.say('duty', 'duty1', REPORT);
  await duty.see({ room: 'duty', text: '#1 已接报' });
  await until(async () => (await duty.messages()).messages.some((m) => m.room === 'dm:hubin1'));
  const watchdog = Number(
    execFileSync('pgrep', ['-P', String(server.pid)])
      .toString()
      .trim(),
  );
  // Held still while the hour passes, so that its first look after the kill is an hour later.
  process.kill(watchdog, 'SIGSTOP');
  server.kill('SIGKILL');
  await until(async () => (await silent()) === 1);
  await database.pool.query('UPDATE sandbox_clock SET offset_ms = offset_ms + 3600000');
  process.kill(watchdog, 'SIGCONT');
  const post = await duty.see({ room: 'duty', text: /【看门狗】主程序 .*没有响应/ });
  expect(post.text).toMatch(/没有发出的提醒 \d+ 项：\n#1 /);
  expect(post.text).toContain('周值一（值班员）100****0001');
  expect(post.text).toContain('郑带班（带班领导）100****0003');
  expect(post.text).toContain('华湖一（湖滨区局局长）100****0025');
  expect(post.text).not.toMatch(/\d{11}/);
  expect(post.pinged).toContain('leader1');
}, 60_000);

test('it is told once, also by a second watchdog; the end is told once too, and the orphan makes room for the new server’s own', async () => {
  const orphan = await leader();
  await start();
  await duty.see({ room: 'duty', text: '【看门狗】主程序已恢复' });
  await until(async () => ((await leader())?.owner ?? orphan?.owner) !== orphan?.owner);
  await until(async () => (await watchdogs()) === 1);
  expect((await posts()).map(({ text }) => /没有响应|已恢复/.exec(text)?.[0])).toEqual(['没有响应', '已恢复']);
}, 60_000);

test('the database is restarted under it: it goes on, and a server that dies then is still told of', async () => {
  await database.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'fenghuo-watchdog'`,
  );
  server.kill('SIGKILL');
  await until(async () => (await posts()).filter(({ text }) => text.includes('没有响应')).length === 2);
  await start();
  await until(async () => (await posts()).filter(({ text }) => text.includes('已恢复')).length === 2);
}, 60_000);

test('a server stopped in order takes its watchdog along, and nobody is alarmed', async () => {
  const silences = async (): Promise<number> => (await posts()).filter(({ text }) => /没有响应|已停止/.test(text)).length;
  const before = await silences();
  await until(async () => (await watchdogs()) === 1);
  expect(await stopped()).toBe(0);
  await until(async () => (await watchdogs()) === 0);
  await start();
  expect(await silences()).toBe(before);
}, 60_000);

test('no number and no key stands in a log line', () => {
  expect(log).toContain('the watchdog watches');
  expect(log).not.toMatch(/1000000\d{4}|key=/);
  expect(readFileSync(join(dataDir, 'watchdog.json'), 'utf8')).toContain('"databaseUrl":null');
});
