/** What a simulation does with plans and bureaus other than those of the tables. */
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { findPack } from '../../../src/config/planFiles';
import type { Rulebook } from '../../../src/core/plans/rulebook';
import { type Question, simulate } from '../../../src/core/simulate/simulate';
import { STORIES } from '../../../src/core/simulate/story';
import { CONFIG, clock, NETWORK, ROSTER, RULES } from '../builders';
import { BUREAU, signsOf, simulated } from './tables';

const QUESTION: Omit<Question, 'roster' | 'now'> = { rules: RULES, story: 'activated', rank: 3, minutes: 360 };
const THIRD = thirdPlan();

function thirdPlan(): Rulebook {
  const found = findPack(join(__dirname, '../../fixtures/plan-packs/wholesale-supply'), CONFIG);
  if (found.is === 'faults') throw new Error(JSON.stringify(found.faults));
  return { hash: '', pack: found.pack, profile: found.profile };
}

test('同样的问题总是同样的答案，问到多久就到多久', () => {
  const whole = signsOf(simulated(QUESTION));
  expect(signsOf(simulated(QUESTION))).toEqual(whole);
  const half = signsOf(simulated({ ...QUESTION, minutes: 30 }));
  expect(half).toEqual(whole.filter((sign) => Number.parseFloat(sign) <= 30));
  expect(half.length).toBeLessThan(whole.length);
});

test('没有一行早于第 0 分钟，也不晚于所问的时间，按先后排列', () => {
  for (const story of STORIES) {
    const { from, lines } = simulated({ rules: NETWORK, story, rank: null, minutes: 90 });
    const moments = lines.map(({ at }) => at);
    expect(moments).toEqual([...moments].sort((a, b) => a - b));
    expect([Math.min(...moments), Math.max(...moments) <= from + 90 * 60_000]).toEqual([from, true]);
  }
});

test('每一步不是发到群里就是发给人，没有通道的写明略过', () => {
  const { lines } = simulated(QUESTION);
  for (const { room, people, channel, skipped } of lines) {
    expect(room !== null || people.length > 0).toBe(true);
    expect(skipped).toBe(channel === 'strong_reminder' || channel === 'sms' || channel === 'voice');
  }
});

test('第三个预案：级别、阶梯、时限都依它自己的，空缺的岗位以岗位名代替', () => {
  const { vacant, lines, from } = simulated({ rules: THIRD, story: 'activated', rank: 1, minutes: 60 }, ROSTER);
  expect(vacant).toEqual(['首席协调官', '协调官', '调运组负责人', '巡价组负责人']);
  const rings = lines.flatMap(({ at, items }) =>
    items.flatMap((i) => (i.percent === null ? [] : [`${(at - from) / 60_000} ${i.about} ${i.what} ${i.percent}%`])),
  );
  expect(rings).toEqual(['2.8 group_ack reminded 40%', '7 group_ack told 100%', '60 stock_report told 100%']);
});

test('通讯录齐全的没有空缺', () => {
  expect(simulated(QUESTION).vacant).toEqual([]);
});

test('当天谁值班就点谁的名', () => {
  const from = clock('2026-03-12T00:00:00+08:00');
  const shifts = [
    { person: 'duty1', role: 'duty_officer' as const, from: 0, until: from },
    { person: 'duty2', role: 'duty_officer' as const, from, until: null },
  ];
  const asked = (now: string): readonly string[] => {
    const answer = simulate({
      ...QUESTION,
      story: 'unanswered_report',
      rank: null,
      minutes: 0,
      roster: { ...BUREAU, shifts },
      now: clock(now),
    });
    if (answer.is === 'refusal') throw new Error(answer.zh);
    return answer.lines.flatMap(({ people, items }) => (items.some(({ about }) => about === 'duty_ack') ? people : []));
  };
  expect(asked('08:00')).toEqual(['duty1', 'duty1']);
  expect(asked('10:00')).toEqual(['duty2', 'duty2']);
});

test('没有县区可叫而级别只叫县区的，按程序自己的理由不予模拟', () => {
  const answer = simulate({ ...QUESTION, rank: 4, roster: { ...BUREAU, counties: [] }, now: clock('08:00') });
  expect(answer).toMatchObject({ is: 'refusal', code: 'nobody_to_call' });
});
