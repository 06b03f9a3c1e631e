/** The shape of the sources as tests: who may import whom, what stays pure, and which words belong to data alone. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { VERBS } from '../src/bot/verbs/table';
import { accountedCodes } from '../src/core/incident/refusalGrounds';
import { directions } from './architecture/directions';
import { codesIn, dependencyNames, firstCells, settingNames } from './architecture/documents';
import { packWordsBelow } from './architecture/packWords';
import { purity } from './architecture/purity';
import { type Rule, standing, violations } from './architecture/rule';
import { sourcesBelow, sourcesOf } from './architecture/source';
import { packsOwnTheirWords, words } from './architecture/words';

const ROOT = join(__dirname, '..');
const SOURCES = sourcesBelow(join(ROOT, 'src'));
const PACK_WORDS = packWordsBelow(join(ROOT, 'config/plan-packs'));

const RULES: readonly Rule[] = [...directions, ...purity, packsOwnTheirWords(PACK_WORDS), ...words];

describe('the sources', () => {
  test.each(RULES)('$title', (rule) => expect(standing(rule, SOURCES)).toEqual([]));
});

describe('a rule that nothing could break would guard nothing', () => {
  test.each(RULES)('planted files break: $title', (rule) => {
    expect(rule.planted.length).toBeGreaterThan(0);
    for (const tree of rule.planted) {
      const broken = violations(rule, sourcesOf(tree));
      expect(broken).not.toEqual([]);
      expect(broken).not.toContain(':0 the rule guards no file');
    }
  });
  test.each(RULES)('without files it fails: $title', (rule) => expect(violations(rule, [])).toEqual([':0 the rule guards no file']));
});

describe('the documents', () => {
  const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

  test('every code a refusal or an HTTP error can bear is explained in docs/errors.md, and no other', () => {
    const codes = codesIn(SOURCES);
    expect(codes.length).toBeGreaterThan(20);
    expect([...new Set(firstCells(join(ROOT, 'docs/errors.md')))].sort()).toEqual(codes);
  });
  test('every code a refusal can bear has its rule and source, or asks for a word only; and no other', () => {
    const bore = codesIn(SOURCES.filter(({ path }) => /^(core|bot|jobs)\//.test(path)));
    expect(accountedCodes().filter((code) => !bore.includes(code))).toEqual([]);
    expect(bore.filter((code) => !accountedCodes().includes(code))).toEqual([]);
  });
  test('every word that may be typed first stands on the duty officer’s page or on those of the records and papers', () => {
    const page = ['duty-officer', 'records', 'papers'].map((name) => read(`docs/${name}.zh-CN.md`)).join('');
    expect(VERBS.flatMap(({ words: [first] }) => (first === undefined || page.includes(first) ? [] : [first]))).toEqual([]);
  });
  test.each(['README.md', 'README.zh-CN.md'])('every setting stands in %s, and no other', (name) => {
    const named = firstCells(join(ROOT, name)).filter((cell) => cell.startsWith('FENGHUO_'));
    expect([...named].sort()).toEqual([...settingNames(SOURCES)].sort());
  });
  test('every direct dependency has its reason in docs/decisions/0002-dependencies.md, and no other', () => {
    const reasons = firstCells(join(ROOT, 'docs/decisions/0002-dependencies.md'));
    expect([...reasons].sort()).toEqual([...dependencyNames(join(ROOT, 'package.json'))].sort());
  });
  test('every room of src says what it is for and how to add one more', () => {
    const rooms = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const silent = rooms.filter(({ name }) => name !== 'settings' && !existsSync(join(ROOT, 'src', name, 'README.md')));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});
