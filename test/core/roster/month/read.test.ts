/** 月值班表: three sheets as offices make them, each with faults planted in it; every one of them is named by its cell. */
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readCalendars } from '../../../../src/config/calendars';
import { readWorkbook } from '../../../../src/config/sheet/workbook';
import { CHANGE_AT, daysOf, readMonth } from '../../../../src/core/roster/month/read';
import { changesOf, monthSpan, withMonth } from '../../../../src/core/roster/month/replace';
import { boundedSheet, type Cell, type Sheet, sheetOf } from '../../../../src/core/roster/month/sheet';
import type { Roster, Shift } from '../../../../src/core/roster/roster';
import { type Written, workbook } from '../../../support/workbook';
import { clock, ROSTER } from '../../builders';

const read = readCalendars(resolve('config'));
const OFFICE: Roster = { ...ROSTER, shifts: [], calendar: read.is === 'ok' ? read.calendar : new Map() };
const AUGUST = clock('2026-08-20T10:00:00+08:00');
const HEADS: readonly Written[] = ['日 期', '星期', '带班领导', '值班员', '副值班', '联系电话'];
const WEEK = '日一二三四五六';

/** The first seven days have two of each; then they take turns. */
function october(): Written[][] {
  return daysOf('2026-10').map((day, i): Written[] => {
    const weekday = `星期${WEEK[new Date(`${day}T00:00:00Z`).getUTCDay()]}`;
    if (i < 7) return [{ day }, weekday, '郑带班、冯带班', '周值一', '吴 值 二', '199 0000 0001'];
    return [{ day }, weekday, i % 2 === 0 ? '郑带班' : ' 冯带班（备班）', i % 2 === 0 ? '周值一 19900000001' : '吴值二', null, null];
  });
}

function sheetFrom(rows: readonly (readonly Written[])[], merged: readonly string[] = []): Sheet {
  const opened = readWorkbook(workbook({ rows, merged }));
  if (opened.is === 'fault') throw new Error(opened.zh);
  return opened.sheet;
}

const faultsOf = (sheet: Sheet, now = AUGUST, office = OFFICE) => readMonth(sheet, office, now).faults.map(({ ref, code }) => [ref, code]);
const TITLE: readonly Written[] = ['三门峡市市场监管局2026年10月份值班表'];

describe('一份排齐的表', () => {
  test('读成每天的班，节日两名值班员、两名带班领导，备注以下不读', () => {
    const rows = [TITLE, HEADS, ...october(), ['备注：值班电话24小时有人接听']];
    const { month, shifts, faults } = readMonth(sheetFrom(rows, ['A1:F1']), OFFICE, AUGUST);
    expect([month, faults]).toEqual(['2026-10', []]);
    expect(shifts).toHaveLength(7 * 4 + 24 * 2);
    expect(shifts.slice(0, 4)).toEqual(
      [
        ['duty1', 'duty_officer'],
        ['duty2', 'duty_officer'],
        ['leader1', 'duty_leader'],
        ['leader2', 'duty_leader'],
      ].map(([person, role]) => ({
        person,
        role,
        from: clock('2026-10-01T08:30:00+08:00'),
        until: clock('2026-10-02T08:30:00+08:00'),
      })),
    );
  });
});

