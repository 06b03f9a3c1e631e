/** A command beside a running bot uses its database; without one it starts the database for the while, and leaves nothing running. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import pino from 'pino';
import { joinEmbedded } from '../../../src/store/embedded/joinEmbedded';
import { runningPostmaster } from '../../../src/store/embedded/postmaster';
import { startEmbedded } from '../../../src/store/embedded/startEmbedded';

const log = pino({ level: 'silent' });
let dataDir: string;
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'fenghuo-join-'));
  chmodSync(dataDir, 0o755);
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function asked(url: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query('SELECT current_database() AS name')).rows[0];
  } finally {
    await client.end();
  }
}
const isRunning = (): boolean => runningPostmaster(join(dataDir, 'postgres/cluster')) !== null;

test('joins the server of a running bot without taking it, and starts one only where none runs', async () => {
  const bot = await startEmbedded({ dataDir, log, settings: { fsync: 'off' } });
  const joined = await joinEmbedded({ dataDir, log });
  expect(await asked(joined.url)).toEqual({ name: 'fenghuo' });
  await joined.stop();
  expect(await asked(bot.url)).toEqual({ name: 'fenghuo' });
  await bot.stop();
  expect(isRunning()).toBe(false);

  const alone = await joinEmbedded({ dataDir, log });
  expect(await asked(alone.url)).toEqual({ name: 'fenghuo' });
  await alone.stop();
  expect(isRunning()).toBe(false);
});
