/** The embedded database as a duty-room machine meets it: first start, second start, kill, restart. */
import { expect, test } from '@jest/globals';
import { freshDatabase } from '../../support/database';

test('A test database is empty, migrated and its own', async () => {
  const one = await freshDatabase();
  const t = performance.now();
  const two = await freshDatabase();
  console.log(performance.now() - t);
  await one.pool.query('CREATE TABLE mine (a int)');
  await expect(two.pool.query('SELECT FROM mine')).rejects.toThrow(/does not exist/);
  await one.drop();
  await two.drop();
});