describe('种下的错误逐处指出', () => {
  test('第一张：日期是日期格式，一天一行', () => {
    const rows = october();
    const put = (day: number, column: number, value: Written) => {
      const row = rows[day - 1];
      if (row !== undefined) row[column] = value;
    };
    put(4, 4, null);
    put(8, 3, '周值壹');
    put(10, 2, null);
    put(11, 3, '周值一');
    put(11, 4, '周 值一');
    put(12, 1, '星期日');
    put(13, 3, '王总');
    put(20, 0, { day: '2026-10-19' });
    put(31, 0, { day: '2026-11-01' });
    const faults = readMonth(sheetFrom([TITLE, HEADS, ...rows], ['A1:F1']), OFFICE, AUGUST).faults;
    expect(faults.map(({ ref, code }) => [ref, code]).sort()).toEqual(
      [
        ['A6', 'holiday_single'],
        ['D10', 'unknown_person'],
        ['A12', 'gap'],
        ['E13', 'person_twice'],
        ['B14', 'wrong_weekday'],
        ['D15', 'cannot_fill'],
        ['A22', 'day_twice'],
        ['B22', 'wrong_weekday'],
        ['A32', 'gap'],
        ['A32', 'gap'],
        ['A33', 'wrong_month'],
      ].sort(),
    );
    expect(faults.find(({ code }) => code === 'unknown_person')?.zh).toBe('通讯录里没有“周值壹”，是不是“周值一”');
    expect(faults.filter(({ code }) => code === 'gap').map(({ zh }) => zh)).toEqual([
      '10月10日没有带班领导',
      '缺少10月20日',
      '缺少10月31日',
    ]);
  });

  test('第二张：日期合并两行，带班领导合并一周，标题没有年份', () => {
    const rows = daysOf('2026-10').flatMap((day, i): Written[][] => {
      const date = `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
      if (i >= 7) return [[date, i === 7 ? '郑带班' : null, i % 2 === 0 ? '周值一' : '吴值二']];
      return [
        [date, i === 0 ? '郑带班\n冯带班' : null, '周值一'],
        [null, null, i === 2 ? null : '吴值二'],
      ];
    });
    const dates = Array.from({ length: 7 }, (_, i) => `A${3 + 2 * i}:A${4 + 2 * i}`);
    const merged = ['A1:C1', ...dates, 'B3:B16', 'B17:B40'];
    expect(faultsOf(sheetFrom([['10月值班安排'], ['日期', '带班领导', '值班人员'], ...rows], merged))).toEqual([['A7', 'holiday_single']]);
    const broken = rows.map((row, i) => (i === 20 ? ['10月32日', ...row.slice(1)] : row));
    expect(faultsOf(sheetFrom([['10月值班安排'], ['日期', '带班领导', '值班人员'], ...broken], merged)).sort()).toEqual(
      [
        ['A7', 'holiday_single'],
        ['A23', 'bad_date'],
        ['A40', 'gap'],
      ].sort(),
    );
  });

  test('第三张：只写几号，月中重排：过去的班改不得，照旧的不算错', () => {
    const stands: readonly Shift[] = daysOf('2026-11').flatMap((day): Shift[] => {
      const from = clock(`${day}T08:30:00+08:00`);
      const span = { from, until: from + 24 * 3_600_000 };
      return [
        { person: 'duty1', role: 'duty_officer', ...span },
        { person: 'leader1', role: 'duty_leader', ...span },
      ];
    });
    const office = { ...OFFICE, shifts: stands };
    const rows = daysOf('2026-11').map((_, i): Written[] => [i + 1, '郑带班', i === 3 || i > 20 ? '吴值二' : '周值一']);
    const sheet = sheetFrom([['2026年11月值班表'], ['日期', '带班领导', '值班员'], ...rows]);
    expect(faultsOf(sheet, clock('2026-11-10T12:00:00+08:00'), office)).toEqual([['C6', 'past_day']]);
    expect(faultsOf(sheet, clock('2026-11-04T08:29:00+08:00'), office)).toEqual([]);
    expect(faultsOf(sheet, clock('2026-11-04T08:30:00+08:00'), office)).toEqual([['C6', 'past_day']]);
  });

  test.each([
    ['没有表头', '2026年12月\n1日\t周值一', [['A1', 'no_header']]],
    ['没有月份', '日期\t带班领导\t值班员\n1日\t郑带班\t周值一', [['A1', 'no_month']]],
  ])('%s', (_, text, faults) => expect(faultsOf(sheetOf(text))).toEqual(faults));
});

test('粘贴的文字与表格一样读', () => {
  const lines = daysOf('2026-12').map(
    (day) => `${Number(day.slice(8))}日\t郑带班\t${Number(day.slice(8)) % 2 === 0 ? '吴值二' : '周值一'}`,
  );
  const { month, shifts, faults } = readMonth(
    sheetOf(`2026年12月值班表\r\n日期\t带班领导\t值班员\r\n${lines.join('\r\n')}\r\n`),
    OFFICE,
    AUGUST,
  );
  expect([month, shifts.length, faults]).toEqual(['2026-12', 62, []]);
});

describe('放进值班表', () => {
  const standing: readonly Shift[] = [
    { person: 'duty1', role: 'duty_officer', from: clock('2024-01-01T00:00:00+08:00'), until: null },
    { person: 'leader1', role: 'duty_leader', from: clock('2024-01-01T00:00:00+08:00'), until: null },
  ];
  const span = monthSpan('2026-10', CHANGE_AT);
  const { shifts } = readMonth(sheetFrom([TITLE, HEADS, ...october()]), OFFICE, AUGUST);

  test('只换这个月，长期的班在月前月后照旧，再放一次什么也不变', () => {
    const after = withMonth(standing, shifts, span);
    expect(after.filter(({ person, until }) => person === 'duty1' && until === span.from)).toHaveLength(1);
    expect(after.filter(({ person, from, until }) => person === 'leader1' && from === span.until && until === null)).toHaveLength(1);
    expect(withMonth(after, shifts, span)).toEqual(after);
    expect(changesOf(after, withMonth(after, shifts, span), '2026-10', CHANGE_AT)).toEqual([]);
  });

  test('逐日说明谁换成了谁', () => {
    const changes = changesOf(standing, withMonth(standing, shifts, span), '2026-10', CHANGE_AT);
    expect(changes[0]).toEqual({ day: '2026-10-01', role: 'duty_officer', before: ['duty1'], after: ['duty1', 'duty2'] });
    expect(changes).toHaveLength(14 + 24);
  });
});

describe('过大的表', () => {
  const cell = (ref: string, text: string): Cell => ({ ref, text, area: null, day: null });
  test('五百行、一百列以外不读，一格过长截断，总字数过多不收', () => {
    const wide = Array.from({ length: 101 }, () => cell('A1', '长'.repeat(501)));
    const cut = boundedSheet([wide.slice(0, 3), ...Array.from({ length: 600 }, () => [])]);
    expect(typeof cut === 'string' ? cut : [cut.length, cut[0]?.[0]?.text.length]).toEqual([500, 500]);
    expect(boundedSheet([wide])).toMatchObject([{ length: 100 }]);
    expect(boundedSheet(Array.from({ length: 3 }, () => wide))).toMatch(/^内容过多/);
  });
  test('塞满人名的表也读得完：每一处都说，用时随字数增长', () => {
    const names = '某 '.repeat(250);
    const rows = daysOf('2026-10').map((day) => [cell('A3', day), ...Array.from({ length: 6 }, () => cell('B3', names))]);
    const heads = ['日期', '带班领导', '值班员', '副值班', '值班员1', '值班员2', '值班员3'].map((text) => cell('A1', text));
    const begun = process.cpuUsage();
    expect(faultsOf([heads, ...rows]).length).toBeGreaterThan(0);
    expect(process.cpuUsage(begun).user).toBeLessThan(3_000_000);
  });
});
