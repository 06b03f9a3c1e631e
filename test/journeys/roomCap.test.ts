/** Six hours of a level-Ⅲ matter in a busy bureau: no room is shown more than people can read, and what is grave never waits. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { HOUR, type Instant, MINUTE } from '../../src/core/instant';
import { type Bureau, openBureau } from '../support/bureau';
import { REPORT } from './mainRoad';

/** Messages a room is shown in an hour, unless an office sets another number; what notices may take of it. */
const CAP = 60;
const FOR_NOTICES = 45;
const HEADS = ['coord1', 'site1', 'inv1', 'op1', 'legal1', 'log1'];
/** Progress reported within half an hour: more than a room is shown in an hour. */
const RUSH = 54;
const MEMBERS = ['coord2', 'site2', 'inv2', 'op2', 'legal2', 'log2'];
const GRAVE = '今早9点,陕州区大营镇宏达市场,两百多名商户因摊位费聚集,已派陕州区局到场';

let duty: Bureau;
beforeAll(async () => {
  duty = await openBureau();
}, 60_000);
afterAll(() => duty.close());

test('任何一个小时里各群都不超过上限，等过的进展合并后条条都到，不得延迟的一条也不等', async () => {
  const start = await now();
  await calledOut();
  await rush();
  const grave = await graveMatter();
  for (const n of [RUSH + 1, RUSH + 2]) {
    await duty.advance(100);
    await progress(n);
  }
  await duty.advance((start + 6 * HOUR - (await now())) / MINUTE);

  const posts = await postsInRooms();
  const inDuty = posts.filter(({ room }) => room === 'duty');
  const busy = [...new Set(posts.map(({ room }) => room))].map((room) => [room, busiest(posts.filter((post) => post.room === room))]);
  expect(busy.filter(([, most = 0]) => Number(most) > CAP)).toEqual([]);
  expect(busiest(inDuty)).toBeGreaterThanOrEqual(FOR_NOTICES);

  const told = inDuty.flatMap(({ text }) => [...text.matchAll(/第(\d+)批/g)].map(([, n]) => Number(n)));
  expect(told.sort((a, b) => a - b)).toEqual(Array.from({ length: RUSH + 2 }, (_, i) => i + 1));

  const meanwhile = (at: Instant): boolean =>
    at >= Math.min(...grave.map((one) => one.at)) && at <= Math.max(...grave.map((one) => one.at));
  expect(inDuty.filter(({ at, text }) => meanwhile(at) && text.includes('#1 处置进展'))).toEqual([]);
  for (const { words, at } of grave) {
    const shown = inDuty.filter(({ text }) => text.includes(words));
    expect([words, shown.map((post) => Math.floor((post.at - at) / MINUTE))]).toEqual([words, [0]]);
  }
}, 60_000);

/** Reported, graded Ⅲ, activated; everybody called answers, some in private, some in the room. */
async function calledOut(): Promise<void> {
  await duty.answered('duty', 'duty1', REPORT, '已接报');
  await duty.decide('hq', 'director', '#1 定级 Ⅲ');
  await duty.decide('hq', 'director', '#1 启动');
  await duty.see({ room: 'hq', text: '请立即集结' });
  for (const who of HEADS) await duty.answered(`dm:${who}`, who, '#1 收到', '已记录');
  for (const who of MEMBERS) await duty.answered('hq', who, '#1 收到', '已记录');
}

/** Half an hour in which everybody reports, the officer asks, and work is given out. */
async function rush(): Promise<void> {
  for (let n = 1; n <= RUSH; n += 1) {
    await progress(n);
    if (n % 9 === 0) await duty.advance(3);
    if (n % 18 === 0) await duty.answered('duty', 'duty1', '#1 待办', '#1');
    if (n % 27 === 0) await duty.answered('hq', 'office1', '#1 任务 @秦现一 清点摊位 2小时', '任务');
  }
  await duty.answered('hq', 'site1', '#1 收到', '已记录');
}

interface Told {
  readonly words: string;
  readonly at: Instant;
}

/** A matter of level Ⅱ in the duty room, in which the other one has to wait: what was told of it, and when it was said. */
async function graveMatter(): Promise<readonly Told[]> {
  await duty.answered('duty', 'duty1', GRAVE, '已接报');
  const told: Told[] = [{ words: '#2 已定级', at: await now() }];
  await duty.decide('hq', 'director', '#2 定级 Ⅱ');
  for (const [said, words] of [
    ['进展 东区商户已劝离', '东区商户已劝离'],
    ['进展 西区商户已劝离', '西区商户已劝离'],
  ]) {
    await duty.advance(1);
    told.push({ words: words ?? '', at: await now() });
    await duty.answered('dm:shanzhou1', 'shanzhou1', `#2 ${said}`, words ?? '');
  }
  await duty.decide('hq', 'director', '#2 不列入 商户已全部散去');
  return told;
}

async function progress(n: number): Promise<void> {
  const who = HEADS[n % HEADS.length] ?? '';
  await duty.answered(`dm:${who}`, who, `#1 进展 第${n}批群众已登记`, `第${n}批`);
}

async function now(): Promise<Instant> {
  return Date.parse(String((await duty.sandbox('state')).body.now));
}

/** A message as the platform took it. */
interface Post {
  readonly room: string;
  readonly at: Instant;
  readonly text: string;
}

/** What went to groups over the robot and over the webhook, off the wire. */
async function postsInRooms(): Promise<readonly Post[]> {
  const { calls } = (await duty.sandbox('calls')).body as unknown as {
    readonly calls: readonly { readonly room?: string; readonly at: string; readonly request: unknown }[];
  };
  return calls.flatMap(({ room, at, request }) =>
    room === undefined || room.startsWith('dm:') ? [] : [{ room, at: Date.parse(at), text: JSON.stringify(request) }],
  );
}

/** Most messages within one hour, the hour taken anew from every message on. */
function busiest(posts: readonly Post[]): number {
  return Math.max(0, ...posts.map(({ at: from }) => posts.filter(({ at }) => at >= from && at < from + HOUR).length));
}
