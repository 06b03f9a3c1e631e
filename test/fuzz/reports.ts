/** Mutated duty-group messages against the report reader: none may throw, none may take more than 50 ms of CPU time in three runs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suggestAmong } from '../../src/core/grading/suggest';
import { readReport } from '../../src/core/report/read';
import { LEXICON, shippedRulebooks } from '../core/report/bureau';
import { damageText, pick, type Roll } from './chance';
import { ODD_WORDS } from './corpus';
import type { Target } from './target';

/** CPU microseconds of one reading. */
const LIMIT_MICROS = 50_000;
const PIECES = (
  '“ ” 《 》 【 】 ( ) , 。 ; : ! ? \\n ① 、 … 1 0 9 １２ 三四十 一万八 近200 不足 十五六个 余 多 来 几 数 亿 万 % 元 人 名 户 例 件 年 月 日 号 时 点 分 半 前 内 ' +
  '今天 昨晚 上周五 双十一 正月十五 半小时前 截至 死亡 受伤 无 未 没有 不 已 责令 拟 路 街 县 市 区 省 店 超市 湖滨区 时间: 地点: 措施: 来源: 更正 不对 12315 13900000000 \\u200b \\ud83d \\u0000 APP'
)
  .split(' ')
  .map((p) => p.replace('\\n', '\n').replace('\\u200b', '\u200b').replace('\\ud83d', '\ud83d').replace('\\u0000', '\u0000'));

const texts: readonly string[] = readFileSync(join(__dirname, '../fixtures/reports/dev.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => (JSON.parse(line) as { text: string }).text);
const books = shippedRulebooks();

export const reports: Target = {
  name: 'reports',
  cases: 1_000_000,
  open: async () => ({
    expected: ['read'],
    one: (roll) => {
      const text = mutated(roll);
      const now = roll(4_000_000) * 1_000_000;
      if (micros(text, now) > LIMIT_MICROS && isSlow(text, now)) throw new Error(`slow: ${JSON.stringify(text)}`);
      return 'read';
    },
  }),
};

function mutated(roll: Roll): string {
  let text = roll(50) === 0 ? pick(ODD_WORDS, roll).text.slice(0, 2_000) : pick(texts, roll);
  for (let n = 1 + roll(5); n > 0; n -= 1) text = changed(text, roll);
  return text;
}

function changed(text: string, roll: Roll): string {
  switch (roll(8)) {
    case 0:
      return text.slice(0, roll(text.length + 1)) + pick(texts, roll).slice(roll(40));
    case 1:
      return text + pick(PIECES, roll).repeat(1 + roll(60));
    case 2:
      return [...text].sort(() => roll(2) - 0.5).join('');
    default:
      return damageText(text, PIECES, roll);
  }
}

function micros(text: string, now: number): number {
  const before = process.cpuUsage();
  suggestAmong(books, text, readReport(text, now, LEXICON));
  suggestAmong(books, text, readReport(text, now, LEXICON, 'report'));
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** The least of three runs: once may be the collector of garbage, three times is the text. */
function isSlow(text: string, now: number): boolean {
  return [0, 1, 2].every(() => micros(text, now) > LIMIT_MICROS);
}
