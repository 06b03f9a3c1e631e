/** Who is affected, hurt or dead: numbers with a classifier for people, told apart by the words around them. */
import { clausesOf } from './clauses';
import type { Found, Interval, Span } from './fields';
import { type Numeral, numerals } from './numerals';

export interface People {
  readonly involved: Found<Interval> | null;
  readonly injured: Found<number> | null;
  readonly dead: Found<number> | null;
}

/** The three counts of a normalised text, given its numbers; 无人员伤亡 is 0 and 0, what is not told is null. */
export function people(text: string, numbers: readonly Numeral[]): People {
  const counts = numbers.flatMap((n) => counted(text, n));
  const deaths = [...counts.filter((c) => c.fate === 'dead'), ...terse(text, '死')];
  const hurt = [...counts.filter((c) => c.fate === 'hurt'), ...terse(text, '伤')];
  const dead = gravest(deaths) ?? none(text, NO_DEATHS);
  const injured = injuredOf(text, hurt, counts, dead) ?? none(text, NO_INJURED);
  return { involved: involvedOf(counts, injured, dead), injured, dead };
}

interface Count extends Span {
  readonly interval: Interval;
  readonly fate: 'dead' | 'hurt' | 'plain';
  readonly weight: number;
}

const PERSON =
  '人(?![均份次工气])|小?孩|儿童|幼儿|婴|宝宝|学[生员]|同学|考生|顾客|客[户人]|食客|泳客|游客|乘客|旅客|宾客|观众|新人|消费者|用户|会员|业主|住户|租[客户]|家[长庭]|老[人年太大乡头师伯奶爷]|大[爷妈叔娘]|居民|村民|市民|群众|患者|病[人例]|司机|车主|[卖买]家|商[户家贩]|经营者|[种养]植?殖?户|农户|果农|菜农|投诉[人者]|受害|加盟商|团长|骑手|业户|女[士孩的]|男[的孩]|先生|职工|工人|农民工|伤[者员]|[买办交充吃订报付]了?[^,。;]{0,12}的|家里|粉丝|参保人|购[买房车]';
const CLASSIFIER = new RegExp(
  `^\\s?(?:多|余|来)?\\s?(?:(名|位|人(?![均份次工气民造])|例(?!行|如)|户(?!外|籍|型)|口(?=人|$|[,。;]))|个?(?=${PERSON})|个(?=[^,。;\\d]{1,4}(?:跑到|来到|找到|投诉|反映|聚集|前来|堵|围|吃|呕吐|拉肚子|腹泻|受伤|中毒|不适))|个(?=[,。;]?$))`,
);
const HOTLINE = /^(?:12315|12345|12331|110|119|120|122)$/;
const NOT_INVOLVED =
  /^(?:多|余)?[名个位]?(?:[^,。;]{0,4})(?:工作人员|执法人员?|干部|民警|交警|警察|警力|医护|医生|员工|服务员|嫌疑人|犯罪|涉案人|主播|记者|保安|店员|专家|检查组|队员|消防|值班|同志|参加|负责人|围观|路过|带队|教练|无不适|未出现|没事|无异常|安然|志愿者|督查)/;
const SENT = /(?:派出?|派员|出动|抽调|组织|安排|增派|投入|抓获|拘留|控制|带队|限|每|第|不是|并非|而非|超载|核载)[^,。;\d]{0,5}$/;
const HURT =
  /受伤|轻伤|轻微伤|摔倒|跌落|酸痛|去了?医院|重伤|烫伤|摔伤|砸伤|烧伤|夹伤|骨折|中毒|呕吐|吐|腹泻|拉肚子|腹痛|肚子[疼痛]|发[烧热]|恶心|头[晕痛]|不适|不舒服|住院|送医|送[往到至]?\S{0,8}(?:医院|卫生[院所室])|入院|症状|过敏|咳嗽|流泪|胸闷|晕[倒厥]|昏迷|输液|打吊针|就诊|就医|救治|治疗|留观|病例|不良反应|抽搐|红疹|皮疹|瘙痒|灼伤|感染|发病|红肿|溃烂|肿[胀了]/;
const HURT_AHEAD =
  /(?:受伤|重症|轻症|轻伤|重伤|伤者|伤员|住院|病例|感染|送医|中毒|就医|就诊|留观|发病|患者|病人)(?:人数|人员|共|达|为|约|的|:|有)*$/;
const DIED = /^[^,。;]{0,12}?(?:死亡|遇难|身亡|不治|离世|去世|丧生|死了)/;
const DIED_AHEAD = /(?:死亡|遇难|身亡|不治|致死|丧生)(?:人数|人员|共|达|为|约|:|了)*$/;
const UNHURT = /^[^,。;]{0,10}(?:没有|没|无|未)[^,。;]{0,4}(?:不良反应|不适|受伤|症状|中毒)/;

