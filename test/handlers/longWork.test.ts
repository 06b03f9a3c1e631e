/** Work that can be left: whoever comes back finds how far it is, and what broke off is begun again without taking effect twice. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createLongWorks, type DoWork } from '../../src/handlers/longWork';
import { realPace } from '../../src/jobs/pace';
import type { LongWork } from '../../src/ports/longWork';
import { createLongWork } from '../../src/store/postgres';
import { createLog } from '../../src/wiring/logging';
import { freshDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let rows: LongWork;
beforeAll(async () => {
  database = await freshDatabase();
  rows = createLongWork(database.pool);
});
afterAll(() => database.drop());

const process = () => createLongWorks({ rows, pace: realPace, log: createLog('silent') });
const made =
  (name: string): DoWork =>
  async () => ({ answer: null, file: { name, bytes: Buffer.from(name) } });
/** What kill -9 leaves: a row that runs, and nobody who says so. */
const dies = () => database.pool.query(`UPDATE long_work SET alive_until_real = now() - interval '1 second' WHERE state = 'running'`);

test('离开以后回来：做到哪一步看得见，做好的文件在原处；别人看不到', async () => {
  let goOn: () => void = () => undefined;
  const waits = new Promise<void>((done) => {
    goOn = done;
  });
  const works = process();
  await works.begin('duty1', { id: 'w1', kind: 'bundle', about: { n: 1 } }, async (about, tell) => {
    await tell('papers', 1, 3);
    await waits;
    return made(JSON.stringify(about))(about, tell);
  });
  for (let row = await rows.find('duty1', 'w1'); row?.step !== 'papers'; row = await rows.find('duty1', 'w1')) await realPace.sleep(5);
  expect(await rows.find('duty1', 'w1')).toMatchObject({ state: 'running', step: 'papers', done: 1, total: 3, file: null });
  expect((await rows.running()).map(({ id }) => id)).toEqual(['w1']);
  goOn();
  await works.stop();
  expect(await rows.find('duty1', 'w1')).toMatchObject({ state: 'done', file: '{"n":1}' });
  expect((await rows.file('duty1', 'w1'))?.bytes.toString()).toBe('{"n":1}');
  expect([await rows.find('duty2', 'w1'), await rows.file('duty2', 'w1'), await rows.list('duty2', 9)]).toEqual([null, null, []]);
});

test('同一件再提一遍，还是那一件，不重做', async () => {
  const works = process();
  let times = 0;
  const counted: DoWork = async (about, tell) => {
    times += 1;
    return made('a')(about, tell);
  };
  for (let i = 0; i < 3; i += 1) await works.begin('duty1', { id: 'w2', kind: 'bundle', about: {} }, counted);
  await works.again('duty1', 'w2', counted);
  await works.stop();
  expect([times, (await rows.find('duty1', 'w2'))?.attempt]).toEqual([1, 1]);
});

test('进程被杀：显示中断，不假装还在做；重新开始后，原来那一趟醒来也不再算数', async () => {
  let wake: () => void = () => undefined;
  const asleep = new Promise<void>((done) => {
    wake = done;
  });
  const [first, second] = [process(), process()];
  await first.begin('duty1', { id: 'w3', kind: 'bundle', about: { n: 7 } }, async (about, tell) => {
    await asleep;
    return made('旧')(about, tell);
  });
  await dies();
  expect((await rows.find('duty1', 'w3'))?.state).toBe('broken_off');
  await second.again('duty1', 'w3', async (about, tell) => made(`新${JSON.stringify(about)}`)(about, tell));
  await second.stop();
  wake();
  await first.stop();
  expect(await rows.find('duty1', 'w3')).toMatchObject({ state: 'done', attempt: 2, file: '新{"n":7}' });
});

test('做不成的说没有办成，可以重新开始', async () => {
  const works = process();
  await works.begin('duty1', { id: 'w4', kind: 'bundle', about: {} }, async () => {
    throw new Error('disk full');
  });
  await works.stop();
  expect(await rows.find('duty1', 'w4')).toMatchObject({ state: 'failed', fault: 'internal', file: null });
  await works.again('duty1', 'w4', made('b'));
  await works.stop();
  expect(await rows.find('duty1', 'w4')).toMatchObject({ state: 'done', attempt: 2, fault: null, file: 'b' });
});

test('办完一天以后不再保存', async () => {
  await database.pool.query(`UPDATE long_work SET ended_real_at = ended_real_at - interval '25 hours'`);
  await process().begin('duty1', { id: 'w5', kind: 'bundle', about: {} }, made('c'));
  expect((await rows.list('duty1', 9)).map(({ id }) => id)).toEqual(['w5']);
});
