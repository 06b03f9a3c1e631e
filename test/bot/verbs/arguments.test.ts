/** What people type behind a verb: persons, moments, terms, names of the plan, short numbers. */
import { describe, expect, test } from '@jest/globals';
import { momentIn } from '../../../src/bot/arguments/moment';
import { allNamedAt, namedAt } from '../../../src/bot/arguments/named';
import { numberAt } from '../../../src/bot/arguments/number';
import { mentionedIn, personAt } from '../../../src/bot/arguments/person';
import { dueSaid } from '../../../src/core/report/dueSaid';
import { ROSTER } from '../../core/builders';

const NOW = Date.parse('2026-11-22T23:10:00+08:00');

/** As a watch shows it in the duty room. */
function watch(at: number | null): string | null {
  return at === null ? null : new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}

test.each([
  ['王局长 22:40 同意启动', '2026-11-22 22:40', '王局长', '同意启动'],
  ['李处，昨晚十点半，已报告', '2026-11-21 22:30', '李处，', '已报告'],
  ['23:50 已报', '2026-11-21 23:50', '', '已报'],
  ['刚才已报', '2026-11-22 23:10', '', '已报'],
])('“%s”说的是 %s', (words, at, before, behind) => {
  const found = momentIn(words, NOW);
  expect([watch(found?.at ?? null), found?.before, found?.behind]).toEqual([at, before, behind]);
});

test.each(['已报告，要求续报', '昨天已报', '近日已报'])('“%s”没有说到几点', (words) => {
  expect(momentIn(words, NOW)).toBeNull();
});

test.each([
  ['清点库存 23:30前', '2026-11-22 23:30'],
  ['清点库存 18:00前', '2026-11-23 18:00'],
  ['清点库存，2小时内', '2026-11-23 01:10'],
  ['半小时内回话', '2026-11-22 23:40'],
  ['明早8点前报', '2026-11-23 08:00'],
  ['明晚8点半前报', '2026-11-23 20:30'],
  ['11月25日12点之前', '2026-11-25 12:00'],
  ['１月３日９：３０前', '2027-01-03 09:30'],
  ['清点库存', null],
  ['18:00 清点的库存', null],
])('“%s”要在 %s 前办好', (words, due) => {
  expect(watch(dueSaid(words, NOW))).toBe(due);
});

describe('a person', () => {
  const [first] = [...ROSTER.people.values()];
  const name = first?.name ?? '';
  test.each([`@${name} 清点库存`, `＠${name}清点库存`, `${name}，清点库存`])('“%s” names one and leaves the rest', (words) => {
    expect(personAt(ROSTER, words, '')).toEqual({ is: 'someone', person: first?.id, rest: '清点库存' });
  });
  test('is found by the @ anywhere in the words', () => {
    expect(mentionedIn(ROSTER, `清点库存 @${name} 18:00前`, '')).toEqual({ is: 'someone', person: first?.id, rest: '清点库存 18:00前' });
    expect(mentionedIn(ROSTER, '清点库存', '')).toBeNull();
  });
  test('whom nobody knows, or of whom there are two, is asked back', () => {
    expect(personAt(ROSTER, '@无此人 清点', '#1 任务')).toMatchObject({ is: 'refusal', code: 'which_person', hint: '#1 任务' });
    const twin = { ...ROSTER, people: new Map([...ROSTER.people, ['twin', { id: 'twin', name, post: '组员', phone: null }]]) };
    expect(personAt(twin, `@${name}`, '')).toMatchObject({ code: 'which_person', whom: [first?.id, 'twin'] });
  });
});

describe('a name of the plan', () => {
  const parties = [
    { id: 'gov', zh: '市政府' },
    { id: 'prov', zh: '省市场监督管理局' },
    { id: 'city', zh: '市市场监督管理局' },
  ];
  test.each([
    ['市政府 已送', 'gov', '已送'],
    ['政府 已送', 'gov', '已送'],
    ['省市场监督管理局已送', 'prov', '已送'],
    ['市场监督 已送', null, null],
    ['省 已送', null, null],
  ])('“%s” means %s', (words, id, rest) => {
    const found = namedAt(parties, words);
    expect([found?.found.id ?? null, found?.rest ?? null]).toEqual([id, rest]);
  });
  test('several are read as far as they reach', () => {
    expect(allNamedAt(parties, '市政府、省市场监督管理局 其他').found.map((p) => p.id)).toEqual(['gov', 'prov']);
  });
});

test.each([
  ['2 已下架', 'b', '已下架'],
  ['第2项已下架', 'b', '已下架'],
  ['#１', 'a', ''],
  ['3 已下架', null, null],
  ['2点办完', null, null],
  ['22:40 办完', null, null],
])('“%s”', (words, found, rest) => {
  const number = numberAt(['a', 'b'], words);
  expect([number?.found ?? null, number?.rest ?? null]).toEqual([found, rest]);
});
