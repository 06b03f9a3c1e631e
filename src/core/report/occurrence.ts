/** Which of the times in a message is the onset of the event: not a count, not an instruction, not a measure, not what is still to come. */
import { DAY, HOUR, type Instant } from '../instant';
import { upTo } from './clauses';
import type { Draft } from './draft';
import { type Found, found, type Occurrence, type Span } from './fields';
import { type Moment, moments } from './moments';
import { Gated, unitsOf } from './units';

/** The onset, or the time it was reported when only that is told; the later one when the speaker corrects himself. 刚才 counts only with `fresh`. */
export function occurrence({ text, words, sections }: Draft, now: Instant, fresh: boolean): Found<Occurrence> | null {
  const told = moments(text, now, words.timeStart);
  const all = fresh ? told : told.filter((m) => !m.justNow);
  const heading = sections.length === 0 ? undefined : sections.find((s) => s.label === 'time');
  const headed = heading === undefined ? undefined : all.find((m) => m.start >= heading.start && m.end <= heading.end);
  if (headed !== undefined) return found(headed.value, [headed], 0.97, `heading ${headed.rule}`);
  const chosen = best(text, all, now);
  return chosen === null ? null : found(chosen.moment.value, [chosen.moment], chosen.score / 4.3, chosen.moment.rule);
}

interface Scored {
  readonly moment: Moment;
  readonly score: number;
}

function best(text: string, all: readonly Moment[], now: Instant): Scored | null {
  const scored: Scored[] = [];
  let first: Scored | undefined;
  for (let i = 0; i < all.length; i += 1) {
    const moment = all[i];
    const score = moment === undefined ? 0 : scoreOf(text, moment, i === 0 ? undefined : all[i - 1], now);
    if (moment === undefined || score <= 0) continue;
    const one = { moment, score };
    scored.push(one);
    if (first === undefined || score > first.score) first = one;
  }
  if (first === undefined || scored.length === 1) return first ?? null;
  const chosen = first;
  const finer = scored.find((s) => isFiner(text, chosen.moment, s.moment));
  if (finer !== undefined) return finer;
  return scored.find((s) => s.moment.start >= chosen.moment.end && takesBack(text.slice(chosen.moment.end, s.moment.start))) ?? chosen;
}

/** 今天《某报》公众号10点15推的: the clock stands apart from its day. */
function isFiner(text: string, day: Moment, clock: Moment): boolean {
  const [a, b] = [day.value, clock.value];
  if (a.precision !== 'day' || (b.precision !== 'minute' && b.precision !== 'hour') || a.at === null || b.at === null) return false;
  const between = text.slice(day.end, clock.start);
  return clock.start > day.end && between.length <= 14 && !/[,。;!\n]/.test(between) && b.at - a.at >= -12 * HOUR && b.at - a.at < DAY;
}

/** Self-correction: the later time is meant. */
function takesBack(between: string): boolean {
  return (
    between.length <= 18 &&
    /不对|不是|说错|记错|口误|更正|应该是|应为|错了|搞错|不,/.test(between) &&
    !/[。;!\n]/.test(between.replace(/[。;!]?[^。;!\n]{0,6}(?:不对|不是|错)/, ''))
  );
}

const COUNT = new Gated('至止到截', /(?:截至|截止到?|截止至|截|到|至)目?前?为?止?$/);
const RANGE_END = new Gated('至到-~', /(?:至|到|-|~)[ \n]*$/);
const AHEAD = new Gated(
  '明后下务请将定拟划计限力确争原约承应本须要期产最必',
  /(?:明天|明日|明早|明晚|明后天|后天|下周.?|下月|务必|务于|请于|将于|将在|定于|拟于|计划|预计|限|力争|确保|争取|原定|原计划|约定|承诺|应于|应在|本应|须于|要求|保质期至|有效期至?|到期日?|生产日期|最迟|必须)[^,。;]{0,6}$/,
);
const DUE = new Gated('前内', /^[^,。;!\n]{0,2}(?:以?前|之前|内)(?!后|往|来|去)/, 6);
const PAST_DEALING = new Gated(
  '销促动预办签充交付立业产住卡装竣名建册厂',
  /^(?:份|,)?[^,。;!\n]{0,8}(?:促销|大促|活动(?:中|时|价)|预售|办理?的|办了|签的|签订|签了|签约|充的|充值的|充了|交的|付的|注册成立|成立|开业|生产的|生产|入住|办卡|装修的|装修|交付使用|竣工|报名|建成|注册|出厂)/,
  20,
);
const BOUGHT = new Gated('买购订定单', /^[^,。;!\n]{0,10}(?:购买|购入|购置|购得|买的|买了|下单|预订|预定|订的|订了)/, 14);
const INSTRUCTION = new Gated(
  '批指示进查派抽送赶达控拘启停检出报推转要督署召调约责立救到抵封灭下反开组',
  /^[^。;!\n]{0,22}(?:批示|批了字|批字|签批|批转|指示|进驻|查封|派出|抽样|送检|赶往|到达|控制|刑拘|启动|停产|复检|检出|通报|推送给|转来|要求|督办|部署|召开|调度|约谈|责令|立案|救出|赶到|到场|抵达|封存|扑灭|下达|上报|反馈|派员|开展|组织|召集)/,
);
const REPORTED = new Gated(
  '接到获电转移报监致',
  /接到|接报|接获|收到|来电|转来|转办|移交|报告|接上级|监测|通报|打来电话|致电|报警|接12345|接12315|刚接/,
);
const EARLIER = new Gated('此之上曾早先历', /(?:此前|之前|上次|曾于|曾在|早在|先前|上一次|历史上)[^,。;]{0,4}$/);

