/** The verbs somebody may have meant by a word that is none: by characters left out, doubled, swapped, or taken for others of the same sound. */
import { SOUND_ALIKE } from './lexicon';
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
  const tried = row.words.flatMap((word) =>
    [-1, 0, 1].map((more) => {
      const head = body.slice(0, Math.max(1, word.length + more));
      const share = distance(head, word) / word.length + Math.abs(more) * TIE;
      return { row, share, line: [word, body.slice(head.length).trim()].filter((part) => part !== '').join(' ') };
    }),
  );
  return tried.reduce((best, one) => (one.share < best.share ? one : best));
}

/** Between heads as near as each other the one as long as the word. */
const TIE = 0.01;

/** What it costs to take one character for another, leave one out or put one in, double one, swap two. */
const COST = { alike: 0.3, other: 1, gap: 0.8, doubled: 0.3, swapped: 0.5 } as const;

/** Weighted edit distance from what was typed to the word, both short. */
function distance(typed: string, word: string): number {
  const rows: number[][] = [Array.from({ length: word.length + 1 }, (_, j) => j * COST.gap)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= typed.length; i += 1) {
    const row = [i * COST.gap];
    rows.push(row);
    for (let j = 1; j <= word.length; j += 1) {
      const [a, b] = [typed[i - 1] ?? '', word[j - 1] ?? ''];
      const extra = a === typed[i - 2] ? COST.doubled : COST.gap;
      const swapped = a === word[j - 2] && b === typed[i - 2] ? at(i - 2, j - 2) + COST.swapped : Number.POSITIVE_INFINITY;
      row.push(Math.min(at(i - 1, j - 1) + taken(a, b), at(i - 1, j) + extra, at(i, j - 1) + COST.gap, swapped));
    }
  }
  return at(typed.length, word.length);
}

function taken(a: string, b: string): number {
  if (a === b) return 0;
  const groups = SOUNDS.get(a);
  return groups !== undefined && SOUNDS.get(b)?.some((group) => groups.includes(group)) ? COST.alike : COST.other;
}

/** Groups of sound by character. */
const SOUNDS: ReadonlyMap<string, readonly number[]> = SOUND_ALIKE.split(' ').reduce((known, group, i) => {
  for (const character of group) known.set(character, [...(known.get(character) ?? []), i]);
  return known;
}, new Map<string, number[]>());
