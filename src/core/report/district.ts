/** The county-level unit of a report: the bureau's own counties first, then any of the country, then development zones as named. */
import { type Found, found, type Lexicon, type Span } from './fields';
import { SHORT_NAMES } from './lexicon/counties';
import type { Words } from './lexicon/words';
import { firstFrom, touches } from './ordered';

/** A county named in the text; `span` is the words, `weight` how surely it is where the matter is: 3 written out, 2 short, 1 a zone; less for an office. */
export interface CountyMention extends Span {
  readonly name: string;
  readonly weight: number;
  readonly rule: string;
}

/** The district told, if any: names written out before short ones, earlier before later. */
export function district(mentions: readonly CountyMention[]): Found<string> | null {
  const chosen = mentions.reduce<CountyMention | null>((top, m) => (top === null || m.weight > top.weight ? m : top), null);
  return chosen === null ? null : found(chosen.name, [chosen], 0.55 + 0.14 * chosen.weight, chosen.rule);
}

/** All county-level units of a normalised text, in order; zones only when no county is written out. */
export function countyMentions(text: string, lexicon: Lexicon, words: Words): readonly CountyMention[] {
  const zoned = words.zone.map((z) => zoneOf(text, z));
  const own = ownMentions(text, lexicon).filter((o) => !insideZone(zoned, o));
  const others = words.county.flatMap((s) => fullName(text, s)).filter((n) => !overlapsAny(own, n));
  const told = [...own, ...others].sort((a, b) => a.start - b.start);
  const bare = told.some((c) => c.weight >= 2.5) ? [] : bareMentions(text, words, told);
  const left = told.some((c) => c.weight >= 2) || bare.length > 0 ? [] : zoned.filter((z) => !overlapsAny(told, z));
  return [...told, ...bare, ...left].sort((a, b) => a.start - b.start);
}

/** 高新技术开发区 is no 开发区 of ours. */
function insideZone(zones: readonly CountyMention[], { start, end, name }: CountyMention): boolean {
  const zone = zones[firstFrom(zones, start) - 1];
  return zone !== undefined && zone.end === end && zone.name !== name;
}

function overlapsAny(known: readonly Span[], { start, end }: Span): boolean {
  return touches(known, { start, end });
}

/** A short name followed by these is part of another name (灵宝路, 湖滨公园). */
const OTHER_NAME =
  /^(?:[东西南北中]?[路街巷道](?!道)|大道|大街|[山河湖江岛峰寺塔桥](?![东西南北])|风景|古镇|码头|大酒店|酒店|宾馆|公园|小区|广场|花园|牌|大厦|银行|公司|菜|话|籍|大曲|老窖|苹果|大米|大枣|烧鸡|号|新村)/;
/** What follows is an office that handles or tells, not where it happened. */
const OFFICE =
  /^(?:区|县|市)?(?:市场监管|市监|公安|人民医院|第[一二三四五]人民医院|中心医院|中医院|人民政府|政府|卫健|疾控|消协|消保|信访|交警|法院|检察|应急|商务|教育|住建|网信|融媒|电视台|分局|局)/;

function weighed(text: string, end: number, weight: number): number {
  return OFFICE.test(text.slice(end, end + 8)) ? weight - 0.5 : weight;
}

function ownMentions(text: string, lexicon: Lexicon): readonly CountyMention[] {
  const told: CountyMention[] = [];
  for (const name of ownNames(lexicon)) {
    for (let start = text.indexOf(name.words); start >= 0; start = text.indexOf(name.words, start + name.words.length)) {
      const end = start + name.words.length;
      if (name.short && OTHER_NAME.test(text.slice(end, end + 4))) continue;
      told.push({ start, end, name: name.county, weight: weighed(text, end, name.short ? 2 : 3), rule: 'own county' });
    }
  }
  return told.length < 2 ? told : longestOf(told);
}

/** 卢氏 inside 卢氏县 is no name of its own. */
function longestOf(told: CountyMention[]): readonly CountyMention[] {
  let end = 0;
  return told
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter((m) => {
      const free = m.start >= end;
      if (free) end = m.end;
      return free;
    });
}

interface OwnName {
  readonly words: string;
  readonly county: string;
  readonly short: boolean;
}
const OWN = new WeakMap<Lexicon['counties'], readonly OwnName[]>();

function ownNames({ counties }: Lexicon): readonly OwnName[] {
  const known = OWN.get(counties);
  if (known !== undefined) return known;
  const names = counties.flatMap((c) =>
    c.names
      .filter((words) => words !== '')
      .map((words, i) => ({ words, county: c.names[0] ?? words, short: i > 0 && !/[县区市旗]$/.test(words) })),
  );
  OWN.set(counties, names);
  return names;
}

const EVERYDAY = new Set(['城区', '新城区', '东区', '西区', '郊区', '矿区', '老城区', '新区', '北区', '南区']);

/** What may not stand just ahead of a name: 各县, 老城区 and the like are no names by themselves. */
function fullName(text: string, { start, end }: Span): readonly CountyMention[] {
  const name = text.slice(start, end);
  const ahead = text[start - 1] ?? '';
  const isWord = EVERYDAY.has(name) || (name.length === 2 && !name.endsWith('县'));
  if (
    isWord
      ? !/^[市省州]?$/.test(ahead) || ahead === ''
      : name.length === 2 && /[\u4e00-\u9fff]/.test(ahead) && !/[市省州在到是:接]/.test(ahead)
  )
    return [];
  return [{ start, end, name, weight: weighed(text, end, 3), rule: 'county of the country' }];
}

const BEGINS = /^$|[^\u4e00-\u9fff\d“”]|[市省州在给到是从往天晚早午日许起报转刚才]/;

/** 绵竹有三四十个…, 涪城分局…, 成都武侯…: the name without its last character, where a name may begin. */
function bareMentions(text: string, { countyShort, ward, city }: Words, known: readonly Span[]): readonly CountyMention[] {
  const cityEnds = new Set(city.flatMap((c) => [c.end, text[c.end] === '市' ? c.end + 1 : c.end]));
  const shorts = countyShort.flatMap(({ start, end }) => {
    const free = cityEnds.has(start) || BEGINS.test(text[start - 1] ?? '');
    return free ? bareMention(text, { start, end }, SHORT_NAMES.get(text.slice(start, end)) ?? '', known) : [];
  });
  const wards = ward.flatMap(({ start, end }) => {
    const office = /^(?:区?分局|区局|区市场监管|区市监)/.test(text.slice(end, end + 5));
    return office || cityEnds.has(start) ? bareMention(text, { start, end }, `${text.slice(start, end)}区`, known) : [];
  });
  return [...shorts, ...wards.filter((w) => !overlapsAny(shorts, w))];
}

function bareMention(text: string, { start, end }: Span, name: string, known: readonly Span[]): readonly CountyMention[] {
  if (OTHER_NAME.test(text.slice(end, end + 4)) || overlapsAny(known, { start, end })) return [];
  return [{ start, end, name, weight: weighed(text, end, 2), rule: 'short name of a county' }];
}

/** The name of a zone with up to four characters ahead that may belong to it. */
function zoneOf(text: string, { start, end }: Span): CountyMention {
  let from = start;
  while (
    from > Math.max(0, start - 4) &&
    /[\u4e00-\u9fff]/.test(text[from - 1] ?? '') &&
    !/[我咱全本在市县省的于到和与是]/.test(text[from - 1] ?? '')
  )
    from -= 1;
  return { start: from, end, name: text.slice(from, end), weight: 1, rule: 'zone' };
}
