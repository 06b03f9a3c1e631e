/** What both ways are given: every word of the verb table as people type it, and a third of free text. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERBS } from '../../src/bot/verbs/table';

/** A text, and the verb that it must lead to; null for free text. */
export interface Typed {
  readonly text: string;
  readonly verb: string | null;
}

const BEHIND = ['', ' 情况如下', '，已安排人员', ' @周值一 清点库存 18:00前'];

/** In an order that is the same for both, verbs of all rows by turns. */
export function typedMessages(): readonly Typed[] {
  const commands = VERBS.flatMap(({ verb, words, build }) =>
    words.map((word, i) => ({ text: `${build === null ? '' : `#${i + 3} `}${word}${BEHIND[(i + verb.length) % BEHIND.length]}`, verb })),
  );
  const reports = readFileSync(join(__dirname, '../../test/fixtures/reports/dev.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly text: string; readonly kind: string })
    .filter(({ kind }) => kind === 'report')
    .map(({ text }) => ({ text, verb: null }));
  return [...commands, ...reports];
}

/** Plain words, and what stands for them in a regular expression. */
export function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
