import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Reading, Span } from '../../../src/core/report/fields';
import { readReport } from '../../../src/core/report/read';
import { LEXICON } from './bureau';

const PIECES = [
  '今早8点半',
  '湖滨区',
  '建设路丰和超市',
  '六十多名',
  '消费者',
  '因',
  '退费',
  '聚集',
  '已派',
  '到场',
  '“',
  '”',
  ',',
  '。',
  '\n',
  '时间:',
  '地点:',
  '措施:',
  '上周五',
  '13900001111',
  '亿',
  '万',
  '２０',
  '①',
  '\ud83d',
  '\u200b',
  '死亡',
  '近',
  '元',
  ' ',
  '更正:',
  '29日',
  '2月30日',
  '农历',
];
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 4 })), { maxLength: 60 }).map((parts) => parts.join('')),
);

function spansOf({ fields, facts }: Reading): readonly Span[] {
  const found = [
    fields.occurredAt,
    fields.place,
    fields.district,
    fields.cause,
    fields.peopleInvolved,
    fields.injured,
    fields.dead,
    fields.amountYuan,
    fields.source,
    fields.contactPhone,
    ...fields.measures,
    ...facts,
  ];
  return found.flatMap((f) => f?.spans ?? []);
}

test('无论收到什么文字都不出错，所引的字都在原文之内', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 0, max: 4e12 }), (text, now) => {
      for (const { start, end } of spansOf(readReport(text, now, LEXICON))) {
        expect(start >= 0 && start <= end && end <= text.length).toBe(true);
      }
    }),
    { numRuns: 3000 },
  );
});

/** CPU milliseconds of one reading, the least of three. */
function cost(text: string): number {
  const runs = [0, 1, 2].map(() => {
    const before = process.cpuUsage();
    readReport(text, Date.parse('2026-03-11T09:12:00+08:00'), LEXICON, 'report');
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...runs);
}

test.each([
  '六十多名消费者,',
  '湖滨区建设路',
  '“',
  '十',
  '8点半',
  '1',
  '12月3日',
  '(',
  '【',
  '无',
  '已责令',
  ' ',
  '县',
  '时间:',
  '3人受伤,',
  '\n1、',
])('“%s”重复四倍长，读的时间也只长四倍左右', (piece) => {
  const text = (length: number): string => piece.repeat(Math.ceil(length / piece.length));
  cost(text(4000));
  const [short, long] = [cost(text(10_000)), cost(text(40_000))];
  expect(long).toBeLessThan(Math.max(40, 10 * short));
});

test('超过十万字的信息只读前十万字，并说明读到哪里', () => {
  const text = `今早8点，湖滨区建设路丰和超市，60名消费者因退费聚集。${'续'.repeat(120_000)}`;
  const { fields, notes } = readReport(text, Date.parse('2026-03-11T09:12:00+08:00'), LEXICON);
  expect(fields.peopleInvolved?.value).toEqual({ min: 60, max: 60 });
  expect(notes).toEqual([{ is: 'cut', at: 100_000 }]);
  expect(readReport('收到', 0, LEXICON).notes).toEqual([]);
});
