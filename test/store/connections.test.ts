/** An exclusive long connection has one owner at a time. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { claimConnection, releaseConnection, renewConnection } from '../../src/store/connections';
import { freshDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const A = { owner: 'a', epoch: 1 };

test('of many instances that claim at once exactly one holds the connection', async () => {
  const claims = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((owner) => claimConnection(database.pool, 'race', owner, 60_000)));
  expect(claims.filter((claim) => claim !== null)).toEqual([{ epoch: 1 }]);
});

test('the owner may claim again and renew; nobody else gets it while the lease runs', async () => {
  expect(await claimConnection(database.pool, 'robot', 'a', 60_000)).toEqual({ epoch: 1 });
  expect(await claimConnection(database.pool, 'robot', 'a', 60_000)).toEqual({ epoch: 1 });
  expect(await claimConnection(database.pool, 'robot', 'b', 60_000)).toBeNull();
  expect(await renewConnection(database.pool, 'robot', A, 60_000)).toBe(true);
  expect(await renewConnection(database.pool, 'robot', { owner: 'b', epoch: 1 }, 60_000)).toBe(false);
  await releaseConnection(database.pool, 'robot', { owner: 'b', epoch: 1 });
  expect(await claimConnection(database.pool, 'robot', 'b', 60_000)).toBeNull();
});

test('a lease that ran out goes to the next claimer with a new epoch, and the old owner learns it', async () => {
  await claimConnection(database.pool, 'lost', 'a', -1);
  expect(await claimConnection(database.pool, 'lost', 'b', 60_000)).toEqual({ epoch: 2 });
  expect(await renewConnection(database.pool, 'lost', A, 60_000)).toBe(false);
  expect(await claimConnection(database.pool, 'lost', 'a', 60_000)).toBeNull();
});

test('a released connection is free at once', async () => {
  await claimConnection(database.pool, 'given', 'a', 60_000);
  await releaseConnection(database.pool, 'given', A);
  expect(await claimConnection(database.pool, 'given', 'b', 60_000)).toEqual({ epoch: 2 });
});
