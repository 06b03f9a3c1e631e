/** 续报 tell what changed and nothing twice; 终报 is whole; a correction says what was and what is. */
import { expect, test } from '@jest/globals';
import { recordsOf } from '../../../src/core/incident/records/find';
import { contradictions, statedIn } from '../../../src/core/papers/contradictions';
import { differencesOf } from '../../../src/core/papers/differences';
import { type PaperDraft, textOf } from '../../../src/core/papers/draft';
import { rechecked } from '../../../src/core/papers/draftPaper';
import { amount, figuresUpTo } from '../../../src/core/papers/figures';
import { officialPaper } from '../../../src/core/papers/officialPaper';
import { numeralZh } from '../../../src/core/papers/title';
import { DETAILS, Life, longLife } from './life';

const life = longLife();
const sent = life.papers.map(({ draft }) => draft);
const [first, one, two, three] = sent;
const linesOf = (draft: PaperDraft | undefined, key: string): readonly string[] =>
  draft?.items.find((item) => item.key === key)?.lines.map(textOf) ?? [];

test('续报依次编号，一份接一份，时段首尾相接', () => {
  expect(sent.map(({ serial }) => serial)).toEqual([null, 1, 2, 3]);
  expect(three?.title).toBe('关于湖滨区闭店跑路事件的报告（续报三）');
  const spans = [one, two, three].map((draft) => linesOf(draft, 'span')[0]?.split('至') ?? []);
  expect(spans[1]?.[0]).toBe(spans[0]?.[1]);
  expect(spans[2]?.[0]).toBe(spans[1]?.[1]);
});

test('三份续报没有一句重复首报的经过，也不互相重复', () => {
  const said = sent.map((draft) => ['course', 'figures', 'facts', 'measures', 'opinion'].flatMap((key) => linesOf(draft, key)));
  const all = said.flat().filter((line) => !['无', '正在核实'].includes(line));
  expect(all.length).toBeGreaterThan(10);
  expect(new Set(all).size).toBe(all.length);
  const story = linesOf(first, 'course')[0] ?? '';
  for (const draft of [one, two, three]) expect(JSON.stringify(draft)).not.toContain(story.slice(0, 12));
});

test('数字写由多少变为多少，不确定的保留原话，没有变的不写', () => {
  expect(linesOf(one, 'figures')).toEqual([
    '受伤由3人变为5人（3月11日9时38分）',
    '涉及金额由约120万元变为约150万元（3月11日9时38分）',
    '现场聚集由近200名变为150人（3月11日9时41分）',
  ]);
  expect(linesOf(three, 'figures')).toEqual(['涉及金额由约150万元变为180万元（3月11日10时28分）']);
  expect(linesOf(two, 'facts')).toEqual(['地点由黄河路某健身中心更正为黄河东路88号']);
});

test('上一份报出以后没有新的记录，提醒；没有报过首报，也提醒', () => {
  const again = longLife();
  again.sends('progress_report');
  expect(again.draft('progress_report').warnings.map(({ code }) => code)).toContain('nothing_new');
  const early = new Life().reports('湖滨区某超市3人腹泻');
  expect(early.draft('progress_report').warnings.map(({ code }) => code)).toContain('no_earlier');
});

test('没有报出的草稿不算：续报仍从最后一份报出的写起', () => {
  const draft = life.draft('progress_report', { earlier: life.papers.map((paper, i) => (i === 3 ? { ...paper, sentAt: null } : paper)) });
  expect(linesOf(draft, 'figures')).toContain('涉及金额由约150万元变为180万元（3月11日10时28分）');
});

test('终报的每个数字都是记录里最后的数字，经过从接报写到终止', () => {
  const stated = statedIn(life.draft('final_report'));
  const figures = figuresUpTo(life.record);
  expect(stated.size).toBeGreaterThan(3);
  for (const [measure, { interval }] of stated) {
    const newest = figures.get(measure)?.at(-1);
    if (newest !== undefined) expect([measure, interval]).toEqual([measure, newest.step.fact.interval]);
  }
  const course = linesOf(life.draft('final_report'), 'course');
  expect(course[0]).toContain('接报');
  expect(course.at(-1)).toContain('决定终止应急响应');
  for (const words of ['定为较大', '启动较大（Ⅲ级）应急响应', '批示', '调整为重大']) expect(course.join()).toContain(words);
});

test('更正补报写明更正哪一份、由什么改为什么、为什么', () => {
  const earlier = longLife();
  earlier.figures('受伤7人');
  const draft = earlier.draft('correction', { about: 'paper-4' });
  expect(linesOf(draft, 'paper')).toEqual([`《${three?.title}》，3月11日10时33分报送`]);
  expect(linesOf(draft, 'figures').join()).toMatch(/^受伤由6人变为7人/);
  expect(linesOf(draft, 'why').join()).toMatch(/受伤7人/);
});

test('两份同一时刻的文书数字不一致，逐项指出；一致的不指', () => {
  const a = { id: 'a', draft: life.draft('first_report') };
  const other = { ...a.draft, items: a.draft.items.map((item) => ({ ...item, lines: item.lines.map((line) => line.map(raised)) })) };
  expect(contradictions([a, { id: 'b', draft: life.draft('final_report') }])).toEqual([]);
  expect(contradictions([a, { id: 'b', draft: other }])).toEqual([{ measure: 'injured', papers: ['a', 'b'], texts: ['6人', '16人'] }]);
  const hand = life.draft('final_report', { hand: { harm: { text: '共有9人受伤', by: 'duty1' } } });
  expect(contradictions([a, { id: 'c', draft: hand }])).toContainEqual({ measure: 'injured', papers: ['a', 'c'], texts: ['6人', '9人'] });
  const later = { ...other, version: other.version + 1, at: other.at + 60_000 };
  expect(contradictions([a, { id: 'b', draft: later }])).toEqual([]);
});

