/** Half an hour without the platform: what was owed waits, urgent things go first, one message a room, and nobody is blamed for what he could not read. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Bureau, openBureau } from '../support/bureau';
import type { Seen } from '../support/dutyRoom';
import { REPORT, until } from './mainRoad';

/** Reports made when it begins, and in the rush before its end. */
const FIRST = 5;
const RUSH = 60;
const OUTAGE_MINUTES = 30;
const RUSH_MINUTES = 1.5;
/** Messages that wait in the end, at least. */
const WAITING = 600;
const REPORTERS = [
  ['duty', 'duty2'],
  ['county-hubin', 'hubin2'],
  ['county-shanzhou', 'shanzhou2'],
  ['county-lingbao', 'lingbao2'],
  ['county-yima', 'yima2'],
] as const;
const OUT = { status: 503 };
const BUSY = { errcode: -1 };
/** How each way of a platform fails: HTTP is out of order, the line is busy. */
const ROADS: Readonly<Record<string, readonly (readonly [apis: readonly string[], fault: object])[]>> = {
  wecom: [
    [['webhook/send', 'message/send', 'appchat/send'], OUT],
    [['aibot_send_msg', 'aibot_respond_msg'], BUSY],
  ],
  dingtalk: [
    [['robot/groupMessages/send', 'robot/oToMessages/batchSend', 'card/instances/createAndDeliver', 'card/instances/update'], OUT],
    [['robot/ding/send', 'topapi/message/corpconversation/asyncsend_v2'], OUT],
    [['robot/send', 'robot/sendBySession'], BUSY],
  ],
  govding: [[['robot/message/sendgroup', 'robot/message/sendoto', 'robot/sendBySession', 'chat/sendMsg', 'message/workNotification'], OUT]],
};
const ROADS_HERE = (ROADS[process.env.FENGHUO_SANDBOX ?? 'wecom'] ?? []).flatMap(([apis, fault]) => apis.map((api) => ({ api, ...fault })));

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
}, 60_000);
afterAll(() => bureau.close());

test('六百条消息等得见，恢复后急的先发、一处并成一条、漏了什么都补上，不怪到人头上', async () => {
  for (const fault of ROADS_HERE) await bureau.sandbox('faults', { ...fault, times: 10_000 });
  for (let i = 0; i < FIRST; i += 1) await report('duty', 'duty1', i);
  await reported(FIRST);
  await bureau.advance(OUTAGE_MINUTES - RUSH_MINUTES);
  for (let i = FIRST; i < FIRST + RUSH; i += REPORTERS.length)
    await Promise.all(REPORTERS.map(([room, who], j) => report(room, who, i + j)));
  await reported(FIRST + RUSH);
  await bureau.advance(RUSH_MINUTES);
  const before = await waiting();
  expect(before.length).toBeGreaterThanOrEqual(WAITING);
  const listed = (await bureau.api('/api/v1/deliveries?state=queued&limit=200')).body.items as unknown as { reason: string }[];
  expect(listed.some(({ reason }) => reason === 'http_503')).toBe(true);

  const { cursor } = await bureau.messages();
  await bureau.sandbox('faults', { clear: true });
  // No address is left alone for longer than half a minute; then only the platform's own windows keep anything, for a minute.
  await bureau.advance(0.6);
  expect((await waiting()).filter(({ reason }) => reason !== 'rate_window')).toEqual([]);
  await bureau.advance(1.1);
  expect(await waiting()).toEqual([]);
  // What rings just now is no part of what had to wait.
  const shown = (await bureau.messages(cursor)).messages.filter((m) => m.fromBot && !/^#\d+ 催办/.test(m.text));
  mergedByAddress(before, shown);
  allIsTold(shown);
}, 240_000);

async function report(room: string, who: string, i: number): Promise<void> {
  await bureau.say(room, who, REPORT.replace('六十多名', `${100 + i}名`));
}

/** Ends when so many incidents are there. */
function reported(number: number): Promise<void> {
  return until(async () => {
    const { rows } = await bureau.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM incidents');
    return rows[0]?.n === number;
  }, 30_000);
}

interface Waiting {
  readonly addressee: string;
  readonly lane: number;
  readonly leg: string;
  readonly reason: string | null;
}

async function waiting(): Promise<readonly Waiting[]> {
  const { rows } = await bureau.pool.query<Waiting>(
    `SELECT addressee, lane, leg, reason FROM deliveries WHERE state IN ('queued', 'held', 'sending')`,
  );
  return rows;
}

/** Each room and private chat gets one message of each urgency and way, in as many parts as the platform asks for, instead of dozens. */
function mergedByAddress(before: readonly Waiting[], shown: readonly Seen[]): void {
  for (const [room, addressee] of [
    ['county-hubin', 'room:county-hubin'],
    ['dm:hubin1', 'person:hubin1'],
    ['dm:leader1', 'person:leader1'],
    ['dm:duty1', 'person:duty1'],
  ] as const) {
    const owed = before.filter((d) => d.addressee === addressee);
    const texts = shown.filter((m) => m.room === room && m.kind !== 'card' && !/^（(?:[2-9]|\d\d)\//.test(m.text));
    expect([room, owed.length > 50, texts.length > 0, texts.length <= 8]).toEqual([room, true, true, true]);
  }
}

/** The county is called, every report is told of, the urgent before the rest, and who could not read is not late. */
function allIsTold(shown: readonly Seen[]): void {
  expect(shown.filter((m) => m.room === 'county-hubin').flatMap((m) => m.pinged)).toContain('hubin1');
  const inDuty = shown.filter((m) => m.room === 'duty').map((m) => m.text);
  const told = inDuty.join('\n');
  for (let n = 1; n <= FIRST + RUSH; n += 1) expect(told).toMatch(new RegExp(`#${n}\\b`));
  expect(told).toContain('不作为本人未回复');
  const firstWith = (words: string): number => inDuty.findIndex((text) => text.includes(words));
  const order = ['消息未送达，请电话联系', '已接报', '接到报告'].map(firstWith);
  expect([order, order.every((at) => at >= 0)]).toEqual([order.toSorted((a, b) => a - b), true]);
}
