/** The shape of the sources as tests: who may import whom, what stays pure, and which words belong to data alone. */
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { directions } from './architecture/directions';
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
    const broken = violations(rule, sourcesOf(rule.planted));
    expect(broken).not.toEqual([]);
    expect(broken).not.toContain(':0 the rule guards no file');
  });
  test.each(RULES)('without files it fails: $title', (rule) => expect(violations(rule, [])).toEqual([':0 the rule guards no file']));
});
