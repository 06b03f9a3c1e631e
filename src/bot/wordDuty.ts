/** The words of what the duty room shows: who is on duty, the log of a shift, the registers. */
import { DID_ZH, DUTY_DID_ZH } from '../core/duty/didZh';
import type { DutyNow, ShownEntry, ShownLog } from '../core/duty/shown';
import type { TextRef } from '../core/incident/events';
import type { Instant } from '../core/instant';
import { seatLines, untilText } from '../core/notices/compose/duty/view';
import { clockText, people, person, quoted } from '../core/notices/compose/view';
import { full, type Line, open, type Part, summary } from '../core/notices/message';
import type { Roster } from '../core/roster/roster';
import type { ShownRegisters } from './reply';

/** What an answer is worded with; a purged text is missing. */
export interface Wording {
  readonly roster: Roster;
  readonly texts: ReadonlyMap<string, string>;
  readonly now: Instant;
}

export interface Worded {
  readonly heading: string;
  readonly lines: readonly Line[];
}

/** Staff on duty may be named in every room. */
export function wordOnDuty(now: DutyNow, wording: Wording): Worded {
  const { shift, seats, until, next, handedOver, special } = now;
  const there = seats.filter(({ signedInAt }) => signedInAt !== null).map((seat) => seat.person);
  return {
    heading: shift === null ? '当前值班（按值班表，尚未开班）' : `当前值班（第${shift}班）`,
    lines: [
      ...seatLines(wording, seats),
      ...(shift === null ? [] : [open('已签到：', ...(there.length === 0 ? ['无'] : people(wording, there)))]),
      open(untilText(until, wording.now)),
      ...(next.length === 0 ? [] : [open('接班：'), ...seatLines(wording, next)]),
      ...(handedOver ? [open('已交班，等接班人确认')] : []),
      ...(special ? [open('特殊时期，每日零报告')] : []),
    ],
  };
}

/** Every line with its minute; a day apart where the shift goes over midnight. */
export function wordLog(log: ShownLog, wording: Wording): Worded {
  const span = `${clockText(log.from)} 至 ${log.until === null ? '现在' : clockText(log.until)}`;
  return {
    heading: `第${log.n}班 值班日志（${span}）`,
    lines: [
      ...seatLines(wording, log.seats),
      ...(log.entries.length === 0 ? [open('没有记录')] : log.entries.flatMap((entry) => entryLines(entry, wording))),
    ],
  };
}

function entryLines(entry: ShownEntry, wording: Wording): readonly Line[] {
  const at = clockText(entry.at, wording.now);
  const by = person(wording, entry.by);
  if ('did' in entry) return [summary(`${at} #${entry.incident} ${zhOf(DID_ZH, entry.did)}　`, by)];
  if ('duty' in entry) return [summary(`${at} ${zhOf(DUTY_DID_ZH, entry.duty)}　`, by)];
  const label = `第${entry.entry}条${entry.corrects === null ? '' : `（更正第${entry.corrects}条）`}`;
  return [summary(`${at} ${label}${entry.incident === null ? '' : ` #${entry.incident}`}　`, by), ...said(entry.text, wording)];
}

/** An act that only a newer program knows is shown by its type. */
function zhOf(words: Readonly<Record<string, string>>, type: string): string {
  return words[type] ?? type;
}

function said(ref: TextRef, wording: Wording): readonly Line[] {
  const lines = quoted(wording, '　', ref);
  return lines.length === 0 ? [full('　（原文已销毁）')] : lines;
}

export function wordRegisters({ entries }: ShownRegisters, wording: Wording): Worded {
  const head = (words: string, owner: Part): Line => summary(words, '，责任人：', owner);
  return {
    heading: '台账',
    lines:
      entries.length === 0
        ? [open('没有登记在册的台账'), open('登记请回复：台账〔种类〕〔内容〕〔@责任人〕')]
        : entries.flatMap(({ n, kindZh, title, owner, dueAt, short }) => [
            head(
              `第${n}项 ${kindZh}${short ? '（数量不足）' : ''}${dueAt === null ? '' : `，${clockText(dueAt)} 前检查`}`,
              person(wording, owner),
            ),
            ...said(title, wording),
          ]),
  };
}
