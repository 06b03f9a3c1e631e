/** Planted faults in a copy of the shipped texts are named with file and line (design.md section 3). */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { bind, readRulebooks } from '../../../src/config/rulebooks';
import { parseYaml } from '../../../src/config/yamlFile';
import { profileSchema } from '../../../src/core/plans/profileSchema';
import { sha256 } from '../../../src/wiring/chance';
import { CONFIG } from '../builders';

const PACK = 'plan-packs/consumer-mass-event/pack.yaml';
const PROFILE = 'deadline-profiles/standard.yaml';
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fenghuo-plans-'));
  cpSync(join(CONFIG, PACK), join(dir, PACK), { recursive: true });
  cpSync(join(CONFIG, PROFILE), join(dir, PROFILE), { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Replaces the first occurrence and answers the line where `marker` then stands. */
function plant(file: string, find: string, put: string, marker: string): number {
  const before = readFileSync(join(dir, file), 'utf8');
  const after = before.replace(find, put);
  if (after === before) throw new Error(`${find} does not stand in ${file}`);
  writeFileSync(join(dir, file), after);
  return after.slice(0, after.indexOf(marker)).split('\n').length;
}

function faults() {
  const read = readRulebooks(dir, 'standard', sha256);
  return read.is === 'faults' ? read.faults : [];
}

test('原样的副本没有错误', () => {
  expect(faults()).toEqual([]);
});

test.each([
  ['预案里不认识的项', PACK, 'nature: template', 'nature: template\ncolour: red', 'colour: red', 'colour'],
  ['级别里不认识的项', PACK, '    sign: Ⅲ', '    sign: Ⅲ\n    colour: yellow', 'colour: yellow', 'colour'],
  ['缺少必填的项', PACK, '    sign: Ⅲ\n', '', '  - rank: 3', 'sign'],
  ['级别重复', PACK, '  - rank: 4\n', '  - rank: 3\n', '  - rank: 3\n    zh: 一般', '级别重复'],
  ['类别重复', PACK, '  - id: operator_violation', '  - id: media_exposure', '  - id: media_exposure\n    zh: 经营者', '类别重复'],
  ['工作组重复', PACK, '{ id: legal, zh', '{ id: opinion, zh', '{ id: opinion, zh: 法律咨询组', '工作组重复'],
  [
    '区间为空',
    PACK,
    'measure: deaths, min: 10, max: 30',
    'measure: deaths, min: 10, max: 10',
    'measure: deaths, min: 10, max: 10',
    '区间为空',
  ],
  ['区间颠倒', PACK, 'measure: deaths, min: 3, max: 10', 'measure: deaths, min: 3, max: 2', 'measure: deaths, min: 3, max: 2', '区间为空'],
  ['标准指向没有的级别', PACK, '{ rank: 1, measure: deaths', '{ rank: 5, measure: deaths', '{ rank: 5, measure: deaths', '没有这个级别'],
  ['级别用了时限档案没有的列', PACK, 'profile_column: "3"', 'profile_column: "9"', 'profile_column: "9"', '“9”'],
  ['未定级用了时限档案没有的列', PACK, 'profile_column: ungraded', 'profile_column: pending', 'profile_column: pending', '“pending”'],
  ['不分级的预案列了级别', PACK, 'level_scheme: graded', 'level_scheme: none', '  - rank: 1', '不分级的预案不能列出级别'],
  ['预案 YAML 写坏', PACK, 'nature: template', 'nature: template: graded', 'nature: template: graded', 'YAML'],
  ['同一项写了两次', PACK, 'nature: template', 'nature: template\nnature: issued_plan', 'nature: issued_plan', 'YAML'],
  ['时限档案缺一列', PROFILE, '"4": 120, ungraded: 60 }', 'ungraded: 60 }', '"3": 60, ungraded: 60 }', '缺少“4”列'],
  ['阶梯最后不是 100', PROFILE, '{ at: 100,', '{ at: 95,', '- { at: 50', '100'],
  ['阶梯不升', PROFILE, '{ at: 80,', '{ at: 40,', '- { at: 50', '逐级上升'],
  ['阶梯里不认识的动作', PROFILE, 'do: [room_again]', 'do: [shout]', 'do: [shout]', 'do'],
  ['分钟数为零', PROFILE, '"1": 5, "2": 5, "3": 5', '"1": 0, "2": 5, "3": 5', '"1": 0', 'minutes'],
  ['时限档案不认识的项', PROFILE, 'title: 标准', 'title: 标准\nowner: 某人', 'owner: 某人', 'owner'],
])('%s：指出文件和行', (_title, file, find, put, marker, said) => {
  const line = plant(file, find, put, marker);
  const found = faults().filter((f) => f.file === join(dir, file) && f.zh.includes(said));
  expect(found.map((f) => f.line)).toContain(line);
});

test('分级的预案一个级别也没列', () => {
  const source = readFileSync(join(dir, PACK), 'utf8');
  const [from, to] = [source.indexOf('\nlevels:'), source.indexOf('\n# cues')];
  const emptied = `${source.slice(0, from)}\nlevels: []${source.slice(to)}`.replace(/thresholds:\n( {2}-.*\n)+/u, 'thresholds: []\n');
  writeFileSync(join(dir, PACK), emptied);
  const line = emptied.slice(0, emptied.indexOf('levels: []')).split('\n').length;
  expect(faults()).toEqual([{ file: join(dir, PACK), line, zh: '分级的预案必须列出级别' }]);
});

test('几个文件各有错，一次全部列出', () => {
  plant(PACK, '  - rank: 4\n', '  - rank: 3\n', '  - rank: 3');
  plant(PACK, 'measure: deaths, min: 10, max: 30', 'measure: deaths, min: 10, max: 10', 'deaths');
  plant(PROFILE, '{ at: 100,', '{ at: 95,', 'ladder:');
  const kinds = faults()
    .map((f) => f.zh)
    .join('\n');
  for (const said of ['级别重复', '区间为空', '阶梯']) expect(kinds).toContain(said);
});

test('缺文件、缺文件夹也说清是哪一个', () => {
  rmSync(join(dir, PROFILE));
  expect(faults()).toEqual([{ file: join(dir, PROFILE), line: 0, zh: expect.stringContaining('读不到文件') }]);
  rmSync(join(dir, 'plan-packs'), { recursive: true });
  expect(faults().map((f) => f.file)).toContain(join(dir, 'plan-packs'));
});

test('已钉住的预案文字坏了，是数据库的错误，直接报错', () => {
  expect(() => bind('pack: x', 'profile: y', sha256)).toThrow('pinned rulebook');
});

test('另一文件名下的文字同样检查', () => {
  expect(parseYaml('某处', 'profile: x\n', profileSchema)).toMatchObject({ is: 'faults' });
});
