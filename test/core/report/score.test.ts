import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parseLines } from '../../../src/cli/parse';
import { LEXICON, shippedRulebooks } from './bureau';

const FIXTURES = join(__dirname, '../../fixtures/reports');
/** Floors a little below what the reader reaches; `fresh-150.jsonl` was written apart from it and is known to it by now. */
const FLOORS = [
  ['dev.jsonl', 99],
  ['fresh-150.jsonl', 96],
] as const;

test.each(FLOORS)('带标注的信息 %s 解析得分不低于 %d', (file, floor) => {
  const gold = join(FIXTURES, file);
  const folder = mkdtempSync(join(tmpdir(), 'fenghuo-score-'));
  try {
    const predictions = join(folder, 'predictions.jsonl');
    writeFileSync(predictions, parseLines(readFileSync(gold, 'utf8'), 'jsonl', 0, LEXICON, shippedRulebooks()));
    const printed = execFileSync(process.execPath, [join(FIXTURES, 'score.mjs'), gold, predictions, '--json'], { encoding: 'utf8' });
    const { overall } = JSON.parse(printed) as { overall: number };
    process.stdout.write(`${file} 解析总分 ${overall.toFixed(2)}\n`);
    expect(overall).toBeGreaterThanOrEqual(floor);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('逐行读入普通文字时，以行号为编号，空行略过', () => {
  const out = parseLines(
    '收到，马上安排\n\n今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集\n',
    'text',
    Date.parse('2026-03-11T09:12:00+08:00'),
    LEXICON,
    shippedRulebooks(),
  );
  const [ack, report] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(ack).toMatchObject({ id: '1', kind: 'ack' });
  expect(report).toMatchObject({
    id: '3',
    kind: 'report',
    fields: { occurredAt: '2026-03-11T08:30+08:00', plan: 'consumer_mass', level: 3 },
  });
});

test('逐行读入普通文字时，每个字段写明把握和所依规则，过长的注明读到哪里', () => {
  const line = `今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集${'。'.repeat(100_000)}`;
  const told = JSON.parse(parseLines(line, 'text', Date.parse('2026-03-11T09:12:00+08:00'), LEXICON, shippedRulebooks()));
  expect(told.found.peopleInvolved).toEqual({ confidence: expect.any(Number), rule: expect.any(String) });
  expect(told.notes).toEqual([{ is: 'cut', at: 100_000 }]);
});

test('读不懂的一行会指出是第几行', () => {
  expect(() => parseLines('{"id":"a","text":"收到"}\n{坏行', 'jsonl', 0, LEXICON, shippedRulebooks())).toThrow('第 2 行不是 JSON');
});
