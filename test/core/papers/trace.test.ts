/** Nothing in a draft is invented: every figure, moment and name has an event, the roster or the plan behind it. */
import { expect, test } from '@jest/globals';
import type { From, PaperDraft, PaperKind, Part } from '../../../src/core/papers/draft';
import { untraced } from '../../../src/core/papers/trace';
import { PAPERS } from '../../../src/core/plans/schema/papers';
import { longShift } from './dutyLife';
import { longLife } from './life';

const KINDS = Object.keys(PAPERS) as PaperKind[];
const life = longLife();
const duty = longShift(longLife());

const found = (draft: PaperDraft) => untraced(draft, life.record, life.context()).map(({ what }) => what);
const partsOf = (draft: PaperDraft): readonly Part[] =>
  draft.items.flatMap(({ lines, table }) => [...lines, ...(table?.rows.flat() ?? [])].flat());

test.each(KINDS)('%s 里的每个数字、时间、姓名都有出处', (kind) => {
  expect(found(life.draft(kind))).toEqual([]);
  expect(untraced(duty.draft(kind), duty.record, duty.context())).toEqual([]);
});

test('发出去的每一份都有出处，出处指向早于它的事件', () => {
  expect(life.papers.length).toBe(4);
  expect(life.invented).toEqual([]);
  for (const { draft } of life.papers)
    for (const { from } of partsOf(draft)) if (from.is === 'event') expect(from.version).toBeLessThanOrEqual(draft.version);
});

test('看得出是从记录来的：终报的数字、时间、姓名出自十件以上不同的事', () => {
  const versions = partsOf(life.draft('final_report')).flatMap(({ from }) => (from.is === 'event' ? [from.version] : []));
  expect(new Set(versions).size).toBeGreaterThan(10);
});

/** One more part at the end of the first element. */
function planted(text: string, from: From): PaperDraft {
  const draft = life.draft('final_report');
  return { ...draft, items: draft.items.map((item, i) => (i === 0 ? { ...item, lines: [...item.lines, [{ text, from }]] } : item)) };
}
const first: From = { is: 'event', stream: 'incident', n: 1, version: 1 };

test.each<readonly [string, string, From, readonly string[]]>([
  ['凭空的数字', '受伤37人', first, ['37']],
  ['凭空的时间', '3月11日7时07分到场', first, ['3月11日7时07分']],
  ['用汉字写的数字', '另有十七人不适', first, ['十七']],
  ['别的事件才有的数字', '涉及金额150万元', first, ['150']],
  ['没有写进这件事的姓名', '由秦现一报告', first, ['秦现一']],
  ['程序自己的话里的数字', '共5项', { is: 'wording' }, ['5']],
  ['通讯录里没有的号码', '12340000', { is: 'roster' }, ['12340000']],
  ['不存在的事件', '3月11日9时20分', { ...first, version: 999 }, ['3月11日9时20分']],
  ['预案里没有的数字', '限98765分钟', { is: 'plan' }, ['限98765分钟']],
  ['预案里没有的单位', '第7号单位', { is: 'plan' }, ['第7号单位']],
  ['通讯录里没有的职务', '周值一（局长）', { is: 'roster' }, ['周值一（局长）']],
  ['算错的人数', '点名99人', { is: 'count', stream: 'incident', n: 1, version: 1 }, ['99']],
  ['改过的期限', '3月19日1时01分前', { is: 'due', key: 'final_report' }, ['3月19日1时01分']],
  ['别的文书的日期', '3月11日1时01分报送', { is: 'paper', id: 'paper-1' }, ['3月11日1时01分']],
])('查得出：%s', (_, text, from, strange) => {
  expect(found(planted(text, from))).toEqual(strange);
});

test('查得出标题里凭空的数字', () => {
  expect(found({ ...life.draft('final_report'), title: '关于37人聚集事件的报告' })).toEqual(['37']);
});

test('事件里排次序用的数不算说过的数：位置、级次、编号都不能当作出处', () => {
  const spans = life.record.events[0]?.event;
  if (spans?.type !== 'IncidentReported') throw new Error('the first event is the report');
  const at = spans.fields.place?.spans[0];
  expect(found(planted(`另有${at?.end}人`, first))).toEqual([`${at?.end}`]);
});

test('人写的字里有记录没有的数字，提醒拟稿人；与记录不一致的也提醒', () => {
  const hand = { requests: { text: '请求增派37名执法人员', by: 'duty1' }, harm: { text: '受伤9人', by: 'duty1' } };
  const draft = life.draft('first_report', { hand });
  expect(draft.warnings.filter(({ code }) => code === 'untraced').map(({ key }) => key)).toEqual(['harm', 'requests']);
  expect(draft.warnings.filter(({ code }) => code === 'against_record').map(({ key }) => key)).toContain('harm');
  expect(life.draft('first_report').warnings.map(({ code }) => code)).not.toContain('untraced');
});

test('原文销毁以后写明已销毁，不猜', () => {
  const draft = life.draft('termination_notice', { texts: new Map() });
  expect(JSON.stringify(draft)).toContain('（原文已销毁）');
  expect(draft.warnings.map(({ code }) => code)).toContain('words_erased');
  expect(untraced(draft, life.record, life.context({ texts: new Map() }))).toEqual([]);
});
