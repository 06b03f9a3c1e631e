import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { Client } from 'pg';
import pino from 'pino';
import { type Embedded, startEmbedded } from '../../../src/store/embedded/startEmbedded';

const root = mkdtempSync(join(tmpdir(), 'fenghuo-embedded-'));
chmodSync(root, 0o755);
const running: Embedded[] = [];
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

test.each([
  ['cluster/PG_VERSION', '15\n', 'other_version', '属于 PostgreSQL 15'],
  ['cluster/PG_VERSION', null, 'damaged', '从备份恢复'],
  ['password', null, 'password_lost', '口令文件'],
  ['password', '', 'password_lost', '口令文件'],
  ['password', 'another\n', 'password_lost', '与数据库不符'],
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

test('Nothing is left in the temporary folder after an orderly stop', async () => {
  const server = await start();
  const sockets = new URL(server.url).searchParams.get('host') ?? '';
  expect(readdirSync(sockets)).toContain('.s.PGSQL.5432');
  await server.stop();
  expect(existsSync(sockets)).toBe(false);
});
