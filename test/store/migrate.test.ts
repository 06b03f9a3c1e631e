/** Tables are brought up by dated files, forward only. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { migrate } from '../../src/store/migrate';
import { freshDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
});
afterEach(() => rm(folder, { recursive: true }));

const file = (name: string, text: string) => writeFile(join(folder, name), text);

test('a database that is up to date is left alone', async () => {
  expect(await migrate(database.pool)).toEqual([]);
});

test('missing files are applied in the order of their names, once, also when several instances start together', async () => {
  await file('2030-01-01-0002-b.sql', 'INSERT INTO ordered VALUES (2);');
  await file('2030-01-01-0001-a.sql', 'CREATE TABLE ordered (n int); INSERT INTO ordered VALUES (1);');
  const runs = await Promise.all([migrate(database.pool, folder), migrate(database.pool, folder), migrate(database.pool, folder)]);
  expect(runs.flat().sort()).toEqual(['2030-01-01-0001-a.sql', '2030-01-01-0002-b.sql']);
  const { rows } = await database.pool.query('SELECT n FROM ordered');
  expect(rows).toEqual([{ n: 1 }, { n: 2 }]);
});

test('an applied file whose text changed is refused by name; other line ends are not a change', async () => {
  await file('2031-01-01-0001-c.sql', 'CREATE TABLE kept (n int);\n');
  await migrate(database.pool, folder);
  await file('2031-01-01-0001-c.sql', 'CREATE TABLE kept (n int);\r\n');
  expect(await migrate(database.pool, folder)).toEqual([]);
  await file('2031-01-01-0001-c.sql', 'CREATE TABLE kept (n bigint);\n');
  await expect(migrate(database.pool, folder)).rejects.toMatchObject({
    message: expect.stringContaining('2031-01-01-0001-c.sql'),
    retryable: false,
  });
});

test('a file that fails leaves nothing of itself behind', async () => {
  await file('2032-01-01-0001-d.sql', 'CREATE TABLE half (n int); SELECT no_such_function();');
  await expect(migrate(database.pool, folder)).rejects.toMatchObject({ retryable: false });
  const { rows } = await database.pool.query(`SELECT to_regclass('half') AS half`);
  expect(rows).toEqual([{ half: null }]);
});
