/** The shipped pack and profile pass their checks and say what decisions.md and procedure.md say. */
import { expect, test } from '@jest/globals';
import { readRulebooks } from '../../../src/config/rulebooks';
import { categoryOf, graver, groupOf, levelOf, minutesOf } from '../../../src/core/plans/rulebook';
import { sha256 } from '../../../src/wiring/chance';
import { CONFIG, RULES } from '../builders';

test('随程序发布的预案包和时限档案没有一处错误', () => {
  expect(readRulebooks(CONFIG, 'standard', sha256)).toMatchObject({ is: 'ok' });
});

test('预案包按内容编号：同样的文字同一编号，另一份档案另一编号', () => {
  const twice = [0, 1].map(() => readRulebooks(CONFIG, 'standard', sha256));
  const hashes = twice.flatMap((r) => (r.is === 'ok' ? r.rulebooks.map((b) => b.rulebook.hash) : []));
  expect(new Set(hashes).size).toBe(hashes.length / 2);
});

/** procedure.md section 2 and decisions.md section 1. */
test.each([
  [1, 'Ⅰ', 'proposed', ['commander'], ['commander', 'deputy_commander'], 'groups'],
  [2, 'Ⅱ', 'proposed', ['commander'], ['commander', 'deputy_commander'], 'groups'],
  [3, 'Ⅲ', 'confirmed', ['commander', 'deputy_commander'], ['commander', 'deputy_commander'], 'groups'],
  [4, 'Ⅳ', 'confirmed', ['duty_leader', 'deputy_director'], ['territorial_head', 'commander'], 'county'],
])('%i 级（%s）的权限与叫人范围照第1、4节', (rank, sign, status, set, activate, calls) => {
  const level = levelOf(RULES, rank);
  expect([level?.sign, level?.set.status, level?.calls]).toEqual([sign, status, calls]);
  expect(level?.set.roles).toEqual(set);
  expect(level?.activate.roles).toEqual(activate);
  expect(level?.terminate.roles).toEqual(level?.activate.roles);
});

test('只有公共安全一类一报告就 @ 带班领导（第4节）', () => {
  expect(RULES.pack.categories.flatMap((c) => (c.page_leader ? [c.id] : []))).toEqual(['public_safety_stability']);
});

test('叫应阶梯是 50、80、100，逾期再响三次（第3节）', () => {
  expect(RULES.profile.ladder.map((r) => r.at)).toEqual([50, 80, 100]);
  expect(RULES.profile.overtime).toHaveLength(3);
});

/** Accident-report regulation art. 3: 30 and more, 10 to 30, 3 to 10, below 3 deaths. */
test.each([
  [1, 4],
  [2, 4],
  [3, 3],
  [9, 3],
  [10, 2],
  [29, 2],
  [30, 1],
  [100, 1],
])('%i 人死亡落在 %i 级：以上含本数，以下不含（条例第3条）', (deaths, rank) => {
  const fits = RULES.pack.thresholds.filter((t) => t.measure === 'deaths' && t.min <= deaths && (t.max === null || deaths < t.max));
  expect(fits.map((t) => t.rank)).toEqual([rank]);
});

test('同一指标的各级区间首尾相接、不重叠', () => {
  for (const measure of ['gathering_persons', 'complainants_72h', 'deaths', 'direct_loss_yuan']) {
    const ranges = RULES.pack.thresholds.filter((t) => t.measure === measure).sort((a, b) => a.min - b.min);
    expect(ranges.map((t) => t.max)).toEqual([...ranges.slice(1).map((t) => t.min), null]);
  }
});

test.each([
  [1, 2, true],
  [2, 1, false],
  [3, 3, false],
  [4, null, true],
  [null, 4, false],
  [null, null, false],
])('%s 级重于 %s 级：%s', (rank, other, answer) => {
  expect(graver(rank, other)).toBe(answer);
});

test('查不到的级别、类别、工作组为空；查不到的时限是程序错误', () => {
  expect([levelOf(RULES, 9), categoryOf(RULES, 'none'), groupOf(RULES, 'none')]).toEqual([null, null, null]);
  expect(() => minutesOf(RULES, 'no_such_step', 3)).toThrow('no_such_step');
});
