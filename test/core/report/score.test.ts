import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parseLines } from '../../../src/cli/parse';
import { LEXICON, shippedRulebooks } from './bureau';

const FIXTURES = join(__dirname, '../../fixtures/reports');
const FLOOR = 90;

test(`带标注的 60 条信息解析得分不低于 ${FLOOR}`, () => {
  const gold = join(FIXTURES, 'dev.jsonl');
  const folder = mkdtempSync(join(tmpdir(), 'fenghuo-score-'));
  try {
    const predictions = join(folder, 'predictions.jsonl');
    writeFileSync(predictions, parseLines(readFileSync(gold, 'utf8'), 'jsonl', 0, LEXICON, shippedRulebooks()));
    const printed = execFileSync(process.execPath, [join(FIXTURES, 'score.mjs'), gold, predictions, '--json'], { encoding: 'utf8' });
    const { overall } = JSON.parse(printed) as { overall: number };
    process.stdout.write(`报告解析总分 ${overall.toFixed(2)}\n`);
    expect(overall).toBeGreaterThanOrEqual(FLOOR);
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

test('读不懂的一行会指出是第几行', () => {
  expect(() => parseLines('{"id":"a","text":"收到"}\n{坏行', 'jsonl', 0, LEXICON, shippedRulebooks())).toThrow('第 2 行不是 JSON');
});
