/** The sum at stake in all, in yuan; unit prices, per-person sums, fines and discounts are not it. */
import type { Draft } from './draft';
import { type Found, found, type Interval, type Span } from './fields';
import type { Numeral } from './numerals';
import { Gated, holdsUnit, unitsOf } from './units';

/** The best labelled sum of a text: totals before parts, larger before smaller; null when none is told. */
export function money({ text, numbers }: Draft): Found<Interval> | null {
  const sums: Sum[] = [];
  for (const numeral of numbers) {
    const one = sum(text, numeral);
    if (one !== null) sums.push(one);
  }
  let top: Sum | null = null;
  for (let i = 0; i < sums.length; i += 1) {
    const one = sums[i];
    if (one !== undefined && !isTakenBack(text, one, sums[i + 1]) && (top === null || isBetter(one, top))) top = one;
  }
  return top === null ? null : found(top.value, [top], 0.6 + 0.08 * top.weight, top.rule);
}

interface Sum extends Span {
  readonly value: Interval;
  readonly weight: number;
  readonly rule: string;
}

function isBetter(a: Sum, b: Sum): boolean {
  return a.weight > b.weight || (a.weight === b.weight && size(a) > size(b));
}

const size = ({ value }: Sum): number => value.min ?? value.max ?? 0;

const LARGE = unitsOf('百千万亿');
const UNIT = /^[ \n]?(?:多|余)?(?:元|块钱?(?![^,。;]{0,2}(?:地|肉|电池))|圆|人民币|RMB|rmb)/;
/** With these the words for money begin, or what may stand ahead of them. */
const BEFORE_UNIT = unitsOf('元块圆人Rr多余 ');
const BARE_END = /^(?:元|块|左右|上下|吧|呢|啊|多|余|不等|$|[ ,。;!\n、)])/;
const TOTAL = new Gated(
  '计共累额案涉价全加的数合高凑统归粗算',
  /合计|总计|共计|一共|总共|累计|总额|总金额|涉案|涉及|共|总价值|全部|加起来|拢共|总的|总数|合起来|高达|加一块|加一起|加在一起|凑一块|统共|归了包堆|粗算|算下来|总的/,
);
const LABEL =
  /金额|货款|货值|余额|损失|学费|押金|预付|预存|储值|充[值了]|多收|多交|款|价值|会费|会员费|定金|订金|保证金|租金|本金|资金|营业额|销售额|交易额|花了|花费|被骗|骗走|未退|待退|退费|费用|房款|车款|交了|付了|欠|钱|票款|卡内|垫付|流水|存了|投了|搭进去|卷走|收了|收取|拿了|赔了|搭了|转走|扣了|多扣|流水|骗了|转了|转出|转账|汇了|货钱|票钱|退差价|差了|少了|被扣|押了|压了|压着|打赏|赔进|退回|要退|要求退|本金|保费|费(?=[^,。;]{0,4}$)/;
const NOT_AT_STAKE = new Gated(
  '罚处价均每各优减返贴奖券满卖只涨从由提降悬特收一票租费产值营资单补金赏贵便差付多高少大低笔的垫人押销',
  /(?:罚款?|罚没|处罚|单价|标价|售价|原价|定价|均价|人均|户均|平均|每[^,。;]{0,4}|各|优惠|立?减|返|补贴|奖励|券|满|卖|只要|只卖|起价|涨[到至了]?|[从由][^,。;]{0,4}|提高到|降[到至]?|悬赏|特价|现价|收费|一[斤盒箱件张瓶个份晚两位公斤节次只条]|票价|月租|月费|年费|客单价|房价|产值|年销|营收|营业收入|资产|每单|一单|一套|一顿|一趟|一天|一罐|一桶|一袋|人均约?|补了?|罚金|赏|注册资本|注册资金|贵了?|便宜了?|(?<!退)差价|多付|最[多高大少低](?:的)?(?:一[个户位笔人])?[^,。;]{0,4}|单笔[^,。;]{0,4}|有的[^,。;]{0,3}|垫了?|一人|(?:一个人|每个人|每人|一人|每户|一户|一家|人均)[^,。]{0,3}(?:交|花|付|充|押|收|缴)了?|人民币|日租|押一付)$/,
);
const PRICE_BEHIND =
  /^[ \n]?(?:多|余)?(?:元|块)钱?(?:\/|每|一?(?:斤|盒|箱|瓶|份|晚|公斤|克|两|平|只|条|节)|[一1](?:件|张|个|人|位|天|间|次|年|月|桌|单)|的?(?:保险|券|套餐|优惠|红包|罚款|补贴|酒水|餐具|油|卡(?!里)|课程?包?|年卡|票)|起|不等|以?下?罚)/;

