/** Numbers of people in a text, each with what became of them and how much it speaks for the whole. */
import { clauseIndex, upTo } from './clauses';
import type { Draft } from './draft';
import type { Interval, Span } from './fields';
import { type Numeral, numerals } from './numerals';
import { holds, inOrder } from './ordered';
import { Gated, holdsUnit, signOf, unitsOf } from './units';

export interface Count extends Span {
  readonly interval: Interval;
  readonly fate: 'dead' | 'hurt' | 'plain';
  readonly grave: boolean;
  /** 2 a total, 1 behind 涉及, 0 plain, -1 a part of another number. */
  readonly weight: number;
  readonly rule: string;
}

/** All of them in order; those a speaker takes back (不对,是…) are left out. */
export function counts(draft: Draft): readonly Count[] {
  const all: Count[] = [];
  for (const numeral of draft.numbers) {
    const count = counted(draft, numeral);
    if (count !== null) all.push(count);
  }
  const terms = terse(draft);
  if (terms.length > 0) all.push(...terms);
  if (all.length < 2) return all;
  inOrder(all);
  return all.filter((c, i) => !isTakenBack(draft.text, c, all[i + 1]));
}

const PERSON =
  '人(?![均份次工气民造行])|雇主|东家|主顾|店主|老板|老头|乡亲|亲戚|宾客|用工|买主|机主|卡友|车友|网红|主播|[弟姐]|婶|嫂|伙计|小伙|姑娘|奶奶|爷爷|产妇|租赁户|拼友|驾驶|囡|小?孩|儿童|幼儿|婴|宝宝|娃|学[生员]|同学|考生|师生|顾客|客[户人]|食客|泳客|游客|乘客|旅客|宾客|观众|新人|消费者|用户|会员|业主|住户|租[客户]|家[长庭]|老[人年太大乡头师伯奶爷]|大[爷妈叔娘]|阿姨|居民|村民|市民|群众|患者|病[人例]|司机|车主|[卖买]家(?![具居电装用私])|商[户家贩]|经营者|[种养]植?殖?户|农户|果农|菜农|投诉[人者]|受害|加盟商|团长|骑手|业户|女[士孩的]|男[的孩]|先生|职工|工人|农民工|伤[者员]|网[友民]|粉丝|参保人|购[买房车]|储户|股民|投资|员工|职员|孕妇|产妇|新娘|玩家|球迷|读者|听众|选手|香客|信众|旅行|驴友|邻居|房客|买主|房主|亲属|家属|妇女|大学生';
const VERB_BEHIND =
  '跑到|来到|找到|投诉|反映|聚集|前来|堵|围|吃|喝|呕吐|拉肚子|腹泻|受伤|中毒|不适|来[所局店]|要求?退|来闹|报名|买了?的|买了|交了|充了|办了|打12|打电话|上门|过来|被[骗坑打]|说|找不着|住院|送医|在[打输住医抢重]|抢救|嘴麻|手麻|头晕|恶心|躺|发烧|起疹|过敏|晕|摔|没退|退不|中招|上当|签了|维权';
