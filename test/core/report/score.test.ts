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
