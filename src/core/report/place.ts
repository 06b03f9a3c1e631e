/** Where it happened: the most specific physical place, without what the district already says. */
import type { CountyMention } from './district';
import type { Found, Span } from './fields';
import { type Section, sectionsOf } from './headings';

/** The words of the place, quotation marks included; null when only a platform, an office or nothing is told. */
export function place(text: string, counties: readonly CountyMention[], sections: readonly Section[]): Found<string> | null {
  const headed = sectionsOf(text, sections, 'place')[0];
  const chosen = headed === undefined ? best(text, counties) : withoutDistrict(text, headed, counties);
  return chosen === null || chosen.end <= chosen.start ? null : { value: text.slice(chosen.start, chosen.end), spans: [chosen] };
}

/** A headed place is all place: up to the end of its line, behind the last county it names. */
function withoutDistrict(text: string, section: Section, counties: readonly CountyMention[]): Span {
  const line = text.slice(section.start, section.end).split(/[。;\n]/)[0] ?? '';
  const end = section.start + line.trimEnd().length;
  const inside = counties.filter((c) => c.start >= section.start && c.end <= end && c.start - section.start < 12);
  return { start: Math.max(section.start, ...inside.map((c) => c.end)), end };
}

interface Candidate extends Span {
  readonly score: number;
}

function best(text: string, counties: readonly CountyMention[]): Span | null {
  const starts = new Map<number, number>();
  for (const m of text.matchAll(LEAD)) starts.set(m.index, 1);
  for (const m of text.matchAll(AFTER_WORD)) starts.set(m.index + m[0].length, 1);
  for (const m of text.matchAll(BOUNDARY)) if (!starts.has(m.index + m[0].length)) starts.set(m.index + m[0].length, 0);
  for (const c of counties) starts.set(skipped(text, c.end), 3);
  const candidates = [...starts]
    .flatMap(([start, bonus]) => candidate(text, start, bonus))
    .sort((a, b) => b.score - a.score || a.start - b.start);
  return candidates[0] ?? null;
}

/** 那个, 那家, 一家 before the name are not the name; 的 belongs to spoken addresses. */
function skipped(text: string, at: number): number {
  const filler = /^(?:的?(?:那个|那家|一家|有家|有个|某|的)|境内|辖区)*/.exec(text.slice(at, at + 12));
  return at + (filler?.[0].length ?? 0);
}

const HAN = '\\p{Script=Han}';
const STREET = '(?:大道|大街|街道|路|街|镇|乡|巷|村|社区|小区)';
const STREET_INSIDE = new RegExp(STREET);
const LEAD = new RegExp(`(?<=^|[^${HAN}]|[在到于是那向对])(?:(?!在|到|于|说|是|那|有)${HAN}){1,4}${STREET}`, 'gu');
const AFTER_WORD = /(?:位于|地址[为是在]?|地点[为是在]?|(?:[说映诉现向对家客众民]|[^存实正现所])在|前往|来到)/g;
const BOUNDARY = /^|[,。;:!?\n\s、]/g;

/** Where the name of a place can no longer go on. */
const STOP =
  /[,。;:!?\n\s、)(/]|发生|出现|共?收到|接到|陆续|相继|开设|开的|因(?!特)|被|卖|购[买货]|买(?!卖)|跟|与(?!.{1,5}路口)|突然|突发|涉[嫌及]|疑似|(?<!药|食|家)用|把|将|出售|销售|从事|曾|已|正在|拒|存在|未|没|搞|推出|以[次假]|说|投诉|反映|报的|摆|换|上周|昨|今[天早晚日]|近日|前天|上午|下午|凌晨|晚上|\d+[月日时点]|经检|抽检|检出|老板(?!娘)|关门|停业|闭店|倒闭|失联|跑路|虚[假构]|虚标|欺[诈骗]|办[了卡的理]|充[了值]|开展|举[办行]|聚集|就餐|吃|用餐|(?:现场|门口|门前|附近|内|里)?(?:有|约|共|近|超)?(?!一家)(?:[\d一二三四五六七八九十百几数两]+)(?:多|余|来)?(?:名|人|位|个|户|家|起|件)|有(?=[人摊一几多\d二三四五六七八九十百数顾客消])|的(?=(?:消费者|顾客|[\d一二三四五六七八九十]))|向(?!阳|荣)|让|拖欠|要求|自称|以“|涨价|哄抬|延期|逾期|使用|提供|制作|加工|生产的|宰客|起火|着火|爆炸|爆燃|泄漏|坍塌|断裂|电子秤|两车|多车/;