const CLASSIFIER = new RegExp(
  `^[ \\n]?(?:多|余|来|几)?[ \\n]?(?:(名|位|口子|人(?![均份次工气民造行])|例(?!行|如)|户(?!外|籍|型|口)|口(?=人))|个?(?=${PERSON})|号(?=${PERSON})|[个号](?=[^,。;\\d]{0,5}(?:${VERB_BEHIND}))|个(?=[,。;]?$|左右|[,。; 吧啊呢嘛]))`,
);
/** Only these can begin what stands between a number and the people. */
const BEGINS = unitsOf(
  '名位人例户口个号弟姐婶嫂伙姑奶爷雇东主店机拼驾囡多余来几 小孩儿幼婴宝娃学同考师顾客食泳游乘旅宾观新消用会业住租家老大阿居村市群患病司车卖买商经种养农果菜投受加团骑女男先职工伤网粉参购储股员孕产玩球读听选香信驴邻房亲妇',
);
const HOTLINE = /^(?:12315|12345|12331|12358|110|119|120|122|95\d{3}|96\d{3})$/;
const NOT_INVOLVED = new Gated(
  '工执干民交警辅医护员服嫌犯涉主记保店销业专检队消值同参负围路带教无未没安志督监股法网博所科局厨从经',
  /^(?:多|余)?[名个位]?(?:[^,。; ]{0,4})(?:工作人员|执法人员?|执法队|干部|民警|交警|警察|警力|辅警|医护|医生|护士|员工(?!中毒|受伤|[^,。]{0,6}(?:讨|欠|腹泻|呕吐))|服务员|嫌疑人|犯罪|涉案人|主播|记者|保安|店员|销售员|业务员|专家|检查组|队员|消防|值班|同志|参加|负责人|围观|路过|带队|教练|无不适|未出现|没事|无异常|无症状|安然|志愿者|督查|监管人员)|^(?:多|余)?[名个位]?(?:股东|法人|网红|博主|所长|科长|局长|厨师|从业|经理|店长|店主)/,
  7,
);
const SENT = new Gated(
  '们派抓股聘雇动抽织排入拘控队限每第是非载核纳招满桌去',
  /(?:我们|咱们|俺们)$|(?:派出?|派员|派了|抓(?!饼|饭|紧|阄|周|取)了?|抓到|涉及股东|招聘|雇用|聘用|出动|抽调|组织|安排|增派|投入|抓获|拘留|控制|带队|限|每|第|不是|并非|而非|超载|核载|核定|可容纳|最多容纳|容纳|招收|招|满|一桌|去了|刑拘|抓了|雇)[^,。;\d]{0,5}$/,
);
const OTHER_TIME = new Gated(
  '年次回前原曾时往史现册职员校粉注订业项区盘村户设额编昨',
  /(?:去年|往年|上次|上回|此前|原有|原先|原来|原为|曾有|曾经|平时|以往|历史|现有|在册|在职|总共有?员工|员工共?|职工共?|从业人员|在校生|在校学生|全校|帮厨人员|工作人员|群成员|粉丝|关注者|订阅|会员总数|业主共|项目共|小区共|该楼盘共|楼盘共|全村共?|住户共|设计|额定|编制|定员|学员总数|总户数|注册用户|截至昨|昨日累计)[^,。; ]{0,6}$/,
);

function counted(draft: Draft, numeral: Numeral): Count | null {
  const { text } = draft;
  const { start } = numeral;
  if (!BEGINS.at(text, numeral.end) && !isLabelled(text, numeral)) return null;
  const behind = text.slice(numeral.end, numeral.end + 34);
  const unit = CLASSIFIER.exec(behind)?.[0] ?? null;
  if (
    !isLabelled(text, numeral) &&
    (unit === null || (unit === '' && numeral.end - start < 2 && text[start] !== '俩' && text[start] !== '仨'))
  )
    return null;
  const counted = unit?.trim() ?? null;
  if (isOther(text, numeral, behind, counted)) return null;
  const { fate, grave } = fateOf(draft, numeral, behind);
  return {
    start,
    end: numeral.end + (unit?.length ?? 0),
    interval: bound(numeral.interval, behind),
    fate,
    grave,
    weight: weightOf(text, numeral),
    rule: counted === null ? 'headed count' : `count of ${counted === '' ? 'people' : counted}`,
  };
}

/** How far ahead of a number the words are that say what it is. */
const AHEAD = 14;

/** Hotlines, those sent to deal with it, numbers of another time, things: no people concerned. */
function isOther(text: string, { start, end }: Numeral, behind: string, unit: string | null): boolean {
  const first = text.charCodeAt(start);
  if ((first === 0x31 || first === 0x39) && HOTLINE.test(text.slice(start, end)) && !/^[ \n]?[名人位户]/.test(behind)) return true;
  if (NOT_INVOLVED.test(text, end, end + 34) || SENT.test(text, start - AHEAD, start) || OTHER_TIME.test(text, start - AHEAD, start))
    return true;
  if (unit === '个' && OF_THINGS.test(text, start - AHEAD, start)) return true;
  return first >= 0x30 && first <= 0x39 && CODED.at(text, start - 1);
}