/** 0 is not the onset at all; 4 a plain time of the event; 3.5 a time of reporting; 2 of a measure; 1 刚才. */
function scoreOf(text: string, moment: Moment, before: Moment | undefined, now: Instant): number {
  const { start, end } = moment;
  const from = start - AHEAD_LENGTH;
  const to = end + BEHIND_LENGTH;
  const follows = goesBefore(text, from, start);
  if (follows && COUNT.test(text, from, start) && !/从[^,]*$/.test(text.slice(Math.max(0, from), start))) return 0;
  if ((follows && AHEAD.test(text, from, start)) || DUE.test(text, end, to)) return 0;
  if (PAST_DEALING.test(text, end, to) || (follows && EARLIER.test(text, from, start))) return 0;
  if (BOUGHT.test(text, end, to)) return 0.5;
  if (before !== undefined && start - before.end < 4 && RANGE_END.test(text, from, start)) return 0;
  if (moment.value.at !== null && moment.value.at > now + 60_000 && moment.value.precision !== 'day') return 0;
  if (moment.justNow) return 1;
  if (moment.value.at === null) return 3;
  if (INSTRUCTION.test(text, end, clauseEnd(text, end, to)) || (text[end] === ',' && LEADERS.test(text, end, end + 60))) return 2;
  if (ONSET.test(text, end, to)) return 4.2;
  return wasReported(text, moment) ? 3.5 : 4;
}

/** A normalised text has no others. */
const BLANKS = unitsOf(' \n');
const AHEAD_LENGTH = 14;
const BEHIND_LENGTH = 30;

/** Does a word, a figure or a dash stand ahead, spaces left out? */
function goesBefore(text: string, from: number, to: number): boolean {
  let at = to - 1;
  while (at >= from && BLANKS.at(text, at)) at -= 1;
  if (at < from || at < 0) return false;
  const unit = text.charCodeAt(at);
  return (unit >= 0x4e00 && unit <= 0x9fff) || (unit >= 0x30 && unit <= 0x39) || unit === 0x7e || unit === 0x2d;
}

/** 2月26日,分管副市长在…来信上批示: the leader's day, not that of the event. */
const LEADERS = new Gated(
  '领市县区书局主',
  /^,[^,。;]{0,10}(?:领导|市长|县长|区长|书记|局长|主任)[^。;]{0,44}(?:批示|批了|签批|指示|督办)/,
);
/** 5点来钟开始陆续有人拉肚子: the onset itself. */
const ONSET = new Gated('起开陆先相出突', /^(?:来钟|左右|许|多)?,?(?:起|开始|就开始|陆续|先后|相继|出现|突发|突然)(?!诉)/, 7);
const CLAUSE_ENDS = unitsOf('。\n;,:');

/** Does the clause around it tell of a report received? */
function wasReported(text: string, span: Span): boolean {
  let from = span.start;
  while (from > Math.max(0, span.start - 40) && !CLAUSE_ENDS.has(text.charCodeAt(from - 1))) from -= 1;
  if (!REPORTED.may(text, from, span.start) && !REPORTED.may(text, span.end, span.end + 24)) return false;
  const around = text.slice(from, span.start) + upTo(text.slice(span.end, span.end + 24), '。;!\n');
  return REPORTED.test(around, 0, around.length);
}

/** The end of the clause, at most `to`. */
function clauseEnd(text: string, from: number, to: number): number {
  let end = from;
  while (end < Math.min(to, text.length) && !PAUSES.has(text.charCodeAt(end))) end += 1;
  return end;
}

const PAUSES = unitsOf(',。;!\n');
