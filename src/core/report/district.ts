/** The county-level unit of a report: the bureau's own counties first, then any of the country, then development zones as named. */
import { type Found, found, type Lexicon, type Span } from './fields';
import { OTHER_FULL_NAMES, SHORT_NAMES, UNSURE_NAMES } from './lexicon/counties';
import type { Words } from './lexicon/words';
import { firstFrom, inOrder, touches } from './ordered';
import { eachWord, plant, type Trie } from './trie';
import { unitsOf } from './units';

/** A county named in the text; `span` is the words, `weight` how surely it is where the matter is: 3 written out, 2 short, 1 a zone; less for an office. */
export interface CountyMention extends Span {
  readonly name: string;
  readonly weight: number;
  readonly rule: string;
}

/** The district told, if any: names written out before short ones, earlier before later. */
export function district(mentions: readonly CountyMention[]): Found<string> | null {
  let chosen: CountyMention | null = null;
  for (const mention of mentions) if (chosen === null || mention.weight > chosen.weight) chosen = mention;
  return chosen === null ? null : found(chosen.name, [chosen], 0.55 + 0.14 * chosen.weight, chosen.rule);
}

/** All county-level units of a normalised text, in order; zones only when no county is written out. */
export function countyMentions(text: string, lexicon: Lexicon, words: Words): readonly CountyMention[] {
  const zoned = words.zone.length === 0 ? NOT_NAMED : words.zone.map((z) => zoneOf(text, z));
  const told = writtenOut(text, words, zoned, ownMentions(text, lexicon));
  const written = weighs(told, 2.5);
  const short = written && words.province.length === 0 ? NOT_NAMED : bareMentions(text, words, told);
  const bare = written && short.length > 0 ? short.filter((c) => words.province.some((p) => p.end === c.start)) : short;
  const left = zoned.length === 0 || bare.length > 0 || weighs(told, 2) ? NOT_NAMED : zoned.filter((z) => !overlapsAny(told, z));
  return bare.length + left.length === 0 ? told : inOrder([...told, ...bare, ...left]);
}

const NOT_NAMED: readonly CountyMention[] = [];

/** Does one of them weigh that much? */
function weighs(mentions: readonly CountyMention[], least: number): boolean {
  for (const { weight } of mentions) if (weight >= least) return true;
  return false;
}

