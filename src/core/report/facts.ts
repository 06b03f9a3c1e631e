/** Quantities that a plan pack may have thresholds for, each with the words it was counted from. */
import { isDenied } from './clauses';
import type { Count } from './counts';
import type { Draft } from './draft';
import type { Found, Interval, MeasuredFact, ReportFields, Span } from './fields';
import { harmFacts } from './harm';
import { mediaFacts } from './media';
import type { Numeral } from './numerals';
import { firstFrom } from './ordered';
import type { People } from './people';
import { spreadFacts } from './spread';
import { type Sign, signOf, unitsOf } from './units';

/** Facts of a draft, given its fields and counts; only what is told, each measure at most once. */
export function measuredFacts(draft: Draft, fields: ReportFields, counts: People): readonly MeasuredFact[] {
  const out: MeasuredFact[] = [];
  crowd(draft, fields.peopleInvolved, counts.all, out);
  harmFacts(draft, fields, counts, out);
  if (fields.amountYuan !== null) out.push(fact('direct_loss_yuan', fields.amountYuan.value, fields.amountYuan.spans));
  spreadFacts(draft, fields.district, out);
  mediaFacts(draft, out);
  attention(draft, out);
  if (draft.words.organ.length > 0) intervention(draft, out);
  priceRise(draft, out);
  return out;
}

function fact(measure: string, interval: Interval, spans: readonly Span[]): MeasuredFact {
  return { measure, interval, spans: spans.map(({ start, end }) => ({ start, end })) };
}

/** The count told last before the word of gathering, and near it: 三百个老人交了钱,今天八十多人围在门口 are eighty who gather. */
function gatheredCount(all: readonly Count[], gathered: readonly Span[]): Count | null {
  for (let i = 0; i < Math.min(gathered.length, 8); i += 1) {
    const word = gathered[i];
    const at = word === undefined ? 0 : firstFrom(all, word.start);
    const before = at === 0 ? undefined : all[at - 1];
    if (word !== undefined && before !== undefined && before.end <= word.start && word.start - before.end <= 24) return before;
  }
  return null;
}

/** Those who gather, those who gather before an office, those who complain; complaints counted in 件 stand for people where those are fewer. */
function crowd(draft: Draft, people: Found<Interval> | null, all: readonly Count[], out: MeasuredFact[]): void {
  const { text, words } = draft;
  const told = words.gathered.length === 0 ? words.gathered : words.gathered.filter((w) => !isDenied(text, w.start));
  const near = gatheredCount(all, told);
  const gathered = told.length === 0 ? null : near === null ? people : { value: near.interval, spans: [near] };
  if (gathered !== null) out.push(fact('gathering_persons', gathered.value, gathered.spans));
  if (gathered !== null && words.gate.length > 0) out.push(fact('gathering_at_gate', gathered.value, gathered.spans));
  const complains = people !== null && isTold(text, words.complained);
  let most: Counted | null = complains ? { interval: people.value, spans: people.spans } : null;
  for (const cases of casesComplained(draft)) if (most === null || least(cases) > least(most)) most = cases;
  if (most !== null) out.push(fact('complainants_72h', most.interval, most.spans));
}

function isTold(text: string, told: readonly Span[]): boolean {
  for (const { start } of told) if (!isDenied(text, start)) return true;
  return false;
}

interface Counted {
  readonly interval: Interval;
  readonly spans: readonly Span[];
}

function least({ interval }: Pick<Counted, 'interval'>): number {
  return interval.min ?? 0;
}

/** 投诉126件 stands for the complaining where people are not counted or fewer. */
function casesComplained({ text, numbers }: Draft): readonly Counted[] {
  let out = NOTHING_COUNTED;
  for (const n of numbers) {
    if (!COUNTED.at(text, n.end)) continue;
    const unit = /^[ \n]?(?:多|余)?(?:件|单(?!位|价)|起|宗|条(?=投诉|举报|工单|诉求))/.exec(text.slice(n.end, n.end + 5));
    if (unit === null || !/投诉|举报|工单|12315|12345|诉求|信访/.test(text.slice(Math.max(0, n.start - 24), n.end + 8))) continue;
    if (/(?:订单|包裹|快递)[^,。;]{0,4}$/.test(text.slice(Math.max(0, n.start - 8), n.start))) continue;
    const cases = { interval: n.interval, spans: [{ start: n.start, end: n.end + unit[0].length }] };
    out = out === NOTHING_COUNTED ? [cases] : [...out, cases];
  }
  return out;
}