function counted(text: string, numeral: Numeral): readonly Count[] {
  const behind = text.slice(numeral.end, numeral.end + 34);
  const ahead = text.slice(Math.max(0, numeral.start - 14), numeral.start);
  const unit = CLASSIFIER.exec(behind);
  const labelled = /(?:人数|人员)[:为达共约是应]*$/.test(ahead) && /^\s?(?:$|[,。;\n(左余多])/.test(behind);
  if (!labelled && (unit === null || (unit[0] === '' && numeral.end - numeral.start < 2))) return [];
  if (HOTLINE.test(text.slice(numeral.start, numeral.end)) && !/^\s?[名人位户]/.test(behind)) return [];
  if (NOT_INVOLVED.test(behind) || SENT.test(ahead)) return [];
  const head = behind.split(/[,。;!\n、]/)[0] ?? '';
  const dead = DIED_AHEAD.test(ahead) || DIED.test(head);
  const hurt = !UNHURT.test(head) && (HURT_AHEAD.test(ahead) || HURT.test(head));
  const end = numeral.end + (unit?.[0].length ?? 0);
  return [
    {
      start: numeral.start,
      end,
      interval: bound(numeral.interval, behind),
      fate: dead ? 'dead' : hurt ? 'hurt' : 'plain',
      weight: weightOf(ahead),
    },
  ];
}

function bound(interval: Interval, behind: string): Interval {
  if (/^[名位人户例个]{1,2}以上/.test(behind)) return { min: interval.min, max: null };
  return /^[名位人户例个]{1,2}以[下内]/.test(behind) ? { min: null, max: interval.max } : interval;
}

function weightOf(ahead: string): number {
  if (/(?:其中|包括|又|新增|再有|另有)[^,。;]{0,6}$/.test(ahead)) return -1;
  if (/(?:累计|总共|一共|共计|合计|总计|共有?|全部)[^,。;]{0,7}$/.test(ahead)) return 2;
  return /涉及[^,。;]{0,8}$/.test(ahead) ? 1 : 0;
}

/** 3死2伤, 致1人死2人伤: the shortest way of telling. */
function terse(text: string, fate: '死' | '伤'): readonly Count[] {
  const pattern =
    fate === '死' ? /([\d一二三四五六七八九十两]{1,3})人?死(?!亡率)/g : /([\d一二三四五六七八九十两]{1,3})人?伤(?![心者员残])/g;
  return [...text.matchAll(pattern)].flatMap((m) => {
    const interval = numerals(m[1] ?? '')[0]?.interval;
    const kind = fate === '死' ? ('dead' as const) : ('hurt' as const);
    return interval === undefined ? [] : [{ start: m.index, end: m.index + m[0].length, interval, fate: kind, weight: 0 }];
  });
}

const NO_HARM = '(?:无|未|没有?|尚未|暂无|未造成|没有造成)(?:造成|出现|发生|接报)?(?:任何)?(?:人员|人)?';
const NO_INJURED = new RegExp(`${NO_HARM}(?:伤亡|受伤)`);
const NO_DEATHS = new RegExp(`${NO_HARM}(?:伤亡|死亡)`);

function none(text: string, pattern: RegExp): Found<number> | null {
  const m = pattern.exec(text);
  return m === null ? null : { value: 0, spans: [{ start: m.index, end: m.index + m[0].length }] };
}

function gravest(counts: readonly Count[]): Found<number> | null {
  const top = [...counts].sort((a, b) => lower(b) - lower(a))[0];
  return top === undefined ? null : { value: lower(top), spans: [{ start: top.start, end: top.end }] };
}

function lower(count: Count): number {
  return count.interval.min ?? count.interval.max ?? 0;
}

/** All with symptoms and alive: when the ill were counted with the dead among them, the dead are taken off. */
function injuredOf(text: string, hurt: readonly Count[], counts: readonly Count[], dead: Found<number> | null): Found<number> | null {
  const most = gravest([...hurt, ...illInNextClause(text, hurt, counts)]);
  const deaths = dead?.value ?? 0;
  const first = most?.spans[0];
  const died = dead?.spans[0];
  if (most === null || first === undefined || died === undefined || deaths === 0) return most;
  const among = first.start < died.start && most.value > deaths && /其中|抢救无效|其余/.test(text.slice(first.end, died.end + 12));
  const apart = counts.some((c) => c.fate === 'hurt' && lower(c) === most.value - deaths);
  return among || apart ? { value: most.value - deaths, spans: [first] } : most;
}

/** 20名学生在食堂就餐后,陆续呕吐: the symptoms may stand one clause further on. */
function illInNextClause(text: string, hurt: readonly Count[], counts: readonly Count[]): readonly Count[] {
  if (counts.some((c) => c.fate === 'dead') || hurt.some((c) => c.weight >= 0)) return [];
  const clauses = clausesOf(text);
  return counts.filter((count) => {
    const at = clauses.findIndex((c) => c.start <= count.start && count.start < c.end);
    const next = clauses[at + 1];
    return (
      count.fate === 'plain' &&
      next !== undefined &&
      /^(?:相继|陆续|先后|均|都|全部|随后|之后|后|回家后|不久|就|开始|当晚|出现)/.test(next.words) &&
      HURT.test(next.words)
    );
  });
}

/** The overall number of the whole event; the sum when only the hurt and the dead are counted. */
function involvedOf(counts: readonly Count[], injured: Found<number> | null, dead: Found<number> | null): Found<Interval> | null {
  const top = [...counts].sort((a, b) => b.weight - a.weight || lower(b) - lower(a))[0];
  const harmed = (injured?.value ?? 0) + (dead?.value ?? 0);
  if (top !== undefined && lower(top) >= harmed) return { value: top.interval, spans: [{ start: top.start, end: top.end }] };
  if (harmed === 0) return null;
  return { value: { min: harmed, max: harmed }, spans: [...(injured?.spans ?? []), ...(dead?.spans ?? [])] };
}
