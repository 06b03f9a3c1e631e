/** The words of the plan packs, found in a message in one pass: cues and exclusions of their categories, escalators, and the figures they name. */
import type { PlanPack } from '../plans/packSchema';
import type { MeasuredFact } from '../report/fields';
import { type Normal, tracedSpan } from '../report/normal';
import { numerals } from '../report/numerals';
import { type CueFinder, cueFinder, type Hit } from './cues';

export interface PackWords {
  /** In the order of the pack's categories. */
  readonly categories: readonly { readonly cues: readonly Hit[]; readonly against: readonly Hit[] }[];
  /** In the order of the pack's escalators. */
  readonly escalators: readonly (readonly Hit[])[];
  /** In the order of the pack's special matters. */
  readonly matters: readonly (readonly Hit[])[];
}

/** For each pack its words, in the order of the packs. */
export function packWords(packs: readonly PlanPack[], normal: Normal): readonly PackWords[] {
  const lists = finderOf(packs)(normal);
  let at = 0;
  const next = (): readonly Hit[] => lists[at++] ?? NO_HITS;
  return packs.map((pack) => ({
    categories: pack.categories.map(() => ({ cues: next(), against: next() })),
    escalators: pack.grading.escalators.map(next),
    matters: pack.matters.map(next),
  }));
}

const NO_HITS: readonly Hit[] = [];

/** Packs are loaded once and do not change; the finder is kept with the first of those it was made for. */
const FINDERS = new WeakMap<PlanPack, { readonly packs: readonly PlanPack[]; readonly finder: CueFinder }>();

function finderOf(packs: readonly PlanPack[]): CueFinder {
  const [first] = packs;
  const known = first === undefined ? undefined : FINDERS.get(first);
  if (known !== undefined && known.packs.length === packs.length && known.packs.every((p, i) => p === packs[i])) return known.finder;
  const finder = cueFinder(
    packs.flatMap((p) => [
      ...p.categories.flatMap((c) => [c.cues, c.against]),
      ...p.grading.escalators.map((e) => e.cues),
      ...p.matters.map((m) => m.cues),
    ]),
  );
  if (first !== undefined) FINDERS.set(first, { packs, finder });
  return finder;
}

/** Measures the pack says how to read: in one sentence with a word of `near`, a number followed by one of the classifiers. */
export function packFacts(pack: PlanPack, normal: Normal): readonly MeasuredFact[] {
  const readable = pack.measures.filter((m) => m.read !== undefined);
  if (readable.length === 0) return [];
  const numbers = numerals(normal.text);
  return readable.flatMap(({ id, read }) => {
    const counted = numbers.find(({ start, end }) => {
      if (!read?.classifiers.some((c) => normal.text.startsWith(c, end))) return false;
      const ahead = /[^。;\n]*$/.exec(normal.text.slice(Math.max(0, start - FARTHEST), start))?.[0] ?? '';
      const sentence = ahead + (normal.text.slice(end, end + FARTHEST).split(/[。;\n]/, 1)[0] ?? '');
      return read.near.some((word) => sentence.includes(word));
    });
    return counted === undefined ? [] : [{ measure: id, interval: counted.interval, spans: [tracedSpan(normal, counted)] }];
  });
}

/** Characters on either side in which a word of `near` is looked for. */
const FARTHEST = 60;
