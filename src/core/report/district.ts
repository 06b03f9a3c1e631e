/** The county-level unit of a report: the bureau's own counties first, then any of the country, then development zones as named. */
import { AMBIGUOUS_STEMS, COUNTY_STEMS } from './countyNames';
import type { Found, Lexicon, Span } from './fields';

/** A county named in the text; `span` is the words, `full` whether the name was written out. */
export interface CountyMention extends Span {
  readonly name: string;
  readonly full: boolean;
}

/** The district told, if any: names written out before short ones, earlier before later. */
export function district(mentions: readonly CountyMention[]): Found<string> | null {
  const chosen = mentions.find((m) => m.full) ?? mentions[0];
  return chosen === undefined ? null : { value: chosen.name, spans: [{ start: chosen.start, end: chosen.end }] };
}

/** All county-level units of a normalised text; zones only when no county is told. */
export function countyMentions(text: string, lexicon: Lexicon): readonly CountyMention[] {
  const own = ownMentions(text, lexicon);
  const others = nationalMentions(text).filter((n) => !own.some((o) => o.start < n.end && n.start < o.end));
  const counties = [...own, ...others].sort((a, b) => a.start - b.start);
  return counties.some((c) => c.full) ? counties : [...counties, ...bareMentions(text, counties), ...zoneMentions(text, counties)];
}

/** A short name followed by these is part of another name (灵宝路, 湖滨公园). */
const OTHER_NAME =
  /^(?:[东西南北中]?[路街巷道]|大道|大街|[山河湖江岛峰寺塔桥]|风景|古镇|码头|大酒店|酒店|宾馆|公园|小区|广场|花园|牌|大厦|银行|公司)/;

function ownMentions(text: string, lexicon: Lexicon): readonly CountyMention[] {
  const out: CountyMention[] = [];
  const names = lexicon.counties.flatMap((c) => c.names.map((name, i) => ({ name, full: i === 0, county: c.names[0] ?? name })));
  for (const { name, full, county } of [...names].sort((a, b) => b.name.length - a.name.length)) {
    for (let at = text.indexOf(name); at >= 0 && name !== ''; at = text.indexOf(name, at + name.length)) {
      const end = at + name.length;
      const taken = out.some((o) => o.start < end && at < o.end);
      const short = !full && !/[县区市旗]$/.test(name);
      if (!taken && !(short && OTHER_NAME.test(text.slice(end, end + 4)))) out.push({ start: at, end, name: county, full: !short });
    }
  }
  return out;
}

const STEM_SETS = new Map(Object.entries(COUNTY_STEMS).map(([suffix, stems]) => [suffix, new Set(stems)]));
const EVERYDAY = new Set(['城区', '新城区', '东区', '西区', '郊区', '矿区', '老城区']);

function nationalMentions(text: string): readonly CountyMention[] {
  return [...text.matchAll(/[县区市旗]/g)].flatMap((m) => {
    const suffix = m[0];
    const stems = STEM_SETS.get(suffix);
    for (let length = Math.min(12, m.index); length >= 1 && stems !== undefined; length -= 1) {
      const start = m.index - length;
      const stem = text.slice(start, m.index);
      const name = stem + suffix;
      if (stems.has(stem) && !spoiledBy(name).test(text[start - 1] ?? '')) {
        return [{ start, end: m.index + 1, name, full: true }];
      }
    }
    return [];
  });
}

/** What may not stand just ahead of a name: 各县, 老城区 and the like are no names by themselves. */
function spoiledBy(name: string): RegExp {
  if (EVERYDAY.has(name)) return /[^市省州]/;
  return name.length > 2 ? /(?!)/ : name.endsWith('县') ? /(?![市省州在到是])\p{Script=Han}/u : /[^市省州]/;
}

const SHORT_STEMS: ReadonlyMap<string, string> = new Map(
  (['县', '市'] as const).flatMap((suffix) =>
    COUNTY_STEMS[suffix].filter((s) => s.length >= 2 && s.length <= 4 && !AMBIGUOUS_STEMS.has(s)).map((s) => [s, s + suffix] as const),
  ),
);
const DISTRICT_STEMS: ReadonlySet<string> = new Set(COUNTY_STEMS.区.filter((s) => s.length >= 2));

/** 绵竹有三四十个…, 涪城分局…: the name without its last character, where a name may begin. */
function bareMentions(text: string, known: readonly CountyMention[]): readonly CountyMention[] {
  const out: CountyMention[] = [];
  for (let start = 0; start < text.length - 1; start += 1) {
    if (!/^$|[^\p{Script=Han}\d“”]|[市省在给到是从往]/u.test(text.slice(Math.max(0, start - 1), start))) continue;
    for (const length of [4, 3, 2]) {
      const stem = text.slice(start, start + length);
      const behind = text.slice(start + length, start + length + 4);
      const office = /^(?:区?分局|区局|区市场监管)/.test(behind) && DISTRICT_STEMS.has(stem);
      const name = office ? `${stem}区` : SHORT_STEMS.get(stem);
      if (name === undefined || OTHER_NAME.test(behind) || known.some((k) => k.start <= start && start < k.end)) continue;
      out.push({ start, end: start + length, name, full: false });
      break;
    }
  }
  return out;
}

const ZONE =
  /(?:[\p{Script=Han}]{2,4}市)?((?:(?!我|咱|全|本|在|市|县|省|的)\p{Script=Han}){0,4}?(?:经济(?:技术)?开发区|高新(?:技术)?(?:产业)?(?:开发)?区|经开区|开发区|城乡一体化示范区|示范区|保税区|旅游度假区|风景名胜区|产业集聚区|新区))/gu;

function zoneMentions(text: string, known: readonly CountyMention[]): readonly CountyMention[] {
  if (known.length > 0) return [];
  return [...text.matchAll(ZONE)].flatMap((m) => {
    const name = m[1] ?? '';
    const end = m.index + m[0].length;
    return [{ start: end - name.length, end, name, full: false }];
  });
}
