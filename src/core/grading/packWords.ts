/** The words of the plan packs, found in a message in one pass: cues and exclusions of their categories, escalators, and the figures they name. */
import type { PlanPack } from '../plans/packSchema';
import type { MeasuredFact } from '../report/fields';
import { type Normal, tracedSpan } from '../report/normal';
import { numerals } from '../report/numerals';
import { type CueFinder, cueFinder, type Hit, type Hits } from './cues';

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
  const hits = finderOf(packs)(normal);
  const out: PackWords[] = [];
  let at = 0;
  for (const { categories, grading, matters } of packs) {
    const escalatorsAt = at + 2 * categories.length;
    const mattersAt = escalatorsAt + grading.escalators.length;
    const next = mattersAt + matters.length;
    out.push({
      categories: wordsOf(hits, at, escalatorsAt),
      escalators: listed(hits, escalatorsAt, mattersAt),
      matters: listed(hits, mattersAt, next),
    });
    at = next;
  }
  return out;
}

/** Of cues and exclusions by turns; most categories of most messages have no words. */
function wordsOf(hits: Hits, from: number, to: number): PackWords['categories'] {
  const out: PackWords['categories'][number][] = [];
  for (let at = from; at < to; at += 2) {
    const [cues, against] = [hits[at] ?? NO_HITS, hits[at + 1] ?? NO_HITS];
    out.push(cues === NO_HITS && against === NO_HITS ? NO_WORDS : { cues, against });
  }
  return out;
}

function listed(hits: Hits, from: number, to: number): readonly (readonly Hit[])[] {
  const out: (readonly Hit[])[] = [];
  for (let at = from; at < to; at += 1) out.push(hits[at] ?? NO_HITS);
  return out;
}

const NO_HITS: readonly Hit[] = [];
const NO_WORDS = { cues: NO_HITS, against: NO_HITS };

/** Packs are loaded once and do not change; the finder is kept with the first of those it was made for. */
const FINDERS = new WeakMap<PlanPack, { readonly packs: readonly PlanPack[]; readonly finder: CueFinder }>();
/** What each pack says how to read. */
const READABLE = new WeakMap<PlanPack, PlanPack['measures']>();

function readableOf(pack: PlanPack): PlanPack['measures'] {
  const known = READABLE.get(pack);
  if (known !== undefined) return known;
  const readable = pack.measures.filter((m) => m.read !== undefined);
  READABLE.set(pack, readable);
  return readable;
}

function finderOf(packs: readonly PlanPack[]): CueFinder {
  const [first] = packs;
  const known = first === undefined ? undefined : FINDERS.get(first);
  if (known !== undefined && isSame(known.packs, packs)) return known.finder;
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

function isSame(known: readonly PlanPack[], packs: readonly PlanPack[]): boolean {
  return known.length === packs.length && known.every((p, i) => p === packs[i]);
}

/** Measures the pack says how to read: in one sentence with a word of `near`, a number followed by one of the classifiers. */
export function packFacts(pack: PlanPack, normal: Normal): readonly MeasuredFact[] {
  const readable = readableOf(pack);
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
