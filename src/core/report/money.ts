/** The sum at stake in all, in yuan; unit prices, per-person sums, fines and discounts are not it. */
import type { Found, Interval } from './fields';
import type { Numeral } from './numerals';

/** The best labelled sum of a normalised text, given its numbers: totals before parts, larger before smaller; null when none is told. */
export function money(text: string, numbers: readonly Numeral[]): Found<Interval> | null {
  const sums = numbers.flatMap((n) => sum(text, n));
  const top = sums.sort((a, b) => b.weight - a.weight || (b.value.min ?? b.value.max ?? 0) - (a.value.min ?? a.value.max ?? 0))[0];
  return top === undefined ? null : { value: top.value, spans: [{ start: top.start, end: top.end }] };
}

interface Sum {
  readonly start: number;
  readonly end: number;
  readonly value: Interval;
  readonly weight: number;
}

const UNIT = /^\s?(?:多|余)?(?:元|块钱?|圆|人民币)/;
const BARE_END = /^\s?(?:元|块|左右|上下|吧|呢|多|余|$|[,。;!\n、)])/;
const TOTAL = /(?:合计|总计|共计|一共|总共|累计|总额|总金额|涉案|涉及|共|总价值|全部)/;
const LABEL =
  /(?:金额|货款|货值|余额|损失|学费|押金|预付|预存|储值|充[值了]|多收|多交|款|价值|会费|会员费|定金|订金|保证金|租金|本金|资金|营业额|销售额|交易额|花了|被骗|未退|待退|退费|费用|房款|车款|交了|付了|欠|钱|票款|卡内|垫付|流水)/;
const NOT_AT_STAKE =
  /(?:罚款?|罚没|处罚|单价|标价|售价|原价|定价|均价|人均|户均|每[^,。;]{0,4}|各|优惠|立?减|返|补贴|奖励|券|满|卖|只要|起价|涨[到至了]?|[从由][^,。;]{0,4}|提高到|降[到至]?|悬赏|特价|现价|收费)$/;
const PRICE_BEHIND =
  /^\s?(?:多|余)?(?:元|块)钱?(?:\/|每|[一1](?:斤|盒|箱|件|张|瓶|个|份|晚|人|位|公斤|克|两|天|间|次)|的?(?:保险|券|套餐|优惠|红包|罚款|补贴|酒水|餐具)|起|不等|以?下?罚)/;

function sum(text: string, numeral: Numeral): readonly Sum[] {
  const behind = text.slice(numeral.end, numeral.end + 12);
  const ahead =
    text
      .slice(Math.max(0, numeral.start - 18), numeral.start)
      .split(/[,。;!\n]/)
      .at(-1) ?? '';
  const unit = UNIT.exec(behind);
  const written = text.slice(numeral.start, numeral.end);
  const bare =
    unit === null &&
    /[百千万亿]/.test(written) &&
    BARE_END.test(behind) &&
    /(?:金额|款|余额|损失|涉及|费|钱|货值|价值|大概|一共|合计|共计)[^,。;]{0,5}$/.test(ahead);
  const chained =
    unit === null && /(?:金额|货款|余额|学费)[^,。;\d]{0,4}$/.test(ahead) && /万|亿/.test(written) && !/^[人件单名户条个次]/.test(behind);
  if (unit === null && !bare && !chained) return [];
  if (NOT_AT_STAKE.test(ahead) || PRICE_BEHIND.test(behind) || /罚/.test(ahead)) return [];
  const spoken = /^[^,。;]{0,6}(?:钱不多|不多)/.test(ahead) ? 1 : 0;
  const labelled = LABEL.test(ahead) ? 2 : 0;
  const weight = (TOTAL.test(ahead) ? 3 : 0) + labelled + spoken + (bare || chained ? 1 : 0);
  if (weight === 0 || /^(?:\s?(?:元|块))的?油/.test(behind)) return [];
  return [{ start: numeral.start, end: numeral.end + (unit?.[0].length ?? 0), value: atLeast(numeral.interval, behind), weight }];
}

function atLeast(interval: Interval, behind: string): Interval {
  if (/^\s?(?:元|块)以上/.test(behind)) return { min: interval.min, max: null };
  return /^\s?(?:元|块)以[下内]/.test(behind) ? { min: null, max: interval.max } : interval;
}