/** The bureau's own counties and those of the country, in order. */
function writtenOut(
  text: string,
  { county }: Words,
  zoned: readonly CountyMention[],
  ours: readonly CountyMention[],
): readonly CountyMention[] {
  const own = zoned.length === 0 || ours.length === 0 ? ours : ours.filter((o) => !insideZone(zoned, o));
  if (county.length === 0) return own;
  const out = own.slice();
  for (const span of county) {
    const named = fullName(text, span);
    if (named !== null && !overlapsAny(own, named)) out.push(named);
  }
  return inOrder(out);
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
  /^(?:[东西南北中]?[路街巷道](?!道)|[镇乡村](?![\u4e00-\u9fff]{1,3}[镇乡村])|街道|大道|大街|[山河湖江岛峰寺塔桥](?![东西南北])|风景|古镇|码头|大酒店|酒店|宾馆|公园|小区|广场|花园|牌|大厦|银行|公司|菜|话|籍|大曲|老窖|苹果|大米|大枣|烧鸡|号|新村)/;
/** What follows is an office that handles or tells, not where it happened. */
const OFFICE =
  /^(?:区|县|市)?(?:市场监管|市监|公安|人民医院|第[一二三四五]人民医院|中心医院|中医院|人民政府|政府|卫健|疾控|消协|消保|信访|交警|法院|检察|应急|商务|教育|住建|网信|融媒|电视台|分局|局)/;

const OFFICES = unitsOf('区县市公人第中政卫疾消信交法检应商教住网融电分局');

function weighed(text: string, end: number, weight: number): number {
  return OFFICES.at(text, end) && OFFICE.test(text.slice(end, end + 8)) ? weight - 0.5 : weight;
}

function ownMentions(text: string, lexicon: Lexicon): readonly CountyMention[] {
  const told: CountyMention[] = [];
  eachWord(ownNames(lexicon), text, ({ county, short }, start, end) => {
    if (short && OTHER_NAME.test(text.slice(end, end + 4))) return;
    told.push({ start, end, name: county, weight: weighed(text, end, short ? 2 : 3), rule: 'own county' });
  });
  return told.length < 2 ? told : longestOf(told);
}

/** 卢氏 inside 卢氏县 is no name of its own: of names with one beginning, the shorter before the longer, the last counts. */
function longestOf(told: readonly CountyMention[]): readonly CountyMention[] {
  const out: CountyMention[] = [];
  let free = 0;
  for (let i = 0; i < told.length; i += 1) {
    const [one, next] = [told[i], told[i + 1]];
    if (one === undefined || one.start < free || (next !== undefined && next.start === one.start && next.end > one.end)) continue;
    out.push(one);
    free = one.end;
  }
  return out;
}

interface OwnName {
  readonly county: string;
  readonly short: boolean;
}

const OWN = new WeakMap<Lexicon['counties'], Trie<OwnName>>();

function ownNames({ counties }: Lexicon): Trie<OwnName> {
  const known = OWN.get(counties);
  if (known !== undefined) return known;
  const own = plant(
    counties.flatMap((c) =>
      c.names
        .filter((words) => words !== '')
        .map((words, i) => [words, { county: c.names[0] ?? words, short: i > 0 && !/[县区市旗]$/.test(words) }] as const),
    ),
  );
  OWN.set(counties, own);
  return own;
}

/** What may not stand just ahead of a name: 各县, 老城区 and the like are no names by themselves. */
function fullName(text: string, { start, end }: Span): CountyMention | null {
  const name = text.slice(start, end);
  const isWord = name.length === 2 || name === '新城区' || name === '老城区';
  if (isWord && (name.endsWith('县') ? NO_NAME.at(text, start - 1) : !ABOVE.at(text, start - 1))) return null;
  const full = ENDS_OTHERWISE.at(name, name.length - 1) ? OTHER_FULL_NAMES.get(name) : undefined;
  return { start, end, name: full ?? name, weight: weighed(text, end, 3), rule: 'county of the country' };
}

/** With these end the names that are written out another way. */
const ENDS_OTHERWISE = unitsOf('县旗');

/** With these end the names of what counties belong to. */
const ABOVE = unitsOf('市省州');

/** 各县, 该县, 两县 are no names. */
const NO_NAME = unitsOf('各该本全邻跨几多某两三四五六七八九十外老');

const BEGINS = /^$|[^\u4e00-\u9fff\d”]|[市省州在给到是从往天晚早午日许起报转刚才我咱们这叫讲涉由对说的了啊哦嗯呃跟接边播]/;
/** A town of it behind the name. */
const TOWN = /^[\u4e00-\u9fff]{1,4}?(?:镇(?!长|政)|乡(?!亲|村|镇)|街道(?!办)|苏木)/;
/** Whoever speaks for it, or of it as his own. */
const HERE =
  /^(?:这边|那边|这儿|这里|那里|辖区|县局|区局|市局|局(?!长)|分局|所(?!有|以|在|谓|说|售|卖)|的[,\s啊哈]|县城|籍|[\d一二三四五六七八九十]+[名人户])/;

/** 绵竹有三四十个…, 涪城分局…, 成都武侯…: the name without its last character, where a name may begin. */
function bareMentions(
  text: string,
  { countyShort, countyUnsure, ward, city, province }: Words,
  known: readonly Span[],
): readonly CountyMention[] {
  if (countyShort.length + countyUnsure.length + ward.length === 0) return NOT_NAMED;
  const cityEnds = new Set<number>();
  for (const { end } of city) cityEnds.add(end).add(text[end] === '市' ? end + 1 : end);
  for (const { end } of province) cityEnds.add(end);
  const begins = (start: number): boolean => cityEnds.has(start) || BEGINS.test(text[start - 1] ?? '');
  const shorts: CountyMention[] = [];
  for (const { start, end } of countyShort) {
    if (begins(start) || TOWN.test(text.slice(end, end + 7)))
      addBare(text, { start, end }, SHORT_NAMES.get(text.slice(start, end)) ?? '', known, shorts);
  }
  const unsure: CountyMention[] = [];
  for (const { start, end } of countyUnsure) {
    if (cityEnds.has(start) || (begins(start) && (TOWN.test(text.slice(end, end + 7)) || HERE.test(text.slice(end, end + 4)))))
      addBare(text, { start, end }, UNSURE_NAMES.get(text.slice(start, end)) ?? '', known, unsure);
  }
  const wards: CountyMention[] = [];
  for (const { start, end } of ward) {
    const behind = text.slice(end, end + 7);
    const office = /^(?:区?分局|区局|区市场监管|区市监)/.test(behind);
    const own =
      !PLAIN_WARDS.has(text.slice(start, end)) && begins(start) && (HERE.test(behind) || TOWN.test(behind) || isOurs(text, start));
    if (office || own || cityEnds.has(start)) addBare(text, { start, end }, `${text.slice(start, end)}区`, known, wards);
  }
  return besides(besides(shorts, unsure), wards);
}

/** The sure ones, and those of the others that they do not touch. */
function besides(sure: readonly CountyMention[], others: readonly CountyMention[]): readonly CountyMention[] {
  return others.length === 0 ? sure : [...sure, ...others.filter((o) => !overlapsAny(sure, o))];
}

/** 咱们青云谱, 我是麻章的. */
function isOurs(text: string, start: number): boolean {
  return /(?:咱们?|我们?|我是)$/.test(text.slice(Math.max(0, start - 3), start));
}

/** Wards called by words that any town may use for a part of itself. */
const PLAIN_WARDS = new Set(
  '城关 新城 东城 西城 城东 城西 城中 城北 城南 和平 新华 长安 解放 中原 桥东 桥西 路南 路北 河东 河西 市中 南山 东湖 西湖 南湖 朝阳 鼓楼 中山 人民 青年 胜利 建设 向阳 前进 东风 红旗 光明 文峰 龙湖 湖滨 新兴 新市 海港 港口 高新 平安 东山 西山 北塔 云龙 玄武 白云'.split(
    ' ',
  ),
);

function addBare(text: string, { start, end }: Span, name: string, known: readonly Span[], out: CountyMention[]): void {
  if (OTHER_NAME.test(text.slice(end, end + 4)) || overlapsAny(known, { start, end })) return;
  const quoted = start > 0 && text[start - 1] === '“';
  out.push({ start, end, name, weight: weighed(text, end, quoted ? 1 : 2), rule: 'short name of a county' });
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
