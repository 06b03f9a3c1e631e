/** The store keeps its contract on the PostgreSQL that Debian installs, not only on the one we bring. */
import { afterAll, expect, test } from '@jest/globals';
import { misfit } from '../../src/store/external';
import { migrate } from '../../src/store/migrate';
import { openPool } from '../../src/store/pool';
import { createStore } from '../../src/store/postgres';
import { describeStore } from './contract';
import { ask, onScene } from './embedded/scene';
import { noSystemPostgres, type SystemPostgres, startSystemPostgres } from './embedded/systemPostgres';

const target = { host: 'db', port: 5432, user: 'fh', database: 'fenghuo' };
const fit = { number: 140_000, version: '14.0', encoding: 'UTF8', readOnly: false, mayCreate: true };

test.each([
  ['PostgreSQL 14 is new enough', fit, null],
  ['PostgreSQL 13 is too old', { ...fit, number: 139_999, version: '13.99' }, /PostgreSQL 13\.99，至少需要 14：请升级/],
  ['a server set to another encoding loses characters', { ...fit, encoding: 'SQL_ASCII' }, /编码是 SQL_ASCII/],
  ['a standby takes nothing', { ...fit, readOnly: true }, /只读/],
  ['a user who may not create tables cannot be served', { ...fit, mayCreate: false }, /ALTER DATABASE fenghuo OWNER TO fh/],
] as const)('%s', (_, answer, told) => {
  if (told === null) expect(misfit(answer, target)).toBeNull();
  else expect(misfit(answer, target)).toMatch(told);
});

const leftOut = noSystemPostgres();
if (leftOut !== null)
  test.skip(`the contract on an external PostgreSQL (left out here: ${leftOut}; TEST_DATABASE_URL names one for all tests)`, () =>
    undefined);
else {
  const office = hold();
  let made = 0;
  afterAll(() => office.release());
  describeStore('the PostgreSQL of the office', async () => {
    const { url } = await office.server;
    made += 1;
    const name = `contract_${made}`;
    await ask(url('postgres'), `CREATE DATABASE ${name} TEMPLATE contract`);
    const pool = openPool(url(name), { max: 10 });
    const drop = async (): Promise<void> => {
      await pool.end();
      await ask(url('postgres'), `DROP DATABASE ${name} WITH (FORCE)`);
    };
    return { store: createStore(pool, { log: { warn: () => undefined } }), drop };
  });
}

interface Held {
  readonly server: Promise<SystemPostgres>;
  release(): Promise<void>;
}

/** One server with one migrated template for the whole file. */
function hold(): Held {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let ended: Promise<void> = Promise.resolve();
  const server = new Promise<SystemPostgres>((resolve, reject) => {
    ended = onScene(async (scene) => {
      const office = await startSystemPostgres(scene);
      await ask(office.url('postgres'), 'CREATE DATABASE contract');
      const pool = openPool(office.url('contract'), { max: 1 });
      await migrate(pool).finally(() => pool.end());
      resolve(office);
      await released;
      await office.stop();
    });
    ended.catch(reject);
  });
  return {
    server,
    release: () => {
      release();
      return ended;
    },
  };
}