const HEAD =
  /(?:店|超市|商场|商城|商厦|酒店|宾馆|旅馆|民宿|客栈|饭[店馆庄]|餐[厅馆]|酒楼|食堂|馆|医院|学校|学院|[中小大]学|幼儿园|[托官管]班|中心|公司|[工化药酒纸钢电食]厂|厂|广场|市场|集市|夜市|小区|花园|家园|公寓|大[厦楼]|[\d一二三四五六七八九十]+(?:楼|层|栋|座|室|号楼|单元|号院?)|[A-Z]座|楼|路口|工地|产业园|园区|公园|乐园|游乐场|滑雪场|农家乐|影[城院]|剧院|KTV|ktv|健身房|诊所|药房|卫生[室院]|加油站|加气站|充电站|车站|站|[库厂仓]房|房|铺|屋|坊|城|府|[^全农]村(?!民)|镇|乡|街道|社区|路|街|大道|巷|仓|冷库|摊位?|档口|门市部?|经营部|售楼[部处]|养老院|敬老院|茶[社楼]|网吧|酒吧|会所|俱乐部|驾校|机构|商行|车行|银行|影楼|配餐|大排档|小吃|食府|酒家|水世界|度假村|营地|牧场|基地|合作社|连锁|美容院|理发店|”)/gu;
const NOT_A_PLACE =
  /^[叫同该]|[三两几多各\d](?:地|家)|搜索|”商城|网店|旗舰店|直播|小程序|平台|App|APP|app|分局|监管[所局]|派出所|指挥中心|监测中心|融媒体|电视台|管委会|工作[组室]|大数据|专项|日报|晚报|热线|我市|我局|全[市县区]|各[县区]|相关/;
/** Names that say by themselves that this is a spot on the ground. */
const VENUE =
  /(?:超市|商场|商厦|酒店|宾馆|饭[店馆]|餐[厅馆]|食堂|医院|学校|[中小]学|学院|幼儿园|广场|市场|小区|花园|大[厦楼]|工地|公园|乐园|影城|健身房|游泳馆|诊所|药[店房]|加油站|车站|售楼[部处]|养老院|培训中心|美容院|4S店|门市部?|火锅店|蛋糕店|KTV|驾校)$/;
const OFFICE = /^[\p{Script=Han}]{0,6}(?:局|(?<![诊会场究])所|办|大队|支队|政府|委员?会?|医院)$/u;

function candidate(text: string, start: number, bonus: number): readonly Candidate[] {
  const raw = text.slice(start, start + 36);
  const opened = raw.slice(0, STOP.exec(masked(raw))?.index ?? raw.length);
  const last = [...opened.matchAll(HEAD)].at(-1);
  const words = last === undefined ? '' : opened.slice(0, last.index + last[0].length);
  const behind = raw.slice(words.length, words.length + 6);
  if (words.length < 3 || unfit(words, behind, text.slice(Math.max(0, start - 6), start))) return [];
  const street = STREET_INSIDE.test(words.slice(1));
  const venue = !/(?:路|街|大道|镇|乡|街道|村)$/.test(words);
  const score = bonus + (street ? 2 : 0) + (venue ? 1.5 : 0) + (/“/.test(words) ? 0.5 : 0);
  if (bonus < 3 && !street && !(VENUE.test(words) && (bonus > 0 || words.length >= 5))) return [];
  return score < 1.5 ? [] : [{ start, end: start + words.length, score }];
}

/** Words inside quotation marks cannot stop a name. */
function masked(raw: string): string {
  return raw.replace(/“[^”]{1,14}”/g, (quoted) => '“'.repeat(quoted.length));
}

function unfit(words: string, behind: string, ahead: string): boolean {
  if (NOT_A_PLACE.test(words) || OFFICE.test(words) || /^[^“]*”/.test(words)) return true;
  if (/^(?:平台|小程序|app|商城|直播|旗舰店|牌|官方|超话|公众号|系统|报道|客户端|栏目|局|分局|所(?!在)|科)/i.test(behind)) return true;
  if (/(?:联合|会同|送往?|送至|送到|转至|转往|通知|督促|指导|安排|派|让|@)$/.test(ahead)) return true;
  return /^(?:一些|不少|多家|有人|本地|群众|网友|消费者|市民|业主|家长|老板|我们|他们|咱|会员|客户|接|收|据|经|该|此|这|那)/.test(words);
}
