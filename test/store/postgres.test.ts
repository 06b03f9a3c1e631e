/** The store on PostgreSQL keeps the contract. */
import { createStore } from '../../src/store/postgres';
import { freshDatabase } from '../support/database';
import { describeStore } from './contract';

const log = { warn: () => {} };

describeStore('PostgreSQL', async () => {
  const database = await freshDatabase();
  return { store: createStore(database.pool, { log }), drop: database.drop };
});
