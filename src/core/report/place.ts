/** Where it happened: the most specific physical place, without what the district already says. */
import type { Draft } from './draft';
import { type Found, found, type Span } from './fields';
import { sectionsOf } from './headings';
import { firstFrom, holds, within } from './ordered';
import { unitsOf } from './units';

/** The words of the place, quotation marks included; null when only a platform, an office or nothing is told. */
export function place(draft: Draft): Found<string> | null {
  const headed = sectionsOf(draft.text, draft.sections, 'place')[0];
  if (headed !== undefined) return asFound(draft, withoutDistrict(draft, headed), 0.95, 'heading');
  const chosen = best(draft);
  return chosen === null ? null : asFound(draft, chosen, 0.5 + chosen.score / 16, chosen.rule);
}

function asFound({ text }: Draft, span: Span, confidence: number, rule: string): Found<string> | null {
  return span.end - span.start < 2 ? null : found(text.slice(span.start, span.end), [span], confidence, rule);
}

/** A headed place is all place: up to the end of its line, behind the last county it names. */
function withoutDistrict({ text, counties }: Draft, section: Span): Span {
  const line = text.slice(section.start, section.end).split(/[。;\n]| (?=[\u4e00-\u9fff]{2,5}:)/)[0] ?? '';
  const end = section.start + line.trimEnd().length;
  const inside = counties.filter((c) => c.start >= section.start && c.end <= end && c.start - section.start < 12);
  const start = Math.max(section.start, ...inside.map((c) => c.end));
  const rest = text.slice(start, end);
  const ahead = /^[ \n,:]*(?:境内|辖区|[^, \n]{2,4}[省市](?=$|[^ \n]{0,1}$))?/.exec(rest)?.[0].length ?? 0;
  return { start: start + ahead, end: /^[^ \n,]{2,8}[省市]$/.test(rest) ? start + ahead : end };
}

interface Candidate extends Span {
  readonly score: number;
  readonly rule: string;
}

/** How much the words ahead of a name speak for it. */
const BONUS = { boundary: 0, word: 1, county: 3 } as const;

function best(draft: Draft): Candidate | null {
  if (draft.words.head.length === 0 && draft.words.part.length === 0) return null;
  const breaks = breaksOf(draft);
  let top: Candidate | null = null;
  for (const { start, bonus } of starts(draft)) {
    const candidate = candidateAt(draft, breaks, start, bonus, top);
    if (candidate !== null) top = candidate;
  }
  return top;
}

/** Where a place may begin; the same place may come more than once, each time for another reason. */
interface Start {
  readonly start: number;
  readonly bonus: number;
}

/** 在 begins a place only behind these, or at the head of a clause. */
const BEFORE_AT = unitsOf('说映诉现向对家客众民县区市年月日点分许时午晚天里个人名位,。;:! \n');

function starts({ text, counties, words, clauses }: Draft): readonly Start[] {
  const out: Start[] = [];
  for (const c of counties) out.push({ start: skipped(text, c.end), bonus: BONUS.county });
  for (const { start } of words.street) out.push({ start: streetStart(text, start), bonus: BONUS.word });
  for (const { start, end } of words.behind) {
    if (text.charCodeAt(start) !== AT || start === 0 || BEFORE_AT.at(text, start - 1))
      out.push({ start: skipped(text, end), bonus: BONUS.word });
  }
  for (const { start, end } of clauses) out.push({ start: skipped(text, start, end), bonus: BONUS.boundary });
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) out.push({ start: at + 1, bonus: BONUS.boundary });
  return out;
}

/** 在. */
const AT = 0x5728;

/** 那个, 那家, 一家 before the name are not the name; 的 belongs to spoken addresses. */
function skipped(text: string, at: number, limit = text.length): number {
  if (!FILLS.at(text, at)) return at;
  const filler =
    /^(?:的?(?:那个|那家|那边|一家|一个|有家|有个|有一家|某(?!某)|的|叫)|境内|辖区内?|市区|县城(?!关)|城区|这边|内|一处|,|就是|[呃嗯啊哦呢吧哈嘛了])*/.exec(
      text.slice(at, Math.min(limit, at + 12)),
    );
  return at + (filler?.[0].length ?? 0);
}

