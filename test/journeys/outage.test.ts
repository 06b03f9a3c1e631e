/** Half an hour without the platform: what was owed waits, urgent things go first, one message a room, and nobody is blamed for what he could not read. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Bureau, openBureau } from '../support/bureau';
import { REPORT, until } from './mainRoad';

const REPORTS = 8;
const OUTAGE_MINUTES = 30;
const ROADS = ['webhook/send', 'message/send', 'appchat/send', 'aibot_send_msg', 'aibot_respond_msg'];

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
}, 60_000);
afterAll(() => bureau.close());

interface Waiting {
  readonly state: string;
  readonly lane: number;
  readonly addressee: string;
}

const waiting = async (): Promise<readonly Waiting[]> => {
  const { rows } = await bureau.pool.query<Waiting>(
    `SELECT state, lane, addressee FROM deliveries WHERE state IN ('queued', 'held', 'sending')`,
  );
  return rows;
};

test('everything waits visibly, then goes out: urgent first, merged, with what was missed, and blames nobody', async () => {
  for (const api of ROADS) await bureau.sandbox('faults', { api, status: 503, times: 10_000 });
  for (let i = 0; i < REPORTS; i += 1) await bureau.say('duty', 'duty1', REPORT.replace('六十多名', `${41 + i}名`));
  await until(async () => ((await bureau.api('/api/v1/incidents?limit=50')).body.items as unknown as unknown[]).length === REPORTS, 30_000);
  await bureau.advance(OUTAGE_MINUTES);
  const before = await waiting();
  expect(before.length).toBeGreaterThan(REPORTS * 4);
  const listed = (await bureau.api('/api/v1/deliveries?state=queued&limit=200')).body.items as unknown as {
    state: string;
    reason: string;
  }[];
  expect(listed.some(({ reason }) => reason === 'http_503')).toBe(true);

  const { cursor } = await bureau.messages();
  await bureau.sandbox('faults', { clear: true });
  await bureau.advance(5);
  expect((await waiting()).filter(({ lane }) => lane < 2)).toEqual([]);
  const shown = (await bureau.messages(cursor)).messages.filter((m) => m.fromBot);
  const inRoom = (room: string) => shown.filter((m) => m.room === room);
  for (const room of ['county-hubin', 'dm:hubin1', 'dm:leader1']) {
    expect(inRoom(room).length).toBeGreaterThan(0);
    expect(inRoom(room).length).toBeLessThan(REPORTS);
  }
  const [first] = inRoom('county-hubin');
  expect(first?.pinged).toEqual(['hubin1']);
  for (let n = 1; n <= REPORTS; n += 1) expect(inRoom('county-hubin').some((m) => m.text.includes(`#${n} `))).toBe(true);
  const told = inRoom('duty')
    .map((m) => m.text)
    .join('\n');
  expect(told).toContain('不作为本人未回复');
}, 240_000);
