/** Rows of papers: a row a version, one live paper of each number, and nothing that went out is ever changed again. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { PaperRow } from '../../../src/ports/streams';
import { createStore } from '../../../src/store/postgres';
import { createPaperSource } from '../../../src/store/postgres/files';
import { freshDatabase, type TestDatabase } from '../../support/database';
import { change, inside, listedRow, opened } from '../contract/builders';

let database: TestDatabase;
let version = 1;
beforeAll(async () => {
  database = await freshDatabase();
  await opened(createStore(database.pool, { log: console }), 's1', { incident: listedRow() });
});
afterAll(() => database.drop());

const row = (some: Partial<PaperRow>): PaperRow => ({
  ...{ id: 'p1', kind: 'first_report', serial: 1, version: 1, state: 'in_hand', facts: null, fileHash: null, frozenHash: null },
  ...some,
});
const BYTES = new Uint8Array([0, 255, 10, 92]);

async function written(papers: readonly PaperRow[], files: { hash: string; bytes: Uint8Array }[] = []): Promise<void> {
  const store = createStore(database.pool, { log: console });
  await inside(store, (tx) => tx.write(change('s1', version, { papers, files, incident: listedRow() })));
  version += 1;
}

async function stored(): Promise<unknown> {
  const { rows } = await database.pool.query('SELECT id, version, state, facts FROM papers ORDER BY id, version');
  return rows.map((one: Record<string, unknown>) => Object.values(one));
}

test('每一稿一行，新的一稿替下旧的；固定以后再写也不变', async () => {
  await written([row({})]);
  await written([row({ state: 'replaced' }), row({ version: 2 })]);
  const frozen = row({ version: 2, state: 'sent', facts: '{"一":1}', frozenHash: 'h', fileHash: 'f' });
  await written([frozen], [{ hash: 'f', bytes: BYTES }]);
  await written([row({ version: 2, state: 'in_hand' })]);
  expect(await stored()).toEqual([
    ['p1', 1, 'replaced', null],
    ['p1', 2, 'sent', '{"一":1}'],
  ]);
  expect(await createPaperSource(database.pool).bytes('f')).toEqual(BYTES);
  expect(await createPaperSource(database.pool).bytes('none')).toBeNull();
});

test('同一种同一号只有一份在办，作废的不占号', async () => {
  await written([row({ id: 'p2', serial: 2 })]);
  await expect(written([row({ id: 'p3', serial: 2 })])).rejects.toMatchObject({ found: { code: '23505' } });
  await written([row({ id: 'p2', serial: 2, state: 'void' })]);
  await written([row({ id: 'p3', serial: 2 })]);
});

test.each([
  `UPDATE papers SET facts = '{}' WHERE id = 'p1' AND version = 2`,
  `UPDATE papers SET frozen_hash = 'x' WHERE id = 'p1' AND version = 2`,
  `UPDATE papers SET state = 'in_hand' WHERE id = 'p1' AND version = 2`,
  `DELETE FROM papers WHERE id = 'p1'`,
])('%s is refused', async (statement) => {
  await expect(database.pool.query(statement)).rejects.toMatchObject({ code: '23001' });
});
