/** What it is about, in the words of the text: the suspected cause if one is told, else the conduct or trouble complained of. */
import { type Clause, clausesOf } from './clauses';
import type { Draft } from './draft';
import { type Found, found, type Span } from './fields';
import { sectionsOf } from './headings';
import { holds, within } from './ordered';
import { Gated, signOf, unitsOf } from './units';

const LONGEST = 38;

/** At most 38 characters of the text; null when nothing of the kind is told. */
export function cause(draft: Draft, place: Span | null): Found<string> | null {
  return (
    asFound(draft, headed(draft), 0.9, 'heading') ??
    asFound(draft, because(draft), 0.85, 'because') ??
    asFound(draft, trouble(draft, place), 0.7, 'trouble') ??
    asFound(draft, toldFirst(draft, place), 0.4, 'first told') ??
    asFound(draft, behindPlace(draft, place), 0.3, 'behind the place')
  );
}

function asFound({ text }: Draft, span: Span | null, confidence: number, rule: string): Found<string> | null {
  return span === null || span.end - span.start < 2 ? null : found(text.slice(span.start, span.end), [span], confidence, rule);
}

function headed({ text, sections }: Draft): Span | null {
  const events = sectionsOf(text, sections, 'event');
  const named =
    events.find((s) => /(?:原因|起因|事由|成因|问题|案由|诉求)[】\]]?[ \n]?:[ \n]?$/.test(text.slice(Math.max(0, s.start - 8), s.start))) ??
    events[0];
  if (named === undefined || named.end - named.start > 90) return null;
  const clauses = clausesOf(text, named.start, named.end).filter((c, _, all) => c.sentence === all[0]?.sentence);
  const last = clauses.filter((c) => c.end - named.start <= LONGEST).at(-1);
  return { start: named.start, end: last?.end ?? Math.min(named.end, named.start + LONGEST) };
}

/** Without one of these no reason is given in so many words. */
const REASONS = signOf('因由');

function isJudged({ words }: Draft): boolean {
  return words.judged.length > 0;
}

/** Each with whether it may fit. */
const BECAUSE: readonly (readonly [(draft: Draft) => boolean, RegExp])[] = [
  [isJudged, /(?:疑似?|怀疑|可能|判断|分析|认为)与([^,。;!\n]{2,24}?)(?:有关|相关)/],
  [isJudged, /(?:怀疑|估计|疑似?)(?:是|为|系)([^,。;!\n \n]{2,14}?)(?:污染|变质|引起|所致|中毒)?(?=[,。;!\n \n]|$)/],
  [
    isJudged,
    /(?:初步)?(?:判断|分析|怀疑|研判|认定|判定|推测|估计|了解|疑)(?:为|系|是|原因[为是系])([^,。;!\n]{2,30}?)(?:所致|引起|引发|导致|造成)?(?=[,。;!\n]|$)/,
  ],
  [
    ({ words }) => words.reason.length > 0,
    /(?:原因|起因|诱因)(?:可能|初步判断)?(?:为|系|是)([^,。;!\n]{2,30}?)(?:所致|引起|引发|导致)?(?=[,。;!\n]|$)/,
  ],
  [
    ({ signs }) => (signs & REASONS) !== 0,
    /(?:^|[^原起基])(?:因为|由于|因)(?!此|而|地|素|涉|特|果)([^,。;!\n]{2,24}?)(?:的?(?:问题|纠纷|事儿?))?(?=聚集|集体|集中|引发|引起|导致|到场|到店|到现场|到[^,。]{0,6}(?:讨|要|维权)|前来|来[所局店]|要求|堵|围|吵|争执|拉横幅|维权|投诉|上访|闹|产生|发生|与|同|跟|找|[,。;!\n]|$)/,
  ],
];

function because(draft: Draft): Span | null {
  for (const [mayFit, pattern] of BECAUSE) {
    const m = mayFit(draft) ? pattern.exec(draft.text) : null;
    const told = m?.[1];
    if (m === null || told === undefined || /^(?:正在|不明|待查|尚|未|涉嫌?$)/.test(told)) continue;
    const start = m.index + m[0].indexOf(told);
    return { start, end: start + told.length };
  }
  return null;
}

/** What follows from the matter is told behind it: each clause of trouble weighs a little less than the one before. */
const LATER = 0.25;

/** The clause with most trouble in it, from behind the place or the word of telling. */
function trouble(draft: Draft, place: Span | null): Span | null {
  let top: { readonly clause: Clause; readonly score: number } | null = null;
  let later = 0;
  for (const clause of draft.clauses) {
    const plain = scoreOf(draft, clause, place);
    const score = plain - LATER * Math.min(later, 3);
    if (plain > 0) later += 1;
    if (plain > 0 && (top === null || score > top.score)) top = { clause, score };
  }
  return top === null ? null : matterOf(draft, top.clause, place);
}

