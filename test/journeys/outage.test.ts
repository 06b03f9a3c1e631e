/** Half an hour without the platform: what was owed waits, urgent things go first, one message a room, and nobody is blamed for what he could not read. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Bureau, openBureau } from '../support/bureau';
import { REPORT, until } from './mainRoad';

const REPORTS = 5;
const OUTAGE_MINUTES = 30;
/** How each way fails: HTTP is out of order, the line is busy. */
const ROADS = [
  ...['webhook/send', 'message/send', 'appchat/send'].map((api) => ({ api, status: 503 })),
  ...['aibot_send_msg', 'aibot_respond_msg'].map((api) => ({ api, errcode: -1 })),
];

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
  for (const fault of ROADS) await bureau.sandbox('faults', { ...fault, times: 10_000 });
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
  // No address is left alone for longer than half a minute.
  await bureau.advance(0.6);
  expect((await waiting()).filter(({ lane }) => lane < 2)).toEqual([]);
  const shown = (await bureau.messages(cursor)).messages.filter((m) => m.fromBot);
  // What rings just now is no part of what had to wait.
  const inRoom = (room: string) => shown.filter((m) => m.room === room && !m.text.includes('催办'));
  for (const [room, addressee] of [
    ['county-hubin', 'room:county-hubin'],
    ['dm:hubin1', 'person:hubin1'],
    ['dm:leader1', 'person:leader1'],
  ] as const) {
    const owed = before.filter((d) => d.addressee === addressee).length;
    expect(inRoom(room).length).toBeGreaterThan(0);
    expect(inRoom(room).length).toBeLessThanOrEqual(owed / 2);
  }
  const county = shown.filter((m) => m.room === 'county-hubin');
  expect(county.flatMap((m) => m.pinged)).toContain('hubin1');
  const missed = county.map((m) => m.text);
  for (let n = 1; n <= REPORTS; n += 1) expect(missed.some((text) => text.includes(`#${n} `))).toBe(true);
  const told = inRoom('duty')
    .map((m) => m.text)
    .join('\n');
  expect(told).toContain('不作为本人未回复');
}, 240_000);