/** A figure behind these belongs to a code: A3, v2.1. */
const CODED = unitsOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.');

/** 直播间4个, 摊位3个: what is counted stands ahead. */
const OF_THINGS = new Gated(
  '间店台家批箱点位号条样袋瓶件种款部张卡房库组口群处车柜机秤货品单链接罐桶枪证照账摊份盒包项司序站',
  /(?:[间店台家批箱点位号条样袋瓶件种款部张卡房库组口群处车柜机秤货品单链接罐桶枪证照账摊份盒包项]|直播间|账号|公司|平台|小程序|商户号|网站|窝点|摊点)(?:[有共约近了已达为]|涉事)*$/,
);

/** 人数:60, 受伤人数12: the number needs no classifier. */
function isLabelled(text: string, { start, end }: Numeral): boolean {
  return (
    LABEL_ENDS.at(text, start - 1) &&
    /(?:人数|人员)[:为达共约是应有]*$/.test(text.slice(Math.max(0, start - 8), start)) &&
    /^[ \n]?(?:$|[,。;\n(左余多])/.test(text.slice(end, end + 2))
  );
}

const LABEL_ENDS = unitsOf('数员:为达共约是应有');

const HURT_AHEAD = new Gated(
  '伤症院例染医毒诊观病患适泻吐肚烧热晕摔敏疹良',
  /(?:受伤|重症|轻症|轻伤|重伤|伤者|伤员|住院|病例|感染|送医|中毒|就医|就诊|留观|发病|患者|病人|不适|腹泻|呕吐|拉肚子|闹肚子|上吐下泻|发烧|发热|晕倒|摔着|过敏|红疹|起疹|症状|不良反应|[烫摔砸烧炸划夹咬碰致]?伤(?:及|到)?)(?:人数|人员|学生|孩子|人|者|共|达|为|是|约|的|了|着|:|有|已|[ \n]|累计|一共|大概|现在|目前|总共|达到)*$/,
);
const DIED_AHEAD = new Gated('亡难治死丧', /(?:死亡|遇难|身亡|不治|致死|丧生|[^病该]死)(?:人数|人员|共|达|为|是|约|:|了)*$/);
const UNHURT = new Gated('良适伤症毒', /^[^,。;]{0,10}(?:没有|没|无|未)[^,。;]{0,4}(?:不良反应|不适|受伤|症状|中毒)/);

function fateOf({ text, words, clauses }: Draft, numeral: Numeral, behind: string): { fate: Count['fate']; grave: boolean } {
  const clause = clauses[clauseIndex(clauses, numeral.start)];
  const head = upTo(clause === undefined ? behind : behind.slice(0, Math.max(0, clause.end - numeral.end)), ',。;!\n、');
  const from = numeral.start - AHEAD;
  const among = holdsUnit(head, AMONG) ? /的有|其中|里头有|里面有/.exec(head) : null;
  const until = numeral.end + (among === null ? head.length : among.index);
  const dead = DIED_AHEAD.test(text, from, numeral.start) || holds(words.dead, numeral.end, Math.min(until, numeral.end + 18));
  if (dead) return { fate: 'dead', grave: false };
  const cases = words.hurt.length > 0 && (behind.startsWith('例') || behind.startsWith('例', 1));
  const hurt =
    !UNHURT.test(head, 0, head.length) && (cases || HURT_AHEAD.test(text, from, numeral.start) || holds(words.hurt, numeral.end, until));
  const grave = hurt && (GRAVE_AHEAD.test(text, from, numeral.start) || holds(words.grave, numeral.end, until));
  return { fate: hurt ? 'hurt' : 'plain', grave };
}

const AMONG = unitsOf('的其里');
const GRAVE_AHEAD = new Gated('重', /(?:重伤|重症|危重)(?:人数|人员|共|达|为|约|:|有)*$/);

const BOUNDING = unitsOf('以开不');

function bound(interval: Interval, behind: string): Interval {
  if (!holdsUnit(behind, BOUNDING, 0, Math.min(6, behind.length))) return interval;
  if (/^[多余来]?[名位人户例个]{1,2}(?:以上|开外|不止)/.test(behind)) return { min: interval.min, max: null };
  return /^[名位人户例个]{1,2}(?:以[下内]|不到)/.test(behind) ? { min: null, max: interval.max } : interval;
}

function weightOf(text: string, { start, end }: Numeral): number {
  const from = start - AHEAD;
  if (PART.test(text, from, start)) return -1;
  if (WHOLE.test(text, from, start)) return 2;
  if (RISEN.test(text, end, end + 7) || RANGES.at(text, start - 1)) return -1;
  return CONCERNED.test(text, from, start) ? 1 : 0;
}

const PART = new Gated('其包又增再另还内含里光', /(?:其中|包括|又|新增|再有|另有|还有|内有|含|里头有|里面有|光)[^,。;]{0,6}$/);
const WHOLE = new Gated(
  '累共计后起重核际部增升涨达扩变',
  /(?:累计|总共|一共|共计|合计|总计|统共|拢共|前后|加起来|去重后为?|核实为?|实际|共有?|全部|增至|增加到|升至|涨到|达到|已达|增长到|扩大到|上升到|变成)[^,。;]{0,7}$/,
);
const RISEN = new Gated('增升涨', /^[^,。;]{0,3}(?:增至|增加到|升至|涨到)/);
const RANGES = unitsOf('由从');
const CONCERNED = new Gated('涉', /涉及[^,。;]{0,8}$/);

const GONE = signOf('没走死');
const HARMED = signOf('死伤');
const TOLD_TERSELY = /[\d一二三四五六七八九十两]人?[死伤]/;
const NO_COUNTS: readonly Count[] = [];

/** 3死2伤, 致1人死2人伤, 一死三伤: the shortest way of telling. */
function terse({ text, signs }: Draft): readonly Count[] {
  const gone =
    (signs & GONE) === 0 ? null : /(?:没了|走了|死了|没救过来|没抢救过来|没救回来)([一两二三四五六七八九\d])个(?!多|小时|月)/.exec(text);
  if (gone !== null && /医院|抢救|送医|中毒|吃|急诊|120/.test(text)) {
    const interval = numerals(gone[1] ?? '')[0]?.interval;
    if (interval !== undefined)
      return [{ start: gone.index, end: gone.index + gone[0].length, interval, fate: 'dead', grave: false, weight: 0, rule: 'gone' }];
  }
  if ((signs & HARMED) === 0 || !TOLD_TERSELY.test(text)) return NO_COUNTS;
  return [...text.matchAll(/([\d一二三四五六七八九十两]{1,3})人?(死(?!亡率)|伤(?![心者员残害]))/g)].flatMap((m) => {
    const interval = numerals(m[1] ?? '')[0]?.interval;
    const fate = m[2] === '死' ? ('dead' as const) : ('hurt' as const);
    const span = { start: m.index, end: m.index + m[0].length };
    return interval === undefined ? [] : [{ ...span, interval, fate, grave: false, weight: 0, rule: m[2] ?? '' }];
  });
}

/** 来了20个人,不对,是30个人: the number taken back does not count. */
function isTakenBack(text: string, count: Count, next: Count | undefined): boolean {
  if (next === undefined || next.start - count.end > 20) return false;
  const between = text.slice(count.end, next.start);
  return (
    /^[^。;\n]{0,8}(?:不对|不是,|说错|记错|口误|更正|应该是|应为|哦,?是|错了)/.test(between) ||
    /^(?:[^,。;]{0,3})(?:增至|增加到|升至|涨到)/.test(between)
  );
}
