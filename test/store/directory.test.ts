/** The roster comes back as it was imported, in its order. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createDirectory, importRoster } from '../../src/store/directory';
import { freshDatabase, type TestDatabase } from '../support/database';
import { T } from './contract/builders';
import { roster } from './rosterBuilder';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test('the roster is read as it was imported, and after a new import as soon as it is looked at', async () => {
  const directory = createDirectory(database.pool);
  expect((await directory.at(T)).people.size).toBe(0);
  await importRoster(database.pool, roster());
  await directory.refresh();
  const first = await directory.at(T);
  expect(first).toEqual(roster());
  expect([...first.rooms.keys()]).toEqual(['duty', 'county-hubin']);
  await importRoster(database.pool, roster({ bureau: '新局', grants: [] }));
  await directory.refresh();
  expect(await directory.at(T)).toEqual(roster({ bureau: '新局', grants: [] }));
});

test('the same roster imported again changes nothing, so nobody reads it anew', async () => {
  const directory = createDirectory(database.pool);
  await importRoster(database.pool, roster());
  const before = await directory.at(T);
  await Promise.all([importRoster(database.pool, roster()), importRoster(database.pool, roster())]);
  await directory.refresh();
  expect(await directory.at(T)).toBe(before);
});

test('a role ends at its moment, in the directory too', async () => {
  const grants = [
    { person: 'li', role: 'duty_officer', scope: null, until: T },
    { person: 'li', role: 'liaison', scope: null, from: T },
  ];
  await importRoster(database.pool, roster({ grants }));
  const directory = createDirectory(database.pool);
  const roles = async (at: number) => (await directory.at(at)).grants.map((grant) => grant.role);
  expect(await roles(T - 1)).toEqual(['duty_officer']);
  expect(await roles(T)).toEqual(['liaison']);
});
