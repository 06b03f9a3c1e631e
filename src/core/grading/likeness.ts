/** Where no cue stands word for word: which category the words of a message are most like, by pairs of characters of the cues. */
import type { PlanCategory, PlanPack } from '../plans/packSchema';

export interface Likeness {
  /** Positions of the pack and of its category among those asked for. */
  readonly pack: number;
  readonly category: number;
  readonly score: number;
}

interface Model {
  readonly packs: readonly PlanPack[];
  /** For each pair of characters how much it speaks for each category, in the order of packs and categories. */
  readonly weights: ReadonlyMap<string, Float64Array>;
  readonly places: readonly { readonly pack: number; readonly category: number }[];
  readonly settings: readonly RegExp[][];
}

/** Packs are loaded once and do not change; the model is kept with the first of those it was made for. */
const MODELS = new WeakMap<PlanPack, Model>();

/** The likest first; categories whose setting the text lacks are left out. `text` is the normalised one. */
export function likeness(packs: readonly PlanPack[], text: string): readonly Likeness[] {
  const model = modelOf(packs);
  if (model === null) return [];
  const scores = new Float64Array(model.places.length);
  for (const pair of pairsOf(text.toLowerCase())) {
    const weight = model.weights.get(pair);
    if (weight !== undefined) for (let i = 0; i < scores.length; i += 1) scores[i] = (scores[i] ?? 0) + (weight[i] ?? 0);
  }
  return model.places
    .map((place, i) => ({ ...place, score: scores[i] ?? 0 }))
    .filter((_, i) => (model.settings[i] ?? []).every((setting) => setting.test(text)))
    .sort((a, b) => b.score - a.score);
}

function modelOf(packs: readonly PlanPack[]): Model | null {
  const [first] = packs;
  if (first === undefined) return null;
  const known = MODELS.get(first);
  if (known !== undefined && known.packs.length === packs.length && known.packs.every((p, i) => p === packs[i])) return known;
  const places = packs.flatMap((p, pack) => p.categories.map((_, category) => ({ pack, category })));
  const categories = packs.flatMap((p) => p.categories);
  const counted = categories.map(counts);
  const made = { packs, places, weights: weightsOf(counted), settings: categories.map(settingsOf) };
  MODELS.set(first, made);
  return made;
}

function settingsOf({ cues }: PlanCategory): RegExp[] {
  return cues.filter((cue) => cue.startsWith('@@')).map((cue) => new RegExp(cue.slice(2).replaceAll('/', '|'), 'i'));
}

function counts({ cues }: PlanCategory): ReadonlyMap<string, number> {
  const out = new Map<string, number>();
  for (const cue of cues) {
    if (cue.startsWith('@')) continue;
    for (const word of new Set(cue.replace(/@$/, '').toLowerCase().split(/[…/]/))) {
      for (const pair of pairsOf(word)) out.set(pair, (out.get(pair) ?? 0) + 1);
    }
  }
  return out;
}

/** Short lists speak a little louder than long ones, pairs of one category alone louder than shared ones. */
const LOUDER = 0.3;
const SHARED = 0.5;

function weightsOf(counted: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, Float64Array> {
  const all = new Map<string, Float64Array>();
  const sizes = counted.map((c) => [...c.values()].reduce((a, b) => a + b, 0));
  const mean = sizes.reduce((a, b) => a + b, 0) / sizes.length;
  counted.forEach((pairs, i) => {
    for (const [pair, n] of pairs) {
      const row = all.get(pair) ?? new Float64Array(counted.length);
      row[i] = Math.log1p(n) * (mean / (sizes[i] ?? mean)) ** LOUDER;
      all.set(pair, row);
    }
  });
  for (const row of all.values()) {
    const sum = row.reduce((a, b) => a + b, 0);
    for (let i = 0; i < row.length; i += 1) row[i] = ((row[i] ?? 0) / (sum + SHARED)) * (row[i] ?? 0);
  }
  return all;
}

/** Pairs of neighbouring characters that are Chinese, each once. */
function pairsOf(text: string): ReadonlySet<string> {
  const out = new Set<string>();
  for (let i = 0; i + 1 < text.length; i += 1) {
    if (isChinese(text.charCodeAt(i)) && isChinese(text.charCodeAt(i + 1))) out.add(text.slice(i, i + 2));
  }
  return out;
}

function isChinese(code: number): boolean {
  return code >= 0x4e00 && code <= 0x9fff;
}
