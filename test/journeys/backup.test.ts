/** A bureau whose machine is lost: the backup of the night before goes onto another database, and what was open goes on ringing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { verify } from '../../src/cli/verify';
import { restoreBackup } from '../../src/store/backup/restore';
import { writeBackup } from '../../src/store/backup/write';
import { openPool } from '../../src/store/pool';
import { createChains } from '../../src/store/postgres/chains';
import { sha256 } from '../../src/wiring/chance';
import { type Bureau, openBureau } from '../support/bureau';
import { freshDatabase, type TestDatabase } from '../support/database';
import { administer, ofDatabase } from '../support/jest/testServer';

const NAME = `fenghuo_restored_${process.pid}`;
let folder: string;
let server: TestDatabase;
let restored: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fenghuo-restore-'));
  server = await freshDatabase();
  restored = ofDatabase(server.url, NAME);
  await administer(server.url, `CREATE DATABASE ${NAME}`);
});
afterAll(async () => {
  await administer(server.url, `DROP DATABASE IF EXISTS ${NAME} WITH (FORCE)`);
  await server.drop();
  rmSync(folder, { recursive: true, force: true });
});

const deadlinesOf = async (bureau: Bureau): Promise<unknown> => (await bureau.api('/api/v1/deadlines?status=open&limit=500')).body.items;

test('a restored bureau has every open deadline at its own minute, reminds at that minute, and goes on numbering', async () => {
  const file = join(folder, 'night.backup');
  const lost = await openBureau();
  await lost.say('duty', 'duty1', '今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集,已派湖滨分局到场');
  await lost.see({ room: 'duty', text: '#1' });
  await lost.advance(1);
  const open = await deadlinesOf(lost);
  expect((open as readonly unknown[]).length).toBeGreaterThan(0);
  await writeBackup(lost.pool, file);
  await lost.close();

  const pool = openPool(restored, { max: 2 });
  await restoreBackup(pool, file);
  expect(await verify(createChains(pool), sha256, { incident: null, json: true, write: () => undefined })).toBe(0);
  await pool.end();

  const found = await openBureau({ DATABASE_URL: restored });
  try {
    expect(await deadlinesOf(found)).toEqual(open);
    const { cursor } = await found.messages();
    await found.advance(15);
    const reminded = await found.see({ room: 'dm:hubin1', text: /#1/, after: cursor });
    expect(reminded.text).toMatch(/提醒|催|未/);
    await found.say('duty', 'duty1', '刚才,陕州区某商场,二十多名消费者因家电售后聚集');
    await found.see({ room: 'duty', text: '#2' });
  } finally {
    await found.close();
  }
}, 120_000);
