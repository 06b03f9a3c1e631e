/** The embedded database as a duty-room machine meets it: first start, second start, kills, a full folder of trouble. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { Client } from 'pg';
import pino from 'pino';
import { type Embedded, startEmbedded } from '../../../src/store/embedded/startEmbedded';

const root = mkdtempSync(join(tmpdir(), 'fenghuo-embedded-'));
chmodSync(root, 0o755);
const running: Embedded[] = [];
const isRoot = process.getuid?.() === 0;
let dataDir = '';
let count = 0;

beforeEach(() => {
  count += 1;
  dataDir = join(root, `data${count}`);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function start(): Promise<Embedded> {
  const server = await startEmbedded({ dataDir, log: pino({ level: 'silent' }), settings: { fsync: 'off' } });
  running.push(server);
  return server;
}

async function ask(url: string, statement: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query({ text: statement, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

/** What is asked until it answers: the server may be on its way up. */
async function askPatiently(url: string, statement: string): Promise<unknown> {
  for (let tries = 0; ; tries += 1) {
    const answer = await ask(url, statement).catch((fault) => {
      if (tries > 200) throw fault;
    });
    if (answer !== undefined) return answer;
    await pause(50);
  }
}

test('The first start makes a database that only we can reach, and what is written is there at the next start', async () => {
  const first = await start();
  expect(await ask(first.url, 'SHOW listen_addresses')).toBe('');
  expect(await ask(first.url, 'SHOW max_wal_size')).toBe('256MB');
  expect(await ask(first.url, 'SHOW timezone')).toBe('UTC');
  expect(await ask(first.url, "SELECT rolpassword LIKE 'SCRAM-SHA-256%' FROM pg_authid WHERE rolname = 'fenghuo'")).toBe(true);
  expect(statSync(join(dataDir, 'postgres', 'password')).mode & 0o777).toBe(0o600);
  await ask(first.url, 'CREATE TABLE kept AS SELECT 7 AS n');
  await first.stop();
  expect(existsSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'))).toBe(false);
  const second = await start();
  expect(await ask(second.url, 'SELECT n FROM kept')).toBe(7);
});

test('A second start on the same folder says who uses it and ends, and the first goes on', async () => {
  const first = await start();
  await expect(start()).rejects.toMatchObject({
    code: 'in_use',
    message: expect.stringContaining(`正被另一个烽火进程（${process.pid}）使用`),
  });
  expect(await ask(first.url, 'SELECT 1')).toBe(1);
});

test('Of two first starts at the same moment one runs and the other is told', async () => {
  const both = await Promise.allSettled([start(), start()]);
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'in_use' } });
});

test('A database that was killed is started again at the same address, with what was committed', async () => {
  const server = await start();
  await ask(server.url, 'CREATE TABLE kept AS SELECT 7 AS n');
  const before = server.pid();
  process.kill(before, 'SIGKILL');
  expect(await askPatiently(server.url, 'SELECT n FROM kept')).toBe(7);
  expect(server.pid()).not.toBe(before);
  await expect(start()).rejects.toMatchObject({ code: 'in_use' });
});

test('The database of a killed bot is found, stopped and started anew', async () => {
  const bot = await startInChild();
  const orphan = Number(readFileSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
  bot.kill('SIGKILL');
  await once(bot, 'exit');
  expect(process.kill(orphan, 0)).toBe(true);
  const server = await start();
  expect(server.pid()).not.toBe(orphan);
  expect(await ask(server.url, 'SELECT n FROM kept')).toBe(7);
});

test('A pid file left by a power cut is no hindrance, even when its number belongs to another program now', async () => {
  const first = await start();
  await first.stop();
  const file = join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
  writeFileSync(file, `${process.pid}\n/elsewhere\n0\n5432\n/tmp\n\n0 0\nready\n`);
  const second = await start();
  expect(await ask(second.url, 'SELECT 1')).toBe(1);
});

test('A half-made database of an interrupted first start is not taken for a whole one', async () => {
  await (await start()).stop();
  const cluster = join(dataDir, 'postgres', 'cluster');
  renameSync(cluster, `${cluster}.dead.new`);
  rmSync(join(`${cluster}.dead.new`, 'PG_VERSION'));
  expect(await ask((await start()).url, 'SELECT 1')).toBe(1);
});

test.each([
  ['cluster/PG_VERSION', '15\n', 'other_version', '属于 PostgreSQL 15'],
  ['password', null, 'password_lost', '口令文件'],
  ['cluster/postgresql.conf', 'no_such_setting = 1\n', 'start_failed', 'no_such_setting'],
] as const)('Trouble with %s is told in one sentence', async (name, content, code, told) => {
  await (await start()).stop();
  const path = join(dataDir, 'postgres', name);
  if (content === null) rmSync(path);
  else writeFileSync(path, content);
  await expect(start()).rejects.toMatchObject({ code, message: expect.stringContaining(told) });
});

test('A data folder that cannot be is told in one sentence', async () => {
  writeFileSync(dataDir, 'a file');
  await expect(start()).rejects.toMatchObject({ code: 'not_writable', message: expect.stringContaining('同名文件') });
});

const asRoot = isRoot ? test : test.skip;
asRoot('Root with a closed data folder keeps the data where the database account can go, and leaves a link', async () => {
  mkdirSync(dataDir, { mode: 0o700 });
  const server = await start();
  expect(await ask(server.url, 'SELECT 1')).toBe(1);
  expect(lstatSync(join(dataDir, 'postgres')).isSymbolicLink()).toBe(true);
  const elsewhere = readlinkSync(join(dataDir, 'postgres'));
  await server.stop();
  rmSync(elsewhere, { recursive: true });
});

test('Nothing is left in the temporary folder after an orderly stop', async () => {
  const sockets = (): number => readdirSync(tmpdir()).filter((name) => name.startsWith('fenghuo-pg-')).length;
  const before = sockets();
  const server = await start();
  expect(sockets()).toBe(before + 1);
  await server.stop();
  expect(sockets()).toBe(before);
});

/** A bot in a process of its own, with a table written. */
async function startInChild(): Promise<ChildProcess> {
  const bot = fork(join(__dirname, 'botProcess.js'), [dataDir], { execArgv: [] });
  await once(bot, 'message');
  return bot;
}
