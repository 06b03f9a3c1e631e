/** A calendar file with something wrong in it: each fault with its file, its line and a sentence, all at once. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readCalendars } from '../../src/config/calendars';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fenghuo-calendar-'));
  mkdirSync(join(dir, 'calendars'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function faultsOf(name: string, text: string) {
  writeFileSync(join(dir, 'calendars', name), text);
  const read = readCalendars(dir);
  return read.is === 'faults' ? read.faults.map(({ line, code }) => [line, code]) : [];
}

const HEAD = 'year: 2026\nstatus: final\nsource: 某通知\n';

test('一份写错的日历，每一处都说明在哪一行', () => {
  const text = `${HEAD}holidays:
  - { name: 国庆节, days: [2026-10-01, 2026-10-07], statutory: [2026-10-08] }
  - { name: 中秋节, days: [2026-09-27, 2026-09-25], statutory: [2026-09-26] }
  - { name: 元旦, days: [2025-12-20, 2026-01-03], statutory: [2026-01-01] }
workdays:
  - 2026-10-10
  - 2026-10-12
  - 2026-10-03
  - 2026-10-10
  - 2027-01-02
`;
  expect(faultsOf('2026.yaml', text)).toEqual([
    [5, 'outside'],
    [6, 'order'],
    [6, 'outside'],
    [7, 'wrong_year'],
    [10, 'not_a_weekend'],
    [11, 'both'],
    [12, 'twice'],
    [13, 'wrong_year'],
  ]);
});

test.each([
  [
    '文件名与年份不符',
    '2025.yaml',
    `${HEAD}holidays:\n  - { name: 元旦, days: [2026-01-01, 2026-01-01], statutory: [2026-01-01] }\nworkdays: []\n`,
    [[1, 'wrong_year']],
  ],
  [
    '没有这一天',
    '2026.yaml',
    `${HEAD}holidays:\n  - { name: 元旦, days: [2026-02-30, 2026-03-01], statutory: [2026-03-01] }\nworkdays: []\n`,
    [[5, 'wrong_value']],
  ],
  [
    '多写了一项、少写了一项',
    '2026.yaml',
    `${HEAD}holiday: []\nworkdays: []\n`,
    [
      [1, 'missing'],
      [4, 'unknown_key'],
    ],
  ],
])('%s', (_, name, text, faults) => expect(faultsOf(name, text)).toEqual(faults));

test('节日相互重叠要指出；没有日历文件夹也能用', () => {
  const text = `${HEAD}holidays:
  - { name: 国庆节, days: [2026-10-01, 2026-10-07], statutory: [2026-10-01] }
  - { name: 中秋节, days: [2026-10-06, 2026-10-08], statutory: [2026-10-06] }
workdays: []
`;
  expect(faultsOf('2026.yaml', text)).toEqual([[6, 'overlap']]);
  rmSync(join(dir, 'calendars'), { recursive: true });
  expect(readCalendars(dir)).toEqual({ is: 'ok', calendar: new Map() });
});
