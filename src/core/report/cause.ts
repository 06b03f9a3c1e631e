/** What it is about, in the words of the text: the suspected cause if one is told, else the conduct or trouble complained of. */
import { type Clause, clausesOf } from './clauses';
import type { Found, Span } from './fields';
import { type Section, sectionsOf } from './headings';

const LONGEST = 38;

/** At most 38 characters of the text; null when nothing of the kind is told. */
export function cause(text: string, sections: readonly Section[], place: Span | null): Found<string> | null {
  const span = headed(text, sections) ?? because(text) ?? trouble(text, place);
  return span === null || span.end - span.start < 2 ? null : { value: text.slice(span.start, span.end), spans: [span] };
}

function headed(text: string, sections: readonly Section[]): Span | null {
  const events = sectionsOf(text, sections, 'event');
  const named =
    events.find((s) => /(?:原因|起因|事由|成因|问题|案由|诉求)[】\]]?\s?:\s?$/.test(text.slice(Math.max(0, s.start - 8), s.start))) ??
    events[0];
  if (named === undefined) return null;
  const clauses = clausesOf(text, named.start, named.end).filter((c, _, all) => c.sentence === all[0]?.sentence);
  const last = clauses.filter((c) => c.end - named.start <= LONGEST).at(-1);
  return { start: named.start, end: last?.end ?? Math.min(named.end, named.start + LONGEST) };
}

const BECAUSE: readonly RegExp[] = [
  /(?:初步)?(?:判断|分析|怀疑|研判|认定|了解)(?:为|系|是|原因[为是系])([^,。;!\n]{2,30}?)(?:所致|引起|引发|导致)?(?=[,。;!\n]|$)/,
  /(?:^|[^原起])(?:因为|由于|因)(?!此|而|地|素|涉)([^,。;!\n]{2,24}?)(?:的?(?:问题|纠纷|事))?(?=聚集|集体|集中|引发|引起|导致|到场|到店|到现场|到[^,。]{0,6}(?:讨|要|维权)|前来|来[所局]|要求|堵|围|吵|争执|拉横幅|维权|投诉|上访|闹|产生|发生|与|同|跟|[,。;!\n]|$)/,
];

function because(text: string): Span | null {
  for (const pattern of BECAUSE) {
    const m = pattern.exec(text);
    const words = m?.[1];
    if (m === null || words === undefined) continue;
    const start = m.index + m[0].indexOf(words);
    return { start, end: start + words.length };
  }
  return null;
}

const TELLING =
  /(?:反映(?:在)?|投诉|举报|报道|曝光|质疑|吐槽|发现|监测发现|说(?:是)?|称|出现|涉嫌|疑似|存在|质疑我市|(?<!\d):)(?:称|说|其|该|了)?/g;
const TROUBLE =
  /未|没(?!有人员)|拒|不(?!少|久|断|仅|同|要|良反应)|假(?!日|期)|虚|骗|忽悠|跑路|失联|闭店|关[门停服]|停[业课服]|倒闭|过期|变质|腐烂|异味|霉|超标|异物|中毒|呕吐|腹泻|拉肚子|发烧|故障|坏|断裂|爆炸|起火|漏|跑绒|掉色|开裂|褪色|死机|缺斤|短斤|少两|作弊|涨价|加价|高价|贵|多收|乱收|扣费|搭售|捆绑|默认|勾选|强制|诱导|杀熟|排名|广告|自营|刷[单好量]|好评|差评|注销|删除|更正|泄露|规则|协议|公示|延期|烂尾|以次充好|冒充|当[^天时地场]|变差|老换|难|退[费款票卡钱]|讨薪|拖欠|相撞|困人|晒|排队|偷偷|改|隔夜|死|假冒|虚构|换场地|纠纷|兜售|擅自|缩水|偷工减料|质量|漏水|塌|偏高|花哨|自燃|冒烟|逆行|色差|起价|取消|溶解|酸痛|回收油|虫|宰客|馊|异物|注水|掺|脏|推诿|追尾|毁约|少秤|粗糙|积压|不兑现|有问题/g;
const NOT_THE_MATTER =
  /^(?:已|正在|我[局们](?![^,]*(?:收到|接到))|目前|现(?!场)|截至|后续|接报|暂无|暂未|联系人|经(?:排查|核|摸排|了解))|责令|约谈|封存|(?:情绪|舆情热度)|未接到|无人员|批示|没有不良|不归|生命危险|没关系|^没有?人|未出现|^不对|不舒服$|正在调查|续报/;

/** The clause with most trouble in it, from behind the place or the word of telling. */
function trouble(text: string, place: Span | null): Span | null {
  const best = clausesOf(text)
    .filter((c) => !NOT_THE_MATTER.test(c.words))
    .map((clause) => ({ clause, score: scoreOf(clause, place) }))
    .filter((c) => c.score > 0)
    .sort((a, b) => b.score - a.score || a.clause.start - b.clause.start)[0];
  return best === undefined ? toldFirst(text, place) : matterOf(best.clause, place);
}

/** Nothing that sounds like trouble: whatever is first told of. */
function toldFirst(text: string, place: Span | null): Span | null {
  for (const clause of clausesOf(text)) {
    const m = [...clause.words.matchAll(TELLING)].find((t) => t[0] !== ':');
    const inside = place !== null && clause.start <= place.start && place.end <= clause.end - 2;
    const start = Math.max(clause.start + (m === undefined ? 0 : m.index + m[0].length), inside ? place.end : 0);
    if (m !== undefined && clause.end - start >= 4) return { start, end: Math.min(clause.end, start + LONGEST) };
  }
  return null;
}

function scoreOf(clause: Clause, place: Span | null): number {
  const hits = [...clause.words.matchAll(TROUBLE)].length;
  if (hits === 0) return 0;
  const told = /投诉|反映|举报|报道|曝光|质疑|吐槽|发现|疑似|涉嫌/.test(clause.words) ? 1 : 0;
  const placed = place !== null && clause.start <= place.start && place.end <= clause.end ? 0.5 : 0;
  return Math.min(hits, 3) + told + placed;
}

function hasTrouble(words: string): boolean {
  return words.search(TROUBLE) >= 0;
}

function matterOf(clause: Clause, place: Span | null): Span {
  const placeEnd = place !== null && clause.start <= place.start && place.end <= clause.end - 2 ? place.end : clause.start;
  const tail = /(?:的|等)*(?:集中)?(?:投诉|举报|反映|内容|问题|情况)(?:共计|累计|共|达|量|激增|,|$)/.exec(clause.words);
  const end = tail !== null && hasTrouble(clause.words.slice(0, tail.index)) ? clause.start + tail.index : clause.end;
  const told = [...clause.words.matchAll(TELLING)]
    .map((m) => clause.start + m.index + m[0].length)
    .filter((at) => at < end - 2 && hasTrouble(clause.words.slice(at - clause.start, end - clause.start)));
  const start = Math.max(placeEnd < end ? placeEnd : clause.start, told[0] ?? 0);
  return { start: end - start > LONGEST ? end - LONGEST : start, end };
}
