/** Settings: what an office may set, and what it is told when it set something wrong. */

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { keptApiToken, readSettings, type Settings } from '../src/settings';

const folder = mkdtempSync(join(tmpdir(), 'fenghuo-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

function settings(env: Record<string, string>): Settings {
  const read = readSettings(env);
  if (read.is === 'faults') throw new Error(read.faults.join('\n'));
  return read.settings;
}

function faults(env: Record<string, string>): readonly string[] {
  const read = readSettings(env);
  return read.is === 'faults' ? read.faults : [];
}

test('With nothing set the sandbox runs on the embedded database', () => {
  expect(settings({ PATH: '/bin' })).toMatchObject({
    port: 8080,
    host: '127.0.0.1',
    dataDir: join(process.cwd(), 'data'),
    databaseUrl: null,
    redisUrl: null,
    sandbox: 'wecom',
    platforms: null,
    role: 'all',
    wake: 'all',
    timerMs: 5000,
    logLevel: 'info',
    secondReader: null,
  });
});

test('All faults are told at once, each with what was expected', () => {
  const found = faults({ FENGHUO_PORT: '80a', FENGHUO_REDIS_URL: 'http://x', FENGHUO_ROLE: 'boss', FENGHUO_TIMER_MS: '1' });
  expect(found).toEqual([
    'FENGHUO_PORT：应为 0 至 65535 的整数。',
    'FENGHUO_REDIS_URL：应为以 redis:// 或 rediss:// 开头的地址。',
    'FENGHUO_ROLE：应为 all、web、worker、watchdog 之一。',
    'FENGHUO_TIMER_MS：应为 100 至 60000 的整数。',
  ]);
});

test.each([
  ['FENGHUO_DATABSE_URL', '没有这项设置，是否应为 FENGHUO_DATABASE_URL'],
  ['FENGHUO_SANDBOKS', '没有这项设置，是否应为 FENGHUO_SANDBOX'],
  ['FENGHUO_XYZZY', '没有这项设置。'],
])('The unknown name %s is a fault, with the nearest known name where there is one', (name, told) => {
  expect(faults({ [name]: 'x' })).toEqual([expect.stringContaining(told)]);
});

test('A secret is read from a file, and no fault repeats it', () => {
  const path = join(folder, 'token');
  writeFileSync(path, 'a-token-of-some-length\n');
  expect(settings({ FENGHUO_API_TOKEN_FILE: path }).apiToken).toBe('a-token-of-some-length');
  const found = faults({ FENGHUO_API_TOKEN: 'short-one', FENGHUO_DATABASE_URL_FILE: join(folder, 'none') });
  expect(found).toHaveLength(2);
  expect(found.join()).not.toContain('short-one');
  expect(faults({ FENGHUO_API_TOKEN: 'a-token-of-some-length', FENGHUO_API_TOKEN_FILE: path })).toEqual([
    'FENGHUO_API_TOKEN 与 FENGHUO_API_TOKEN_FILE 只能设置一个。',
  ]);
});

test('Real platforms switch the sandbox off, and both together are refused', () => {
  writeFileSync(join(folder, 'platforms.yaml'), '');
  const real = { FENGHUO_BUREAU: folder };
  expect(settings(real)).toMatchObject({ sandbox: 'off', platforms: join(folder, 'platforms.yaml') });
  expect(settings({ ...real, FENGHUO_SANDBOX: 'off' }).sandbox).toBe('off');
  expect(faults({ ...real, FENGHUO_SANDBOX: 'wecom' })).toEqual([expect.stringContaining('不能同时运行沙箱')]);
  expect(faults({ FENGHUO_PLATFORMS: join(folder, 'none.yaml') })).toEqual([expect.stringContaining('不存在')]);
});

test('A simulator of its own is taken on this machine only', () => {
  expect(settings({ FENGHUO_SANDBOX_URL: 'http://127.0.0.1:9000' }).sandboxUrl).toBe('http://127.0.0.1:9000');
  expect(faults({ FENGHUO_SANDBOX_URL: 'http://10.0.0.8:9000' })).toEqual([expect.stringContaining('应为本机地址')]);
});

test('A second reader stands on this machine or in the own network, elsewhere only behind a certificate', () => {
  const model = { FENGHUO_SECOND_READER_MODEL: 'm' };
  const at = (url: string) => ({ ...model, FENGHUO_SECOND_READER_URL: url });
  expect(settings({ ...at('http://127.0.0.1:8000/v1/'), FENGHUO_SECOND_READER_KEY: 'k' }).secondReader).toEqual({
    ...{ url: 'http://127.0.0.1:8000/v1', model: 'm', key: 'k', timeoutMs: 8000, ca: null },
  });
  for (const url of [
    'http://10.1.2.3/v1',
    'http://192.168.1.9:8000',
    'http://[::1]:80/v1',
    'http://localhost/v1',
    'https://model.example/v1',
  ])
    expect(faults(at(url))).toEqual([]);
  for (const url of [
    'http://model.example/v1',
    'http://8.8.8.8/v1',
    'http://169.254.169.254/v1',
    'https://169.254.169.254/v1',
    'https://[fe80::1]/v1',
    'https://me:word@model.example/v1',
    'https://model.example/v1?key=1',
    'ftp://127.0.0.1/v1',
    'http://2130706433.example/',
  ])
    expect(faults(at(url))).toEqual([expect.stringContaining('FENGHUO_SECOND_READER_URL：应为 https:// 地址')]);
  expect(faults({ FENGHUO_SECOND_READER_URL: 'http://127.0.0.1/v1' })).toEqual([expect.stringContaining('FENGHUO_SECOND_READER_MODEL')]);
  expect(faults({ ...model, FENGHUO_SECOND_READER_TIMEOUT_MS: '2000' })).toHaveLength(2);
  expect(faults({ ...at('http://127.0.0.1/v1'), FENGHUO_SECOND_READER_CA: join(folder, 'none.pem') })).toHaveLength(1);
});

test('An API token that nobody set is made once, for us alone to read', () => {
  const token = keptApiToken(join(folder, 'data'));
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(keptApiToken(join(folder, 'data'))).toBe(token);
  expect(readFileSync(join(folder, 'data', 'api-token'), 'utf8')).toBe(`${token}\n`);
  expect(statSync(join(folder, 'data', 'api-token')).mode & 0o777).toBe(0o600);
});
