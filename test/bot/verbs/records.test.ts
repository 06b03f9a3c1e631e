/** Work records as they are typed: which one is meant, which step, and what a new one is opened with. */
import { expect, test } from '@jest/globals';
import type { Turn } from '../../../src/bot/turn';
import { parse } from '../../../src/bot/verbs/parse';
import { recordsShown } from '../../../src/bot/verbs/records';
import type { Said } from '../../../src/bot/verbs/row';
import { verbOf } from '../../../src/bot/verbs/table';
import type { IncidentCommand } from '../../../src/core/incident/commands';
import { HOUR } from '../../../src/core/instant';
import { activated, clock, type Given, given, levelSet, ROSTER, RULES, reported } from '../../core/builders';
import { enter, open } from '../../core/incident/recordBuilders';

const NOW = clock('09:30');
const HQ = { room: 'hq' };
const running = given(reported(), levelSet(3), activated())
  .after('coord1', open('liaison'), HQ)
  .after('coord1', open('liaison'), HQ)
  .after('op1', open('holding_statement'), HQ)
  .after('cons2', open('scheme'), HQ)
  .after('cons2', open('scheme'), HQ);

/** What a sentence of the duty room becomes: a command, or the code of a refusal. */
function typed(words: string, g: Given = running): Partial<IncidentCommand> | string {
  const { verb, rest } = parse(words);
  const ids = Array.from({ length: 40 }, (_, i) => `id${i}`);
  const deps = { ids: { next: () => ids.pop() ?? '' }, digest: { of: (text: string) => text } };
  const turn = { roster: ROSTER, heardAt: NOW, at: NOW, person: 'coord1', deps } as unknown as Turn;
  const said: Said = { turn, rules: RULES, state: g.state, rest, call: null, via: 'text', confirmed: false };
  const built = verbOf(verb ?? '')?.build?.(said);
  if (built === undefined) throw new Error(`no verb in ${words}`);
  return built.is === 'refusal' ? built.code : built.command;
}

const idOf = (kind: string, n: number): string =>
  Object.values(running.state.records).find((record) => record.kind === kind && record.n === n)?.id ?? 'none';

test.each<[string, object | string]>([
  [
    '联络 公安部门 请派员维持秩序 今天18点前',
    { type: 'OpenRecord', kind: 'liaison', to: { kind: 'party', id: 'police' }, dueAt: clock('18:00') },
  ],
  ['联络 2 答复 已派6人 李警官 9:20', { type: 'EnterRecord', record: idOf('liaison', 2), move: 'answer', doneAt: clock('09:20') }],
  ['联络2 答复 已派6人', { type: 'EnterRecord', record: idOf('liaison', 2), move: 'answer', doneAt: null }],
  ['联络 第1号 已派6人', { type: 'EnterRecord', record: idOf('liaison', 1), move: 'answer' }],
  ['联络 9 答复 已派6人', 'no_such_record'],
  ['联络 答复 已派6人', 'which_number'],
  ['抄告 @消保科 另有三家', { kind: 'copy_notice', to: { kind: 'person', id: 'cons1' } }],
  ['抄告@新闻宣传科 另有三家', { kind: 'copy_notice', to: { kind: 'person', id: 'press1' } }],
  ['抄告 法律咨询组 另有三家', { kind: 'copy_notice', to: { kind: 'person', id: 'legal1' } }],
  ['抄告 卫生部门 另有三家', { kind: 'copy_notice', to: { kind: 'party', id: 'health' } }],
  ['抄告 @彭访客 另有三家', { kind: 'copy_notice', to: { kind: 'person', id: 'guest1' } }],
  [
    '督办 陕州 请核查同名门店 明天9点前',
    { kind: 'supervision', to: { kind: 'county', id: 'shanzhou' }, dueAt: clock('2026-03-12T09:00:00+08:00') },
  ],
  ['督办陕州 请核查', { kind: 'supervision', to: { kind: 'county', id: 'shanzhou' } }],
  [
    '方案 分区劝离 @秦现一 劝离人群 2小时内；@许查一 封存账册 18:00前',
    { kind: 'scheme', division: [{ owner: 'site1' }, { owner: 'inv1', dueAt: clock('18:00') }] },
  ],
  ['方案 分区劝离 @秦现一 劝离人群', 'due_required'],
  ['方案 分区劝离 @秦现一', 'what_required'],
  ['方案 分区劝离 @无名氏 劝离 2小时内', 'which_person'],
  ['方案 下达', { type: 'EnterRecord', record: idOf('scheme', 2), move: 'issue' }],
  ['方案 1 下达', { type: 'EnterRecord', record: idOf('scheme', 1), move: 'issue' }],
  ['口径 审核通过 事实无误', { type: 'EnterRecord', record: idOf('holding_statement', 1), move: 'check' }],
  ['口径 批准', 'no_such_record'],
  ['口径 1 再想想', 'which_move'],
  ['口径 1', 'which_move'],
  ['物资 申领 帐篷10顶 18:00前', { kind: 'goods', amount: { value: 10, unit: '顶' }, dueAt: clock('18:00') }],
  ['物资 3箱口罩', { type: 'OpenRecord', kind: 'goods', amount: { value: 3, unit: '箱' } }],
  ['专项监测 2小时 优选团下架商品 @施舆二', { kind: 'targeted_monitoring', every: 2 * HOUR, to: { kind: 'person', id: 'op2' } }],
  ['证据 收银台监控硬盘 封存 @何查二 9:10', { kind: 'evidence', to: { kind: 'person', id: 'inv2' }, takenAt: clock('09:10'), hash: null }],
  ['证据 附件', 'no_upload'],
  ['法律咨询 关于口径1 能否点名', { kind: 'legal_question', about: idOf('holding_statement', 1), to: null }],
  ['公文 收 市政府 关于加强值守的通知', { kind: 'document', incoming: true, to: { kind: 'party', id: 'gov' } }],
  ['公文 发 市政府 报告', { kind: 'document', incoming: false, to: { kind: 'party', id: 'gov' } }],
  ['简报 编发 秩序平稳', { kind: 'bulletin', type: 'OpenRecord' }],
])('%s', (words, expected) => {
  if (typeof expected === 'string') expect(typed(words)).toBe(expected);
  else expect(typed(words)).toMatchObject(expected);
});

test('逾期原因单独成文，舆情各项按标签分开', () => {
  const late = typed('联络 1 答复 已到 逾期原因：路上拥堵');
  expect(late).toMatchObject({ words: { id: expect.any(String) }, lateReason: { id: expect.any(String) } });
  const sheet = typed('舆情 来源：微博话题 热度：12万');
  expect(Object.keys((sheet as { readonly parts: object }).parts)).toEqual(['来源', '热度']);
});

test('只输入种类是查看，简报是看当前情况', () => {
  expect(recordsShown('record_evidence', '')).toEqual({ what: 'record_list', kind: 'evidence' });
  expect(recordsShown('record_bulletin', '')).toEqual({ what: 'summary', kind: 'bulletin' });
  expect(recordsShown('record_bulletin', '清单')).toEqual({ what: 'record_list', kind: 'bulletin' });
  expect(recordsShown('record_evidence', '硬盘')).toBeNull();
  expect(recordsShown('task', '')).toBeNull();
});

test('已经答复的不再等答复', () => {
  const [first] = Object.values(running.state.records).filter(({ kind }) => kind === 'liaison');
  if (first === undefined) throw new Error('no liaison');
  const answered = running.after('coord1', enter(first, 'answer'), HQ);
  expect(typed('联络 答复 已派6人', answered)).toMatchObject({ record: idOf('liaison', 2) });
});