/** Only with these can filling words begin. */
const FILLS = unitsOf('的那一有某叫境辖市县城这内,就呃嗯啊哦呢吧哈嘛了');

const STREET_BREAK = unitsOf('啊呀呢吧哈嗯呃哦嘛了在到于说是那有向对县区市旗的和与及从经过把为至映个');

/** Up to four characters ahead of 路, 街, 镇 that belong to its name. */
function streetStart(text: string, at: number): number {
  let start = at;
  while (start > Math.max(0, at - 4) && isOfName(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

function isOfName(unit: number): boolean {
  return unit >= 0x4e00 && unit <= 0x9fff && !STREET_BREAK.has(unit);
}

const LONGEST = 36;
const SIGNS = unitsOf(',。;:!?\n 、)(/<>');
const COUNTED = /^(?:多|余|来)?(?:名|人|位|个|户|家(?!居|具|电|常|园)|起|件|批|月|日|时|点|年)/;
/** With these a count may begin; those of `PLAINLY` always are one. */
const COUNTS = unitsOf('多余来家');
const PLAINLY = unitsOf('名人位个户起件批月日时点年');
/** Only with these can what stands ahead of a count end. */
const LEADS = unitsOf('场口前近内里有约共超逾的');
const BEFORE_COUNT = /(?:现场|门口|门前|附近|内|里)?[有约共近超逾的]?$/;

/** Signs, and numbers of people, things and days: a name goes on behind neither. */
function breaksOf({ text, numbers }: Draft): readonly Span[] {
  const out: Span[] = [];
  let next = 0;
  let numberAt = numbers[0]?.start ?? text.length;
  for (let at = 0; at < text.length; at += 1) {
    while (numberAt < at) {
      next += 1;
      numberAt = numbers[next]?.start ?? text.length;
    }
    const number = numberAt === at ? numbers[next] : undefined;
    if (number !== undefined && isCount(text, number)) {
      const lead = LEADS.at(text, at - 1) ? (BEFORE_COUNT.exec(text.slice(Math.max(0, at - 3), at))?.[0].length ?? 0) : 0;
      out.push({ start: at - lead, end: number.end });
    } else if (SIGNS.has(text.charCodeAt(at)) && !isGap(text, at)) out.push({ start: at, end: at + 1 });
  }
  return out;
}

/** 城北街道 李麻婆炒货: a space between a street or a town and what stands there. */
function isGap(text: string, at: number): boolean {
  return text[at] === ' ' && /[镇乡道路街号村]$/.test(text[at - 1] ?? '') && NAME_AHEAD.test(text.slice(at, at + 18));
}

const NAME_AHEAD =
  /^ {1,2}(?!有|来|被|说|把|我|他|那|今|昨|早|晚|上|下|投|一家|家长|老|消|顾|业|群|多|网|电话|刚|这)[“\u4e00-\u9fff]{2,14}/;

function isCount(text: string, { start, end }: Span): boolean {
  const counts = PLAINLY.at(text, end) || (COUNTS.at(text, end) && COUNTED.test(text.slice(end, end + 3)));
  return counts && !text.startsWith('一家', start);
}

/** The place that begins here, if it is better than the best so far. */
function candidateAt(draft: Draft, breaks: readonly Span[], start: number, bonus: number, top: Candidate | null): Candidate | null {
  const { text, words } = draft;
  if ((top !== null && bonus + MOST_BESIDES < top.score) || !hasHead(draft, start)) return null;
  const stop = stopOf(draft, breaks, start);
  const end = lastHead(draft, start, stop);
  if (end - start < (bonus === BONUS.county ? 2 : 3)) return null;
  const street = holds(words.street, start + 1, end);
  const spot = within(words.venue, start, end).at(-1)?.end === end;
  if (bonus !== BONUS.county && !street && !(spot && (bonus > 0 || end - start >= 5))) return null;
  const name = text.slice(start, end);
  const venue = !(ENDS_WAY.at(text, end - 1) && /(?:路|街|大道|镇|乡|街道|村|社区|小区)$/.test(name));
  const score = bonus + (street ? 2 : 0) + (venue ? 1.5 : 0) + (name.includes('“') ? 0.5 : 0) + (spot ? 0.25 : 0);
  const better = top === null || score > top.score || (score === top.score && start < top.start);
  if (score < 1.5 || !better || isUnfit(draft, start, end, name)) return null;
  return { start, end, score, rule: bonus === BONUS.county ? 'behind a county' : street ? 'street' : 'venue' };
}

/** What a name can add to its bonus: a street, a venue, quotation marks, the last word of a venue. */
const MOST_BESIDES = 2 + 1.5 + 0.5 + 0.25;
/** With these end the names of ways and parts of a town. */
const ENDS_WAY = unitsOf('路街道镇乡村区');

/** Is there any word near that a place can end with? */
function hasHead({ words }: Draft, start: number): boolean {
  const [head, part] = [words.head[firstFrom(words.head, start)], words.part[firstFrom(words.part, start)]];
  return Math.min(head?.end ?? Number.POSITIVE_INFINITY, part?.end ?? Number.POSITIVE_INFINITY) <= start + LONGEST;
}

/** Where the name can no longer go on; words inside quotation marks cannot stop it. */
function stopOf({ text, words }: Draft, breaks: readonly Span[], start: number): number {
  const limit = Math.min(text.length, start + LONGEST);
  const quotes = quotedIn(text, start, limit);
  const outside = (at: number): boolean => !quotes.some((q) => q.start <= at && at < q.end);
  let stop = limit;
  for (let i = firstFrom(breaks, start); i < breaks.length; i += 1) {
    const at = breaks[i]?.start ?? stop;
    if (at >= stop) break;
    if (outside(at) && (at > start || (SIGNS.has(text.charCodeAt(at)) && !isGap(text, at)))) stop = at;
  }
  for (let i = firstFrom(words.stop, start); i < words.stop.length; i += 1) {
    const at = words.stop[i]?.start ?? stop;
    if (at >= stop) break;
    if (outside(at) && !(CAN_GO_ON.has(text.charCodeAt(at)) && GOES_ON.test(text.slice(at, at + 20)))) return at;
  }
  return stop;
}

/** 金城大道与尹溪路口 is one place, and so is 欧阳路那块儿有个叫锅锅香的火锅店. */
const GOES_ON =
  /^(?:[与和跟][^,。;“]{1,6}(?:路口|交叉|交汇|路|街|大道)|有?一?[个家间](?:叫|名叫)?(?!老|顾客|男|女|人|小孩|大)[^,。;]{0,12}(?:店|馆|超市|市场|酒店|宾馆|中心|学校|园|厂|铺|坊|院|站|城|行))/;

const CAN_GO_ON = unitsOf('与和跟有一个家间');

const NO_QUOTES: readonly Span[] = [];
const QUOTE = unitsOf('“');

function quotedIn(text: string, start: number, limit: number): readonly Span[] {
  if (!QUOTE.within(text, start, limit + 16)) return NO_QUOTES;
  const out: Span[] = [];
  const words = text.slice(start, limit + 16);
  for (let open = words.indexOf('“'); open >= 0; open = words.indexOf('“', open + 1)) {
    const close = words.indexOf('”', open);
    if (close < 0 || close - open > 15) break;
    out.push({ start: start + open, end: start + close + 1 });
    open = close;
  }
  return out;
}

/** The end of the last word that a place can end with; `start` when there is none. */
function lastHead({ text, words }: Draft, start: number, stop: number): number {
  let end = start;
  for (let i = firstFrom(words.head, start); i < words.head.length; i += 1) {
    const head = words.head[i];
    if (head === undefined || head.end > stop) break;
    end = head.end;
  }
  for (let i = firstFrom(words.part, start); i < words.part.length; i += 1) {
    const part = words.part[i];
    if (part === undefined || part.end > stop) break;
    if (part.end > end && COUNTED_PARTS.at(text, part.start - 1)) end = part.end;
  }
  return end;
}

/** 3楼, A座: what a part of a building is told by. */
const COUNTED_PARTS = unitsOf('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz一二三四五六七八九十');

const OFFICE = /^[\u4e00-\u9fff]{0,6}(?:局|(?<![诊会场究事])所|办|大队|支队|政府|委员?会?|医院)$/;
const BEHIND =
  /^(?:平台|小程序|app|商城|直播|旗舰店|牌|官方|超话|公众号|系统|报道|客户端|栏目|局|分局|所(?!在|售|卖|有)|科|网店|网|监管|派出|公安|市监)/i;
const AHEAD = /(?:联合|会同|送往?|送至|送到|转至|转往|通知|督促|指导|安排|派|让|@|配合|协调|请|由|经|移交|抄送)$/;
const OTHER =
  /^(?:个[\u4e00-\u9fff]{1,4}(?:镇|乡|街道)$|报道|就那|填的|两[县市区地]|[三四五六七八九][县市区地]|天傍|局[正城]|某|值班室|料撒|段同|运营中心|招待|一家|那家|有家|哪家|不少|多家|有人|本地|群众|网友|消费者|市民|业主|家长|老板|我们|他们|咱|会员|客户|接|收|据|经|该|此|这|那个?人|责令|约谈|封存|关停|要求|叫|同|目前|已|[\d一二三四五六七八九十百几数两多]+(?:多|余)?[家名个位])|^“[^”]+”(?:商城|网|App|app)$|[三两几多各\d](?:地|家)$|(?:路|街)上$/;

/** Whoever is named in quotation marks alone is a platform in such a text. */
const ONLINE =
  /(?<!12315|12345|监测|举报|投诉|热线)平台|小程序|app|网店|网约|打车|自营|账号|注销|直播|用户|商家入驻|服务协议|刷单|好评|差评|订票|电商/i;

const PLATFORM = /(?:平台|小程序|商城|网站|App|app|APP)[:,]?[ \n]?$/;
const ENDS_PLATFORM = unitsOf('台序城站pP:, \n');

/** Only with these can the one end, the next begin and the last end. */
const OFFICE_ENDS = unitsOf('局所办队府委员会院');
const BEGINS_BEHIND = unitsOf('平小aA商直旗牌官超公系报客栏局分所科网监派市');
const ENDS_AHEAD = unitsOf('合同送往至到知促导排派让@调请由经交');

function isUnfit({ text, words }: Draft, start: number, end: number, name: string): boolean {
  if (holds(words.unfit, start, end) || (OFFICE_ENDS.at(text, end - 1) && OFFICE.test(name)) || OTHER.test(name)) return true;
  const isQuoted = name.endsWith('”');
  if (name.includes('”') && /^[^“]*”/.test(name)) return true;
  if (isQuoted && /^“[^”]+”$/.test(name) && ONLINE.test(text)) return true;
  if (ENDS_PLATFORM.at(text, start - 1) && PLATFORM.test(text.slice(Math.max(0, start - 6), start))) return true;
  if (
    isQuoted &&
    !/[\u4e00-\u9fff]/.test(name.replace(/“[^”]*”/g, '')) &&
    /^(?:屏蔽|问诊|平台|APP|app|App|小程序|商城|网|牌|直播|App|软件|公众号)/.test(text.slice(end, end + 4))
  )
    return true;
  if (BEGINS_BEHIND.at(text, end) && BEHIND.test(text.slice(end, end + 6))) return true;
  return ENDS_AHEAD.at(text, start - 1) && AHEAD.test(text.slice(Math.max(0, start - 4), start));
}
