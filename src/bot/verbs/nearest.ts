/** The verbs somebody may have meant by a word that is none: by characters left out, doubled, swapped, or taken for others of the same sound. */
import { distance } from '../arguments/alike';
import { firstWord } from '../arguments/spaces';
import type { VerbRow } from './row';
import { VERBS } from './table';

export interface Near {
  readonly row: VerbRow;
  /** What was typed, with the word put right. */
  readonly line: string;
}

/** The best first, at most three, none that shares too little; one alone where it is far nearer than the others. Pure. */
export function nearestVerbs(typed: string): readonly Near[] {
  const body = typed.replace(/^[\s,，。:：!！]+/u, '');
  const near = VERBS.map((row) => nearestWord(row, body))
    .filter(({ share }) => share <= MOST_WRONG)
    .sort((a, b) => a.share - b.share);
  const best = near[0]?.share ?? 0;
  return near.filter(({ share }) => share - best < CLEARLY).slice(0, 3);
}

/** Share of a word that may be wrong, and by how much the best must be ahead to stand alone. */
const MOST_WRONG = 0.5;
const CLEARLY = 0.2;

function nearestWord(row: VerbRow, body: string): Near & { readonly share: number } {
  const { word: token } = firstWord(body);
  const tried = row.words.flatMap((word) => {
    const heads = token.length <= word.length + 1 ? [token] : [-1, 0, 1].map((more) => body.slice(0, Math.max(1, word.length + more)));
    return heads.map((head) => {
      const after = body.slice(head.length);
      const share = distance(head, word) / word.length + Math.abs(head.length - word.length) * TIE + (RUNS_ON.test(after) ? GLUED : 0);
      return { row, share, line: [word, after.trim()].filter((part) => part !== '').join(' ') };
    });
  });
  return tried.reduce((best, one) => (one.share < best.share ? one : best));
}

/** What stands directly behind a verb is seldom its argument where it goes on in characters. */
const RUNS_ON = /^[\u4e00-\u9fff]/u;
const GLUED = 0.25;

/** Between heads as near as each other the one as long as the word. */
const TIE = 0.01;