const NOTHING_COUNTED: readonly Counted[] = [];
const COUNTED = unitsOf('多余件单起宗条 ');

function attention({ text, words, numbers }: Draft, out: MeasuredFact[]): void {
  let most: Numeral | null = null;
  for (const v of words.views) {
    const near =
      /^(?:量|次数|数|人次)?[^,。;\d一二三四五六七八九十百千万几数上超近]{0,6}/.exec(text.slice(v.end, v.end + 10))?.[0].length ?? 0;
    const count = numbers[firstFrom(numbers, v.end)];
    if (count !== undefined && count.start <= v.end + near && (most === null || least(count) > least(most))) most = count;
  }
  if (most !== null) out.push(fact('views', most.interval, [most]));
  const wide = words.wide.find(
    (w) => !isDenied(text, w.start) && !/(?:避免|防止|可能|恐|怕|预防)[^,。;]{0,4}$/.test(text.slice(Math.max(0, w.start - 6), w.start)),
  );
  if (wide !== undefined) out.push(fact('wide_attention', { min: 1, max: 1 }, [wide]));
}

const STEPS_IN =
  '[^,。;\\n]{0,16}(?:挂牌督办|督办|批示|批了字|批字|签批|批了条|批转|提级|协调|部署|派(?:出|驻)?[^,。;\\n]{0,4}(?:组|人|员)|要求|指示|关注|介入|过问|调度|牵头|工作组|召开)';
/** Measure, a sign of whoever steps in, and how it is told. */
const INTERVENTION: readonly (readonly [string, Sign, RegExp])[] = [
  ['intervention_national', signOf('总国央'), new RegExp(`(?:总局|国务院(?:食安办)?|国家[^,。;]{0,4}局|中央领导)${STEPS_IN}`)],
  [
    'intervention_provincial',
    signOf('省自总'),
    new RegExp(`(?:省局|省政府|省委|省市场监管局|省市监局|省食安办|省领导|省长|自治区(?:政府|局)|市监总队)(?!网监处)${STEPS_IN}`),
  ],
  [
    'intervention_city',
    signOf('市领管'),
    new RegExp(
      `(?:市领导|市局[^,。;\\n]{0,4}领导|(?<!县|区)局领导|(?<!县|区)(?:主要|分管)领导|市长|市委|(?<!超)市政府|分管副?市?长|市食安办|市局)(?!值班|网监|转|12)${STEPS_IN}`,
    ),
  ],
];

function intervention({ text, signs }: Draft, out: MeasuredFact[]): void {
  for (const [measure, sign, pattern] of INTERVENTION) {
    const m = (signs & sign) === 0 ? null : pattern.exec(text);
    if (m !== null) out.push(fact(measure, { min: 1, max: 1 }, [{ start: m.index, end: m.index + m[0].length }]));
  }
}

const PERCENT = signOf('%');

/** 日涨幅达60%: only a rise of one day counts. */
function priceRise({ text, signs }: Draft, out: MeasuredFact[]): void {
  if ((signs & PERCENT) === 0) return;
  const m = /(?:日涨幅|单日[^,。;]{0,6}涨|一[天日夜](?:之?内|之间)?[^,。;]{0,8}涨)[^,。;\d]{0,6}(\d{1,4}(?:\.\d+)?)%/.exec(text);
  const percent = Number(m?.[1] ?? Number.NaN);
  if (m === null || !Number.isFinite(percent)) return;
  out.push(fact('price_rise_day_percent', { min: percent, max: percent }, [{ start: m.index, end: m.index + m[0].length }]));
}
