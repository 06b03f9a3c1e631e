/** How much of one person and of one room is handled in a minute: nothing is lost, one sentence a minute, new matters and answers to calls go on. */
import { expect, test } from '@jest/globals';
import { ROSTER } from '../core/builders';
import { REPORT } from '../journeys/mainRoad';
import { openRoad, type Road } from './road';

const SECOND = 1_000;

/** The same words so many times, a moment apart; how each ended. */
async function said(road: Road, times: number, who: string, text: string, room: string | null = 'duty'): Promise<readonly string[]> {
  const outcomes: string[] = [];
  for (let i = 0; i < times; i += 1) {
    road.now += 100;
    outcomes.push((await road.say(room, who, text)).outcome);
  }
  return outcomes;
}

test('the twenty-first message of a person within a minute is kept and not handled, and he is told once', async () => {
  const road = openRoad();
  const outcomes = await said(road, 25, 'duty1', '列表');
  expect(outcomes).toEqual([...Array(20).fill('list'), 'limited:told', ...Array(4).fill('limited')]);
  expect(road.outcomes()).toHaveLength(25);
});

test('the sentence says that it is kept, when to write again, and what is still taken', async () => {
  const road = openRoad();
  await said(road, 20, 'duty1', '列表');
  const { text } = await road.say('duty', 'duty1', '列表');
  expect(text).toMatch(/您一分钟内发了 20 条以上，超出的已保存[\s\S]*一分钟后再发[\s\S]*上报新事件、回复点名仍然受理/);
});

test('a minute later he is heard again, and told again only for a new excess', async () => {
  const road = openRoad();
  await said(road, 21, 'duty1', '列表');
  road.now += 60 * SECOND;
  expect((await said(road, 21, 'duty1', '列表')).slice(-2)).toEqual(['list', 'limited:told']);
});

test('whoever goes on is told once a minute and no more', async () => {
  const road = openRoad();
  const told: number[] = [];
  for (let second = 0; second < 180; second += 2) {
    road.now += 2 * SECOND;
    if ((await road.say('duty', 'duty1', '列表')).outcome === 'limited:told') told.push(second);
  }
  expect(told.length).toBe(3);
  expect(told.slice(1).every((second, i) => second - (told[i] ?? 0) >= 60)).toBe(true);
});

test('others in the same room are heard meanwhile, and the same person counts in every room', async () => {
  const road = openRoad();
  await said(road, 15, 'duty1', '列表');
  await said(road, 6, 'duty1', '列表', null);
  expect((await road.say('hq', 'duty1', '列表')).outcome).toBe('limited');
  expect((await road.say('duty', 'leader1', '列表')).outcome).toBe('list');
});

test('a new matter is still taken, up to twice as many', async () => {
  const road = openRoad();
  await said(road, 30, 'guest1', '列表');
  expect((await road.say('duty', 'guest1', REPORT)).outcome).toBe('executed');
  expect(road.incident(1).unverified).toBe(true);
  await said(road, 9, 'guest1', '列表');
  expect((await road.say('duty', 'guest1', REPORT)).outcome).toBe('limited');
  expect(road.incidents()).toHaveLength(1);
});

test('an answer to a call still closes it, by word and by button', async () => {
  const road = openRoad();
  await road.say('duty', 'duty1', REPORT);
  await said(road, 25, 'hubin1', '列表', 'county-hubin');
  expect((await road.say('county-hubin', 'hubin1', '收到')).outcome).toBe('executed');
  await said(road, 5, 'hubin1', '列表', 'county-hubin');
  await road.say('county-hubin', 'hubin1', '撤回收到');
  expect(Object.values(road.incident(1).asks)[0]?.answer).toBe('acknowledged');
  expect((await road.click('county-hubin', 'hubin1', 'ack:1:1')).outcome).toBe('refused:already_acknowledged');
});

test('a room takes sixty messages a minute, whoever writes them', async () => {
  const road = openRoad();
  const people = [...ROSTER.people.keys()];
  const outcomes: string[] = [];
  for (let i = 0; i < 63; i += 1) {
    road.now += 100;
    outcomes.push((await road.say('duty', people[i % 20] ?? '', '列表')).outcome);
  }
  expect(outcomes.slice(58)).toEqual(['list', 'list', 'limited:told', 'limited', 'limited']);
  expect((await road.say('hq', people[0] ?? '', '列表')).outcome).toBe('list');
});

test('the office may set another number', async () => {
  const road = openRoad({ messagesAMinute: 3 });
  expect(await said(road, 5, 'duty1', '列表')).toEqual(['list', 'list', 'list', 'limited:told', 'limited']);
});
