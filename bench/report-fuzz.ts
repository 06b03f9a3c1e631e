/**
 * Mutated duty-group messages against the report reader: none may throw, none may take more than 50 ms of CPU time in three runs.
 * Run: node -r ./bench/typescript.js bench/report-fuzz.ts [how many] [seed]. Exit code 1 when a message breaks either rule.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suggestAmong } from '../src/core/grading/suggest';
import { readReport } from '../src/core/report/read';
import { LEXICON, shippedRulebooks } from '../test/core/report/bureau';

const LIMIT_MICROS = 50_000;
const PIECES = (
  '“ ” 《 》 【 】 ( ) , 。 ; : ! ? \\n ① 、 … 1 0 9 １２ 三四十 一万八 近200 不足 十五六个 余 多 来 几 数 亿 万 % 元 人 名 户 例 件 年 月 日 号 时 点 分 半 前 内 ' +
  '今天 昨晚 上周五 双十一 正月十五 半小时前 截至 死亡 受伤 无 未 没有 不 已 责令 拟 路 街 县 市 区 省 店 超市 湖滨区 时间: 地点: 措施: 来源: 更正 不对 12315 13900000000 \\u200b \\ud83d \\u0000 APP'
)
  .split(' ')
  .map((p) => p.replace('\\n', '\n').replace('\\u200b', '\u200b').replace('\\ud83d', '\ud83d').replace('\\u0000', '\u0000'));

const texts: readonly string[] = readFileSync(join(__dirname, '../test/fixtures/reports/dev.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => (JSON.parse(line) as { text: string }).text);
const books = shippedRulebooks();

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

type Mutation = (text: string, next: () => number) => string;
const at = (text: string, next: () => number): number => Math.floor(next() * (text.length + 1));
const pick = <T>(list: readonly T[], next: () => number): T => list[Math.floor(next() * list.length)] as T;

const MUTATIONS: readonly Mutation[] = [
  (text, next) => splice(text, at(text, next), 0, pick(PIECES, next)),
  (text, next) => splice(text, at(text, next), Math.ceil(next() * 6), ''),
  (text, next) => splice(text, at(text, next), 1, String.fromCharCode(Math.floor(next() * 0x10000))),
  (text, next) => splice(text, at(text, next), 0, pick(PIECES, next).repeat(Math.ceil(next() * 60))),
  (text, next) => text.slice(0, at(text, next)) + pick(texts, next).slice(at(text, next)),
  (text, next) => [...text].sort(() => next() - 0.5).join(''),
  (text, next) => text.slice(at(text, next)) + text,
];

function splice(text: string, from: number, width: number, piece: string): string {
  return text.slice(0, from) + piece + text.slice(from + width);
}

function mutated(next: () => number): string {
  let text = pick(texts, next);
  for (let n = 1 + Math.floor(next() * 5); n > 0; n -= 1) text = pick(MUTATIONS, next)(text, next);
  return text;
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

function main(many: number, seed: number): number {
  const next = chance(seed);
  let faults = 0;
  let longest = 0;
  for (let i = 0; i < many; i += 1) {
    const text = mutated(next);
    const now = Math.floor(next() * 4e12);
    try {
      const took = micros(text, now);
      longest = Math.max(longest, took);
      if (took <= LIMIT_MICROS || !isSlow(text, now)) continue;
      console.log(`slow: ${JSON.stringify(text)}`);
    } catch (cause) {
      console.log(`threw on ${JSON.stringify(text)}: ${cause instanceof Error ? cause.stack : String(cause)}`);
    }
    faults += 1;
  }
  console.log(`${many} messages from seed ${seed}: ${faults} faults, longest single run ${(longest / 1000).toFixed(1)} ms CPU`);
  return faults === 0 ? 0 : 1;
}

process.exitCode = main(Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 1));