/** Six injured become sixteen. */
function raised(part: PaperDraft['note'][number]): PaperDraft['note'][number] {
  const { states } = part;
  return states?.measure !== 'injured' ? part : { ...part, text: '16人', states: { ...states, interval: { min: 16, max: 16 } } };
}

test('两版之间逐项比对：改了的、加了的、去掉的', () => {
  const before = life.draft('first_report');
  const after = life.draft('first_report', { hand: { requests: { text: '请省局派员指导', by: 'duty1' } } });
  expect(differencesOf(before, after)).toEqual([{ key: 'requests', heading: '请求事项', from: '无', to: '请省局派员指导' }]);
  expect(differencesOf(before, before)).toEqual([]);
  const less = { ...before, items: before.items.filter(({ key }) => key !== 'trend') };
  expect(differencesOf(before, less)).toEqual([{ key: 'trend', heading: '趋势', from: expect.any(String), to: null }]);
  expect(differencesOf(less, before)).toEqual([{ key: 'trend', heading: '趋势', from: null, to: expect.any(String) }]);
});

test('首报排成三段连写，标题、主送、日期按公文写法', () => {
  const paper = officialPaper(first ?? life.draft('first_report'), { ...DETAILS, signedAt: life.context().now });
  expect(paper.body.map(({ is }) => is)).toEqual(['heading', 'paragraph', 'heading', 'paragraph', 'heading', 'paragraph']);
  expect(paper.body[0]).toEqual({ is: 'heading', level: 1, text: '一、基本情况' });
  expect(paper.to).toEqual(['市政府', '省市场监督管理局']);
  expect(paper.date).toBe('2026年3月12日');
});

test('改稿以后重新提醒：没有出处的数字、与记录不一致的数字', () => {
  const draft = life.draft('first_report');
  const harm = { lines: [[{ text: '受伤19人', from: { is: 'hand' as const, by: 'duty1' } }]] };
  const changed = { ...draft, items: draft.items.map((item) => (item.key === 'harm' ? { ...item, ...harm } : item)) };
  const codes = rechecked(changed, life.record, life.context()).warnings.map(({ code }) => code);
  expect(codes).toEqual(expect.arrayContaining(['untraced', 'against_record']));
  expect(rechecked(draft, life.record, life.context())).toEqual(draft);
});

test('不求一页的不提醒，首报写得太长提醒', () => {
  const long = new Life().reports(`湖滨区某超市聚集60人，${'现场情况复杂，'.repeat(60)}请核实`);
  expect(long.draft('first_report').warnings.map(({ code }) => code)).toContain('too_long');
  expect(long.draft('final_report').warnings.map(({ code }) => code)).not.toContain('too_long');
  const short = new Life().reports('湖滨区某超市3名顾客食用凉菜后腹泻');
  expect(short.draft('first_report').warnings.map(({ code }) => code)).not.toContain('too_long');
});

test.each([
  ['近200人围在门口', 0, 5, { min: 180, max: 200 }, '近200人'],
  ['约有300户', 2, 6, { min: 300, max: 300 }, '约有300户'],
  ['大约300人', 2, 6, { min: 300, max: 300 }, '大约300人'],
  ['六十多名家长', 0, 4, { min: 60, max: 69 }, '六十多名'],
  ['12人受伤', 0, 3, { min: 12, max: 12 }, '12人'],
  ['50人以上', 0, 3, { min: 50, max: null }, '50人以上'],
])('%s 写作原话或准数', (text, start, end, interval, shown) => {
  expect(amount(text, [{ start, end }], interval, '人')).toBe(shown);
});

test('没有原话的范围写成范围', () => {
  expect(amount(null, [], { min: 60, max: 69 }, '人')).toBe('60至69人');
  expect(amount(null, [], { min: null, max: 70 }, '人')).toBe('不足70人');
  expect(amount(null, [], { min: 1_200_000, max: 1_200_000 }, '元')).toBe('120万元');
});

test('简报一期接一期，号码不断；方案的版次就是它的号', () => {
  const busy = longLife();
  busy.opens('coord1', 'bulletin', '次日情况');
  const bulletins = recordsOf(busy.given.state, 'bulletin');
  expect(bulletins.map(({ id }) => officialPaper(busy.draft('work_bulletin', { about: id }), DETAILS))).toMatchObject([
    { form: 'bulletin', masthead: '应急工作情况简报', issue: '第1期' },
    { form: 'bulletin', masthead: '应急工作情况简报', issue: '第2期' },
  ]);
  expect([busy.sends('work_bulletin'), busy.sends('work_bulletin'), busy.sends('work_bulletin')].map(({ serial }) => serial)).toEqual([
    1, 2, 3,
  ]);
  expect(busy.draft('handling_scheme', { about: recordsOf(busy.given.state, 'scheme')[0]?.id ?? '' }).title).toContain('（第一版）');
});

test('没有报过的，数字和事实只写接报以后变了的', () => {
  const fresh = new Life().reports('湖滨区某超市3名顾客腹泻').figures('5人受伤');
  expect(linesOf(fresh.draft('progress_report'), 'facts')).toEqual(['无']);
  expect(linesOf(fresh.draft('progress_report'), 'figures').join()).toMatch(/由3.*变为5人/);
});

test('续报的序号用汉字', () => {
  expect([1, 9, 10, 11, 20, 21, 99].map(numeralZh)).toEqual(['一', '九', '十', '十一', '二十', '二十一', '九十九']);
});
