/** How far a matter reaches: provinces, prefecture-level cities, counties told of by number, by 多个 or by name. */
import type { CountyMention } from './district';
import type { Draft } from './draft';
import type { Found, Interval, MeasuredFact, Span } from './fields';
import { numerals } from './numerals';
import { PROVINCES } from './provinces';
import { type Sign, signOf } from './units';

const MANY: Interval = { min: 2, max: null };
const N = '([\\d一二两三四五六七八九十]{1,3})(?:余|多)?';
/** Measure, a sign of what is reached, and how it is told. */
const SPREAD: readonly (readonly [string, Sign, RegExp])[] = [
  [
    'provinces_affected',
    signOf('国省'),
    new RegExp(
      `(?<!在)(?<!面向|服务|销往|发往)全国(?:多[个地省]|范围|各地|累计|均有|${N}个?省|都有|门店|多家)|多个?省(?!辖|级|局|心|钱|时|力|直|会)(?:份|市|区)?|跨省|${N}个?省(?!辖|级|局|政|内|委|直|会|领|里)(?:份|市|区)?`,
    ),
  ],
  [
    'cities_affected',
    signOf('省市地'),
    new RegExp(
      `(?:全省|省内|我省)(?:多[个地]|各地|范围)(?:市|地)?|多个?(?:省辖市|地级市|设区的?市|地市|城市)|跨市|${N}个?(?:省辖市|地级市|设区的?市|地市|城市|市(?=[,。、有均门店的共同消医超餐用业]|\\d)|地(?=门店|[,。均有同的]|消费者|分店|市|会员|校区))`,
    ),
  ],
  [
    'counties_affected',
    signOf('县区'),
    new RegExp(
      `(?:全市|我市)(?:多个|各|多)县|多个?县|跨县|${N}个(?:县|区(?!域|间))(?:区|市|\\(市、区\\))?|(?<=[\\u4e00-\\u9fff])([两三四五六七八])(?:县|区(?!域|间))(?!局)`,
    ),
  ],
];

/** Adds to `out` provinces and cities by the words for them, counties also by their names in a row; one named county is one. */
export function spreadFacts(draft: Draft, district: Found<string> | null, out: MeasuredFact[]): void {
  const { text, words, counties } = draft;
  const provinces = words.province.length === 0 ? null : provincesNamed(text, words.province, counties);
  const told = words.reach.length === 0 ? NOTHING : reachTold(draft);
  if (provinces !== null && !isTold(told, 'provinces_affected')) out.push(provinces);
  for (const one of told) out.push(one);
  const cities = words.reach.length === 0 || isTold(told, 'cities_affected') ? null : citiesInRow(draft);
  if (cities !== null) out.push(cities);
  const named = isTold(told, 'counties_affected') ? null : countiesNamed(text, counties, district);
  if (named !== null) out.push(named);
}

const NOTHING: readonly MeasuredFact[] = [];

function isTold(told: readonly MeasuredFact[], measure: string): boolean {
  return told.some((t) => t.measure === measure);
}

function reachTold({ text, signs }: Draft): readonly MeasuredFact[] {
  const out: MeasuredFact[] = [];
  for (const [measure, sign, pattern] of SPREAD) {
    const m = (signs & sign) === 0 ? null : pattern.exec(text);
    if (m === null) continue;
    const written = m[1] ?? m[2];
    const count = written === undefined ? null : (numerals(written)[0]?.interval ?? null);
    if (count !== null && (count.min ?? 0) < 2) continue;
    out.push({ measure, interval: count ?? MANY, spans: [{ start: m.index, end: m.index + m[0].length }] });
  }
  return out;
}

/** 浙江、江西、福建; or a county of a province that is named (江苏溧阳) beside one whose province need not be. */
function provincesNamed(text: string, named: readonly Span[], counties: readonly CountyMention[]): MeasuredFact | null {
  const spans = named.filter((p, i) => {
    const [before, next] = [named[i - 1], named[i + 1]];
    const end = text[p.end] === '省' ? p.end + 1 : p.end;
    if (counties.some((c) => c.start === end)) return true;
    return [before, next].some((n) => n !== undefined && isJoined(text, p, n));
  });
  const names = new Set(spans.map((s) => text.slice(s.start, s.end)));
  const ends = new Set(named.flatMap((p) => [p.end, p.end + 1]));
  const foreign = spans.some((s) => counties.some((c) => c.start >= s.end && c.start <= s.end + 1));
  const count = names.size + (foreign && counties.some((c) => !ends.has(c.start) && c.weight >= 2) ? 1 : 0);
  return count < 2
    ? null
    : { measure: 'provinces_affected', interval: { min: count, max: count }, spans: spans.map(({ start, end }) => ({ start, end })) };
}

const CITY_ROW =
  /(?:[\u4e00-\u9fff]{2,3}、){1,8}[\u4e00-\u9fff]{2,3}(?:等地|等[\d一二两三四五六七八九十]+(?:地|市)|[两三四五六七八九](?:地(?!级)|市(?!场))|等市)/;

const LISTED = signOf('、');

/** 洛阳、三门峡、南阳三地. */
function citiesInRow({ text, signs }: Draft): MeasuredFact | null {
  const m = (signs & LISTED) === 0 ? null : CITY_ROW.exec(text);
  if (m === null || /县|区|街|镇|乡|省/.test(m[0]) || PROVINCES.some((p) => m[0].startsWith(p))) return null;
  const count = m[0].split('、').length;
  return { measure: 'cities_affected', interval: { min: count, max: count }, spans: [{ start: m.index, end: m.index + m[0].length }] };
}

function countiesNamed(text: string, counties: readonly CountyMention[], district: Found<string> | null): MeasuredFact | null {
  if (counties.length < 2)
    return district === null ? null : { measure: 'counties_affected', interval: { min: 1, max: 1 }, spans: district.spans };
  const row = counties.filter((c, i) =>
    [counties[i - 1], counties[i + 1]].some((n) => n !== undefined && n.name !== c.name && isJoined(text, c, n)),
  );
  const names = new Set(row.map((c) => c.name)).size;
  const spans = names >= 2 ? row.map(({ start, end }) => ({ start, end })) : (district?.spans ?? []);
  if (names < 2 && district === null) return null;
  const count = Math.max(1, names >= 2 ? names : 1);
  return { measure: 'counties_affected', interval: { min: count, max: count }, spans };
}

function isJoined(text: string, a: Span, b: Span): boolean {
  return /^(?:省?[、和及与,]|省)?$/.test(a.start < b.start ? text.slice(a.end, b.start) : text.slice(b.end, a.start));
}
