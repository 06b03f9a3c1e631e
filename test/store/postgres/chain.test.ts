/** What has happened cannot be rewritten, not even by somebody with the database's password and a careless moment. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createStore, createViews } from '../../../src/store/postgres';
import { freshDatabase, type TestDatabase } from '../../support/database';
import { change, event, inside, listedRow, opened } from '../contract/builders';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  const store = createStore(database.pool, { log: console });
  await opened(store, 's1', { incident: listedRow() });
  await inside(store, (tx) => tx.write(change('s1', 1, { incident: listedRow({ status: 'active' }) })));
});
afterAll(() => database.drop());

test.each([
  `UPDATE events SET body = '{}'`,
  `UPDATE events SET hash = 'x' WHERE version = 99`,
  `DELETE FROM events WHERE stream_id = 's1'`,
  'TRUNCATE events',
  'TRUNCATE streams CASCADE',
])('%s is refused', async (statement) => {
  await expect(database.pool.query(statement)).rejects.toMatchObject({ code: '23001' });
});

test('after all attempts the chain reads byte for byte as it was hashed', async () => {
  const events = await createViews(database.pool).events(1, 0, 10);
  expect(events).toEqual([event(1), event(2)]);
});

test('an event cannot be inserted twice or between', async () => {
  const again = inside(createStore(database.pool, { log: console }), (tx) => tx.write(change('s1', 2, { events: [event(2)] })));
  await expect(again).rejects.toMatchObject({ found: { code: '23505' }, retryable: false });
});