function sum(text: string, numeral: Numeral): Sum | null {
  const large = holdsUnit(text, LARGE, numeral.start, numeral.end);
  if (!large && !BEFORE_UNIT.at(text, numeral.end)) return null;
  const behind = text.slice(numeral.end, numeral.end + 12);
  const unit = UNIT.exec(behind);
  if (unit === null && !large) return null;
  const ahead = clauseAhead(text, numeral.start);
  const isBare =
    unit === null && BARE_END.test(behind) && BARE_AHEAD.test(ahead) && !/(?:播放|阅读|浏览|点击|转发|关注|粉丝|话题)/.test(ahead);
  const isSpoken = unit === null && !isBare && large && SPOKEN_AHEAD.test(ahead) && !COUNTED.test(behind);
  const isLeading =
    unit === null && large && /^(?:左右|多)?的?(?:货款|预付款|学费|押金|定金|本金|票款|余额|会费|工程款|保证金|损失)/.test(behind);
  const isChained =
    unit === null &&
    /(?:金额|货款|余额|学费|货值)[^,。;\d]{0,4}$/.test(ahead) &&
    /[万亿]/.test(text.slice(numeral.start, numeral.end)) &&
    !/^[人件单名户条个次张份]/.test(behind);
  if (unit === null && !isBare && !isChained && !isSpoken && !isLeading) return null;
  if (NOT_AT_STAKE.test(ahead, 0, ahead.length) || PRICE_BEHIND.test(behind) || /罚/.test(ahead) || /(?:加|凑|合|放|堆|聚)$/.test(ahead))
    return null;
  const weight = weightOf(ahead, text, numeral) + (isBare || isChained ? 1 : isSpoken || isLeading ? 2 : 0);
  if (weight === 0) return null;
  const end = numeral.end + (unit?.[0].length ?? 0);
  const rule = TOTAL.test(ahead, 0, ahead.length) ? 'total sum' : 'labelled sum';
  return { start: numeral.start, end, value: atLeast(numeral.interval, behind), weight, rule };
}

/** What stands ahead in the same clause, at most 18 characters. */
function clauseAhead(text: string, start: number): string {
  let from = start;
  while (from > Math.max(0, start - 18) && !ENDS.has(text.charCodeAt(from - 1))) from -= 1;
  return text.slice(from, start);
}

const ENDS = unitsOf(',。;!\n');

/** In speech a sum needs no unit: 一共两万三, 骗了两万六, 差了三百二. */
const SPOKEN_AHEAD =
  /(?:一共|总共|合计|共计|拢共|统共|加起来|加一块|加一起|总的|共|花了|骗了|骗走|交了|付了|充了|损失了?|差了|退了?|差价|扣了|转了|转出去?|汇了|押了|压了|金额|余额|货款|流水|卷走|欠了?|赔了?|搭了?|粗算|算下来|差不多|大概|欠薪|涉及|收了|货值)[^,。;\d]{0,3}$/;
const COUNTED =
  /^[ \n]?(?:多|余|来)?(?:[个名位户件单起条次张份家辆台斤箱包袋瓶盒吨米平只头亩字年月天号点层栋楼室公]|人|例|粉丝|%|多?[人个名])/;
const BARE_AHEAD =
  /(?:金额|款|余额|损失|涉及|费|钱|货值|价值|大概|一共|合计|共计|总共|拢共|押金|定金|加起来|卷走|骗走|差不多|估计|共|流水|欠薪|赔|花了|交了|一共|骗了)[^,。;]{0,5}$/;

/** A total counts 3, a label for money 2; a large sum in its own clause counts for itself. */
function weightOf(ahead: string, text: string, { start, interval }: Numeral): number {
  const spoken = /^[^,。;]{0,6}(?:钱不多|不多)/.test(ahead) ? 1 : 0;
  const labelled =
    LABEL.test(ahead) || /(?:金额|余额|货款|损失|押金|预付款?)[^。;\n]{0,12}$/.test(text.slice(Math.max(0, start - 16), start)) ? 2 : 0;
  const own = (interval.min ?? interval.max ?? 0) >= 10_000 ? 0.5 : 0;
  return (TOTAL.test(ahead, 0, ahead.length) ? 3 : 0) + labelled + spoken + own;
}

function atLeast(interval: Interval, behind: string): Interval {
  if (/^[ \n]?(?:元|块)以上/.test(behind)) return { min: interval.min, max: null };
  return /^[ \n]?(?:元|块)以[下内]/.test(behind) ? { min: null, max: interval.max } : interval;
}

function isTakenBack(text: string, { end }: Sum, next: Sum | undefined): boolean {
  return next !== undefined && next.start - end <= 20 && /不对|说错|记错|口误|应该是|应为|错了/.test(text.slice(end, next.start));
}
