/** Where no cue stands word for word: which category the words of a message are most like, by pairs of characters of the cues. */
import type { PlanCategory, PlanPack } from '../plans/packSchema';
import { pairsOf } from '../report/pairs';
import { beginnings, endAt, type Places, plant, roomForPlaces, type Trie } from '../report/trie';

export interface Likeness {
  /** Positions of the pack and of its category among those asked for. */
  readonly pack: number;
  readonly category: number;
  readonly score: number;
}

interface Model {
  readonly packs: readonly PlanPack[];
  /** The pairs of characters that speak for a category. */
  readonly pairs: Trie<Pair>;
  readonly places: readonly { readonly pack: number; readonly category: number }[];
  /** For each category what a text must hold, so that it can be chosen. */
  readonly settings: readonly (readonly RegExp[])[];
  /** Made once, and used by one text after the other: the scores of the categories, by pair whether it was told, where pairs begin. */
  readonly scores: Float64Array;
  readonly told: Uint8Array;
  readonly pairPlaces: Places;
}

/** How much a pair speaks for each of its categories, by their place in the order of packs and categories. */
type Pair = readonly { readonly place: number; readonly weight: number }[];

/** Packs are loaded once and do not change; the model is kept with the first of those it was made for. */
const MODELS = new WeakMap<PlanPack, Model>();

/** Those of at least that score, the likest first; categories whose setting the text lacks are left out. `text` is the normalised one. */
export function likeness(packs: readonly PlanPack[], text: string, least: number): readonly Likeness[] {
  const model = modelOf(packs);
  if (model === null) return [];
  scored(model, text);
  const out: Likeness[] = [];
  for (let i = 0; i < model.scores.length; i += 1) {
    const [place, score] = [model.places[i], model.scores[i] ?? 0];
    if (score < least || place === undefined || !isSet(model.settings[i], text)) continue;
    out.push({ pack: place.pack, category: place.category, score });
  }
  return out.length < 2 ? out : out.sort((a, b) => b.score - a.score);
}

const NO_SETTINGS: readonly RegExp[] = [];

function isSet(settings: readonly RegExp[] = NO_SETTINGS, text: string): boolean {
  for (const setting of settings) if (!setting.test(text)) return false;
  return true;
}

/** Each pair of the text counts once. */
function scored({ pairs, scores, told, pairPlaces }: Model, text: string): void {
  scores.fill(0);
  told.fill(0);
  for (let i = beginnings(pairs, pairsOf(text).next, text.length, pairPlaces) - 1; i >= 0; i -= 1) {
    const node = pairPlaces.nodes[i] ?? 0;
    if (node === 0) continue;
    const pair = endAt(pairs, node, 0);
    if (told[pair] !== 0) continue;
    told[pair] = 1;
    for (const { place, weight } of pairs.things[pair] ?? NO_WEIGHTS) scores[place] = (scores[place] ?? 0) + weight;
  }
}

const NO_WEIGHTS: Pair = [];

function modelOf(packs: readonly PlanPack[]): Model | null {
  const [first] = packs;
  if (first === undefined) return null;
  const known = MODELS.get(first);
  if (known !== undefined && known.packs.length === packs.length && known.packs.every((p, i) => p === packs[i])) return known;
  const places = packs.flatMap((p, pack) => p.categories.map((_, category) => ({ pack, category })));
  const categories = packs.flatMap((p) => p.categories);
  const pairs = plant(weightsOf(categories.map(counts)));
  const made: Model = {
    packs,
    places,
    pairs,
    settings: categories.map(settingsOf),
    scores: new Float64Array(places.length),
    told: new Uint8Array(pairs.things.length),
    pairPlaces: roomForPlaces(),
  };
  MODELS.set(first, made);
  return made;
}

function settingsOf({ cues }: PlanCategory): readonly RegExp[] {
  return cues.filter((cue) => cue.startsWith('@@')).map((cue) => new RegExp(cue.slice(2).replaceAll('/', '|'), 'i'));
}

function counts({ cues }: PlanCategory): ReadonlyMap<string, number> {
  const out = new Map<string, number>();
  for (const cue of cues) {
    if (cue.startsWith('@')) continue;
    for (const word of new Set(cue.replace(/@$/, '').toLowerCase().split(/[…/]/))) {
      for (const pair of pairsIn(word)) out.set(pair, (out.get(pair) ?? 0) + 1);
    }
  }
  return out;
}

/** Short lists speak a little louder than long ones, pairs of one category alone louder than shared ones. */
const LOUDER = 0.3;
const SHARED = 0.5;

function weightsOf(counted: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, Pair> {
  const sizes = counted.map((c) => [...c.values()].reduce((a, b) => a + b, 0));
  const mean = sizes.reduce((a, b) => a + b, 0) / sizes.length;
  const loud = (pair: string) => counted.map((c, i) => Math.log1p(c.get(pair) ?? 0) * (mean / (sizes[i] ?? mean)) ** LOUDER);
  const weighed = (pair: string): Pair => {
    const row = loud(pair);
    const sum = row.reduce((a, b) => a + b, 0);
    return row.flatMap((own, place) => (own === 0 ? [] : [{ place, weight: (own / (sum + SHARED)) * own }]));
  };
  return new Map([...new Set(counted.flatMap((c) => [...c.keys()]))].map((pair) => [pair, weighed(pair)]));
}

/** Pairs of neighbouring characters that are Chinese, each once. */
function pairsIn(text: string): ReadonlySet<string> {
  const out = new Set<string>();
  for (let i = 0; i + 1 < text.length; i += 1) {
    if (isChinese(text.charCodeAt(i)) && isChinese(text.charCodeAt(i + 1))) out.add(text.slice(i, i + 2));
  }
  return out;
}

function isChinese(code: number): boolean {
  return code >= 0x4e00 && code <= 0x9fff;
}