/** Nothing that sounds like trouble: whatever is first told of. */
function toldFirst({ words, clauses }: Draft, place: Span | null): Span | null {
  for (const clause of clauses) {
    const told = within(words.telling, clause.start, clause.end).at(-1);
    const inside = place !== null && clause.start <= place.start && place.end <= clause.end - 2;
    const start = Math.max(told?.end ?? clause.start, inside ? place.end : 0);
    if (told !== undefined && clause.end - start >= 4) return { start, end: Math.min(clause.end, start + LONGEST) };
  }
  return null;
}

/** Not even a word of telling: what stands behind the place, or in the clause after it. */
function behindPlace({ clauses }: Draft, place: Span | null): Span | null {
  if (place === null) return null;
  const at = clauses.findIndex((c) => c.start <= place.start && place.end <= c.end);
  const [own, next] = [clauses[at], clauses[at + 1]];
  if (own !== undefined && own.end - place.end >= 4) return { start: place.end, end: Math.min(own.end, place.end + LONGEST) };
  return next === undefined || isBesides(next) ? null : { start: next.start, end: Math.min(next.end, next.start + LONGEST) };
}

const NOT_THE_MATTER =
  /(?:[科所局队组办]|专班|公安)已(?!经营)|(?:倒|也|都|暂|还|目前)[是]?没有?[^,]{0,4}(?:投诉)?$|投诉的?倒|没有?人?(?:来)?投诉|没违规|^(?:倒是|不对|不是(?:昨|今|前|上|[\d])|不用|没得|流向|已(?!有|经)|正在|我[局们](?!.*(?:收到|接到))|目前|现(?!场)|截至|后续|接报|经(?:排查|核|摸排|了解)|没有?人|让他|准备)/;
/** Only with one of these, or one of those at its head, can a clause tell of something else. */
const ASIDE = unitsOf('已没倒');
const BEGINS_ASIDE = unitsOf('不流正我目现截后接经让准');

function isBesides({ words }: Clause): boolean {
  return (ASIDE.within(words, 0, words.length) || BEGINS_ASIDE.at(words, 0)) && NOT_THE_MATTER.test(words);
}

const COMPLAINT_WORD = new Gated('诉映举道光疑槽现嫌称说', /投诉|反映|举报|报道|曝光|质疑|吐槽|发现|疑似|涉嫌|称|说/);

function scoreOf({ words }: Draft, clause: Clause, place: Span | null): number {
  let strong = 0;
  for (const { start, end } of within(words.trouble, clause.start, clause.end)) strong += end - start === 1 ? 0.6 : 1;
  const weak =
    0.4 * within(words.unease, clause.start, clause.end).length + (strong < 1 && holds(words.hurt, clause.start, clause.end) ? 1 : 0);
  const hits = strong + weak;
  if (hits === 0 || isBesides(clause) || holds(words.aside, clause.start, clause.end)) return 0;
  const told = COMPLAINT_WORD.test(clause.words, 0, clause.words.length) ? 1 : 0;
  const placed = place !== null && clause.start <= place.start && place.end <= clause.end ? 0.5 : 0;
  const acts = holds(words.acts, clause.start, clause.end) && holds(words.done, clause.start, clause.end) ? 1 : 0;
  return Math.max(0.25, Math.min(hits, 3) + told + placed - acts);
}

const TAIL = /(?:的|等)*(?:集中)?(?:投诉|举报|反映|内容|问题|情况)(?:共计|累计|共|达|量|激增|,|$)/;
/** In each of its words. */
const TAILS = unitsOf('诉报映容题况');

function matterOf({ words }: Draft, clause: Clause, place: Span | null): Span {
  const hasTrouble = (from: number, to: number) => [words.trouble, words.unease, words.hurt].some((list) => holds(list, from, to));
  const placeEnd = place !== null && clause.start <= place.start && place.end <= clause.end - 2 ? place.end : clause.start;
  const tail = TAILS.within(clause.words, 0, clause.words.length) ? TAIL.exec(clause.words) : null;
  const end = tail !== null && hasTrouble(clause.start, clause.start + tail.index) ? clause.start + tail.index : clause.end;
  const told = within(words.telling, clause.start, end).find((t) => t.end < end - 2 && hasTrouble(t.end, end));
  const start = Math.max(placeEnd < end ? placeEnd : clause.start, told?.end ?? 0);
  return { start: end - start > LONGEST ? end - LONGEST : start, end };
}
