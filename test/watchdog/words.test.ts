/** What the duty room reads from the watchdog. */
import { expect, test } from '@jest/globals';
import { alarmText, moreText, overText } from '../../src/watchdog/words';
import { dead, NOW, ring, sight } from './sight';

const SILENT = [
  { id: 'silent:work' as const, since: NOW - 90_000 },
  { id: 'silent:web' as const, since: NOW - 90_000 },
];

test('a silence says since when, what was missed, and whom to ring by masked numbers: who is on duty first, then who owes it', () => {
  const seen = sight({ instances: [dead()], rings: { count: 1, first: [ring()] }, inbox: { count: 2, oldest: NOW } });
  expect(alarmText(SILENT, seen).split('\n')).toEqual([
    '【看门狗】主程序 22:58 起没有响应，收不到新消息，提醒和催办都已停下。',
    '没有发出的提醒 1 项：',
    '#3 任务签收：22:59 应提醒，23:05 到期',
    '没有处理的消息 2 条。',
    '请电话联系（完整号码见值班通讯录）：',
    '周值一（值班员）100****0001',
    '郑带班（带班领导）100****0003',
    '华湖一（湖滨区局局长）100****0025',
    '请维护人员查看烽火主程序；恢复后在此说明。',
  ]);
});

test('an orderly stop is called a stop, a role that owes is led to its holders, a drill is marked, and another day is named', () => {
  const seen = sight({
    instances: [dead({ stoppedAt: NOW - 60_000 })],
    rings: { count: 1, first: [ring({ mode: 'drill', owner: 'section_in_charge', dueAt: NOW - 86_400_000, kind: 'unnamed' })] },
  });
  const text = alarmText(SILENT, seen);
  expect(text).toContain('已停止运行');
  expect(text).toContain('【演练】#3 unnamed：22:59 应提醒，已逾期，应于 07-31 23:00 完成');
  expect(text).toContain('卫网一（网监科科长）未登记电话');
});

test('however much is missed, the message fits the webhook and says how much is left out', () => {
  const many = Array.from({ length: 40 }, (_, i) => ring({ n: i + 1, kind: '一个名称特别特别特别特别特别特别特别特别特别长的环节' }));
  const text = alarmText(SILENT, sight({ instances: [dead()], rings: { count: 300, first: many } }));
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_900);
  expect(text).toMatch(/没有发出的提醒 300 项/);
  expect(text).toContain('请维护人员查看烽火主程序');
});

test('a room that is not full gets the secrecy line', () => {
  expect(alarmText(SILENT, sight({ isFullRoom: false }))).toMatch(/非涉密渠道，严禁传递国家秘密和工作秘密$/);
});

test('the end of a silence says how long it was', () => {
  expect(overText(SILENT, sight({ realNow: NOW + 930_000, now: NOW + 930_000 }))).toBe(
    '【看门狗】主程序已恢复，自 22:58 起约 17 分钟；停顿期间到点的提醒由主程序补发。',
  );
});

test('on a moved clock all times are those people see', () => {
  expect(alarmText(SILENT, sight({ now: NOW + 7_200_000 }))).toContain('主程序 00:58 起没有响应');
});

test('what comes due while the silence lasts is told with its own people', () => {
  const text = moreText(sight(), NOW - 90_000, [ring()]);
  expect(text).toContain('主程序仍未恢复（22:58 起），又有 1 项提醒没有发出');
  expect(text).toContain('华湖一（湖滨区局局长）100****0025');
});

test('without a database the last known people are named', () => {
  expect(alarmText([{ id: 'blind', since: NOW - 60_000 }], sight())).toContain('数据库 22:59 起无法连接');
  expect(alarmText([{ id: 'blind', since: 0 }], null)).toContain('数据库无法连接');
});
