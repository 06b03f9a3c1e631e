/** What people type at night: any width, any spaces, the number before or after the word. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { HEARD } from '../../../src/bot/verbs/lexicon';
import { parse, quotedNumber } from '../../../src/bot/verbs/parse';
import { VERBS } from '../../../src/bot/verbs/table';

test.each([
  ['收到', 'acknowledge', null, ''],
  ['＃１２ 收到', 'acknowledge', 12, ''],
  ['#12收到。', 'acknowledge', 12, ''],
  ['进展 #12 已到现场', 'progress', 12, '已到现场'],
  ['#3 定级Ⅲ', 'set_level', 3, 'Ⅲ'],
  ['调级 Ⅱ 聚集扩大', 'change_level', null, 'Ⅱ 聚集扩大'],
  ['确认1234', 'confirm', null, '1234'],
  ['确认 １２３４', 'confirm', null, '１２３４'],
  ['确认有三十多人聚集', null, null, '确认有三十多人聚集'],
  ['启\u200b动', 'activate', null, ''],
  ['启动响应', 'activate', null, ''],
  ['补充：又来二十人', 'supplement', null, '又来二十人'],
  ['补充调查情况如下', null, null, '补充调查情况如下'],
  ['今早8点半,湖滨区有人聚集', null, null, '今早8点半,湖滨区有人聚集'],
  ['#12345678 收到', null, null, '#12345678 收到'],
])('“%s”读作 %s，编号 %s', (typed, verb, n, rest) => {
  expect(parse(typed)).toMatchObject({ verb, n, rest });
});

test.each([
  // dictation
  ['收道', 'acknowledge', ''],
  ['启洞', 'activate', ''],
  ['中止 群众已散去', 'terminate', '群众已散去'],
  ['定及 Ⅲ', 'set_level', 'Ⅲ'],
  ['定及Ⅲ', 'set_level', 'Ⅲ'],
  ['近展：已到现场', 'progress', '已到现场'],
  ['台帐', 'register', ''],
  ['代办', 'owed', ''],
  ['邦助', 'help', ''],
  ['０报告', 'report_zero', ''],
  ['啟動', 'activate', ''],
  // blanks, width, courtesy, tails
  ['定 级 Ⅱ 聚集扩大', 'set_level', 'Ⅱ 聚集扩大'],
  ['值 班 日 志', 'duty_log_shown', ''],
  ['请启动', 'activate', ''],
  ['麻烦，列表', 'list', ''],
  ['机器人 状态。', 'status', ''],
  ['你好，帮我 待办', 'owed', ''],
  ['启动吧！', 'activate', ''],
  ['核实一下', 'verify', ''],
  ['ＨＥＬＰ', 'help', ''],
  // the longest word wins
  ['预警解除 已平息', 'lift_warning', '已平息'],
  ['预警 解除管控前注意', 'warn', '解除管控前注意'],
  ['不同意终止 还有人', 'refuse_end', '还有人'],
  ['退回转办 不归他们', 'transfer_back', '不归他们'],
  ['退回任务 2', 'return_task', '2'],
  ['确认口头批准', 'confirm_oral', ''],
  ['确认收到', 'acknowledge', ''],
])('“%s”是 %s', (typed, verb, rest) => {
  expect(parse(typed)).toMatchObject({ verb, rest });
});

test.each([
  '启东市一饭店三人中毒',
  '进站旅客聚集',
  '中止服务引发投诉',
  '并按要求处置',
  '请求支援',
  '请问怎么上报',
  '请各组收到后回复',
  '收到一起投诉',
  '代办点关门',
  '值班经理说',
  '数字货币平台跑路',
  '终止妊娠广告',
  '任务完成情况',
  '你好，这里出事了',
  '手到病除广告被投诉',
])('“%s”不是指令', (typed) => {
  expect(parse(typed)).toMatchObject({ verb: null, rest: typed });
  expect(parse(typed).doubt).toBeUndefined();
});

test.each([
  ['进站 已到现场', '进展', 'progress'],
  ['人物 清点库存', '任务', 'task'],
  ['启东', '启动', 'activate'],
  ['顶级', '定级', 'set_level'],
])('“%s”可能是%s：没有编号时要问一问，有编号就照办', (typed, word, verb) => {
  expect(parse(typed)).toMatchObject({ verb: null, doubt: { verb, word } });
  expect(parse(`#3 ${typed}`)).toMatchObject({ verb, n: 3 });
});

describe('the lexicon', () => {
  const words = new Set(VERBS.flatMap((row) => row.words));
  const slips = HEARD.flatMap(({ sure, unsure = '' }) => `${sure} ${unsure}`.split(' ').filter((slip) => slip !== ''));
  test('puts right only words of the table, and never one that is a verb itself', () => {
    expect(HEARD.filter(({ meant }) => !words.has(meant)).map(({ meant }) => meant)).toEqual([]);
    expect(slips.filter((slip) => words.has(slip))).toEqual([]);
  });
  test('knows each slip for one word only', () => {
    expect(slips.filter((slip, at) => slips.indexOf(slip) !== at)).toEqual([]);
  });
  /** A report under such a heading is taken as one where there is nothing to add to (test/bot/words.test.ts). */
  const NO_LOSS: readonly (string | null)[] = ['report', 'supplement', 'progress', 'record_opinion_sheet'];
  test('takes no first words of any of the labelled reports for a verb', () => {
    const files = ['dev', 'fresh-150', 'fresh-150b', 'fresh-150c'];
    const lines = files.flatMap((file) =>
      readFileSync(join(__dirname, `../../fixtures/reports/${file}.jsonl`), 'utf8')
        .trim()
        .split('\n'),
    );
    const texts = lines.map((line) => JSON.parse(line) as { text: string; kind: string }).filter(({ kind }) => kind === 'report');
    const taken = texts.filter(({ text }) => ![...NO_LOSS, null].includes(parse(text).verb));
    expect(texts.length).toBeGreaterThan(300);
    expect(taken.map(({ text }) => [parse(text).verb, text.slice(0, 12)])).toEqual([]);
  });
});

test('every row says who types it where, and bears the words that help shows', () => {
  const dumb = VERBS.filter(
    ({ who, where, usage, what, help, words }) =>
      who === '' || where.length === 0 || !help.startsWith(usage) || !help.endsWith(what) || words.length === 0,
  );
  expect(dumb.map(({ verb }) => verb)).toEqual([]);
});

test('引用的通知凭编号认出事件', () => {
  expect(quotedNumber('#7 先期处置任务\n请处置：华湖一')).toBe(7);
  expect(quotedNumber('没有编号')).toBeNull();
  expect(quotedNumber(null)).toBeNull();
});
