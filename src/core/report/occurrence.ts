/** Which of the times in a message is the onset of the event: not a count, not an instruction, not a measure, not what is still to come. */
import type { Instant } from '../instant';
import type { Found, Occurrence, Span } from './fields';
import type { Section } from './headings';
import { type Moment, moments } from './moments';

/** The onset, or the time it was reported when only that is told; the later one when the speaker corrects himself. 刚才 counts only with `fresh`. */
export function occurrence(text: string, now: Instant, sections: readonly Section[], fresh: boolean): Found<Occurrence> | null {
  const all = moments(text, now).filter((m) => fresh || !m.justNow);
  const heading = sections.find((s) => s.label === 'time');
  const headed = heading === undefined ? [] : all.filter((m) => m.start >= heading.start && m.end <= heading.end);
  const chosen = headed[0] ?? best(text, all, now);
  return chosen === null || chosen === undefined ? null : { value: chosen.value, spans: [{ start: chosen.start, end: chosen.end }] };
}

function best(text: string, all: readonly Moment[], now: Instant): Moment | null {
  const scored = all.map((moment, i) => ({ moment, score: scoreOf(text, moment, all[i - 1], now) })).filter((s) => s.score > 0);
  const top = Math.max(0, ...scored.map((s) => s.score));
  const first = scored.find((s) => s.score === top);
  if (first === undefined) return null;
  const mended = scored.find((s) => s.moment.start > first.moment.end && takesBack(text.slice(first.moment.end, s.moment.start)));
  return (mended ?? first).moment;
}

/** Self-correction: the later time is meant. */
function takesBack(between: string): boolean {
  return between.length <= 16 && /(?:哦|噢|啊|呃|嗯)?(?:不对|不是|说错|记错|更正|应该是|应为)/.test(between);
}

const COUNT = /(?:截至|截止到?|截止至|到)目?前?为?止?$/;
const RANGE_END = /(?:至|到|-|~|—)\s*$/;
const AHEAD = /(?:明天|明日|明早|明晚|明后天|后天|下周.?|下月|务必|务于|请于|将于|定于|拟于|计划|预计|限|力争|确保|争取)[^,。;]{0,6}$/;
const DUE = /^[^,。;!\n]{0,2}(?:以?前|之前|内)(?!后|往|来|去)/;
const PAST_DEALING =
  /^(?:份|,)?[^,。;!\n]{0,3}(?:办理?的|购买的|买的|签的|签订的|充的|充值的|交的|付的|订的|注册成立|成立|开业|生产的|入住|预订的|办卡|装修的)/;
const INSTRUCTION = /^[^。;!\n]{0,22}(?:批示|指示|要求|督办|部署|召开|调度|约谈|责令|立案|救出|赶到|到场|抵达|封存|扑灭|下达|上报|反馈)/;
const REPORTED = /(?:接到|接报|接获|收到|来电|转来|转办|移交|报告|接上级|监测|通报|打来电话|致电|报警)/;

/** 0 is not the onset at all; 4 a plain time of the event; 3 a time of reporting; 2 of a measure; 1 刚才. */
function scoreOf(text: string, moment: Moment, before: Moment | undefined, now: Instant): number {
  const ahead = text.slice(Math.max(0, moment.start - 12), moment.start);
  const behind = text.slice(moment.end, moment.end + 30);
  if (COUNT.test(ahead) && !/从[^,]*$/.test(ahead)) return 0;
  if (AHEAD.test(ahead) || DUE.test(behind) || PAST_DEALING.test(behind)) return 0;
  if (RANGE_END.test(ahead) && before !== undefined && moment.start - before.end < 4) return 0;
  if (moment.value.at !== null && moment.value.at > now + 60_000 && moment.value.precision !== 'day') return 0;
  if (moment.justNow) return 1;
  if (moment.value.at === null) return 3;
  const clause = clauseAround(text, moment);
  if (INSTRUCTION.test(behind.split(/[,。;!\n]/)[0] ?? '')) return 2;
  return REPORTED.test(clause) ? 3.5 : 4;
}

function clauseAround(text: string, span: Span): string {
  const start = Math.max(text.lastIndexOf('。', span.start), text.lastIndexOf('\n', span.start), text.lastIndexOf(';', span.start)) + 1;
  const ahead = text.slice(start, span.start).split(',').at(-1) ?? '';
  return ahead + (text.slice(span.end, span.end + 24).split(/[。;!\n]/)[0] ?? '');
}
