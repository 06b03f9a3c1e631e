/** The office's words for papers: what is shipped is sound, every fault has its line. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { readPaperWording } from '../../src/config/paperWording';
import { DUTY_FILLERS, INCIDENT_FILLERS } from '../../src/core/papers/fillers';
import { PAPERS } from '../../src/core/plans/schema/papers';
import { CONFIG } from '../core/builders';

const SHIPPED = readFileSync(join(CONFIG, 'wording/papers.yaml'), 'utf8');
const dirs: string[] = [];
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** What is found in the shipped file with one thing changed. */
function faultsWith(find: string, put: string) {
  expect(SHIPPED).toContain(find);
  const dir = mkdtempSync(join(tmpdir(), 'paper-wording-'));
  dirs.push(dir);
  mkdirSync(join(dir, 'wording'));
  writeFileSync(join(dir, 'wording/papers.yaml'), SHIPPED.replace(find, put));
  const read = readPaperWording(dir);
  return read.is === 'faults' ? read.faults.map(({ code, line }) => ({ code, line })) : [];
}
const lineOf = (words: string): number => SHIPPED.slice(0, SHIPPED.indexOf(words)).split('\n').length;

test('随程序发布的文书要素没有错，每一种文书都有', () => {
  const read = readPaperWording(CONFIG);
  expect(read.is).toBe('ok');
  if (read.is === 'ok') expect(Object.keys(read.wording.kinds).sort()).toEqual(Object.keys(PAPERS).sort());
});

test('每一种取数办法都有文书在用', () => {
  const used = new Set([...SHIPPED.matchAll(/fill: (\w+)/g)].map(([, name]) => name));
  expect([...Object.keys(INCIDENT_FILLERS), ...Object.keys(DUTY_FILLERS)].filter((name) => !used.has(name))).toEqual([]);
});

test.each([
  ['没有这一种取数办法', 'fill: call_party', 'fill: call_partyy', 'unknown_fill'],
  ['要素写了两次', 'key: caller,', 'key: said,', 'twice'],
  ['标题里没有这一项', 'title: 电话报告记录', 'title: "{文号}电话报告记录"', 'unknown_place'],
  ['有序号却不编号', 'title: 典型案例', 'title: 典型案例{序号}', 'not_numbered'],
  ['没有写明哪一种工作记录', 'fill: call_words', 'fill: record_words', 'unknown_record'],
  ['事件的要素写进了值班文书', 'fill: duty_leaders', 'fill: course', 'other_life'],
  ['值班的要素写进了事件文书', 'fill: call_party', 'fill: documents_keys', 'other_life'],
  ['没有这种主送', 'to: paths', 'to: everybody', 'wrong_value'],
  ['没有时写的字是空的', 'none: 无', "none: ''", 'too_small'],
  ['不认识的项', 'to: nobody', 'send_to: nobody', 'unknown_key'],
])('%s，指到那一行', (_, find, put, code) => {
  const faults = faultsWith(find, put);
  expect(faults).toContainEqual({ code, line: lineOf(find) });
});

test('缺了一种文书是一处错误；没有这个文件也是', () => {
  expect(faultsWith('  task_order:', '  task_orders:').map(({ code }) => code)).toContain('missing');
  const dir = mkdtempSync(join(tmpdir(), 'paper-wording-'));
  dirs.push(dir);
  expect(readPaperWording(dir)).toMatchObject({ is: 'faults', faults: [{ code: 'unreadable' }] });
});
