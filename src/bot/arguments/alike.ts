/** How far what was typed is from a known word: characters left out, doubled, swapped, or taken for others of the same sound. */
import { SOUND_ALIKE } from '../verbs/lexicon';

/** Known words that the front of a text comes near to, the nearest first; at most a third of a word may be wrong. */
export function nearAt(known: readonly string[], text: string): readonly string[] {
  const shares = known.map((word) => ({ word, share: distance(text.slice(0, word.length), word) / word.length }));
  return shares
    .filter(({ share }) => share <= MOST_WRONG)
    .sort((a, b) => a.share - b.share)
    .slice(0, MOST_SHOWN)
    .map(({ word }) => word);
}

const MOST_WRONG = 0.34;
const MOST_SHOWN = 3;

/** What it costs to take one character for another, leave one out or put one in, double one, swap two. */
const COST = { alike: 0.3, other: 1, gap: 0.8, doubled: 0.3, swapped: 0.5 } as const;

/** Weighted edit distance from what was typed to a word, both short. Pure. */
export function distance(typed: string, word: string): number {
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
