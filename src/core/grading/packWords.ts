/** The words of the plan packs, found in a message in one pass: cues and exclusions of their categories, escalators, and the figures they name. */
import type { PlanPack } from '../plans/packSchema';
import type { MeasuredFact } from '../report/fields';
import { type Normal, tracedSpan } from '../report/normal';
import { numerals } from '../report/numerals';
import { type CueFinder, cueFinder, type Hit, type Hits } from './cues';

/** Of one pack: looked up when it is asked for, as most categories of most messages have no words. */
export class PackWords {
  /** Where its lists begin among those of all packs. */
  constructor(
    private readonly hits: Hits,
    private readonly from: number,
    private readonly pack: PlanPack,
  ) {}

  /** What speaks for the category of that place in the pack. */
  cues(category: number): readonly Hit[] {
    return this.hits[this.from + 2 * category] ?? NO_HITS;
  }

  /** What excludes it. */
  against(category: number): readonly Hit[] {
    return this.hits[this.from + 2 * category + 1] ?? NO_HITS;
  }

  /** Those of the escalator of that place in the pack. */
  escalator(at: number): readonly Hit[] {
    return this.hits[this.from + 2 * this.pack.categories.length + at] ?? NO_HITS;
  }

  /** Those of the special matter of that place in the pack. */
  matter(at: number): readonly Hit[] {
    return this.hits[this.from + 2 * this.pack.categories.length + this.pack.grading.escalators.length + at] ?? NO_HITS;
  }
}

const NO_HITS: readonly Hit[] = [];

/** For each pack its words, in the order of the packs. */
export function packWords(packs: readonly PlanPack[], normal: Normal): readonly PackWords[] {
  const hits = finderOf(packs)(normal);
  const out: PackWords[] = [];
  let from = 0;
  for (const pack of packs) {
    out.push(new PackWords(hits, from, pack));
    from += 2 * pack.categories.length + pack.grading.escalators.length + pack.matters.length;
  }
  return out;
}

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
