/** What the calendar gives to think of, in words: who is to put the year in, what a coming holiday asks of the duty room. */
import { daysBetween } from '../../../calendar/calendar';
import type { CalendarNote, DutyEventOf } from '../../../duty/events';
import type { RosterGap } from '../../../roster/gaps';
import { type Line, type Message, open } from '../../message';
import type { DutyView } from './view';

/** Always owed: it was true when it was noted. A note of the desk bears no number of a shift. */
export function calendarNote(_: DutyView, { notes }: DutyEventOf<'CalendarNoted'>): Message {
  const heading = notes.some(({ is }) => is === 'holiday_near') ? '节假日值班提示' : '节假日日历提示';
  return { ref: null, heading, lines: notes.flatMap(noteLines), mentions: [], buttons: [] };
}

function noteLines(note: CalendarNote): readonly Line[] {
  return note.is === 'year_wanted' ? wantedLines(note) : holidayLines(note);
}

function wantedLines({ year, provisional, daysLeft }: Extract<CalendarNote, { is: 'year_wanted' }>): readonly Line[] {
  const state = provisional ? '只有暂定本（没有调休和补班）' : '还没有';
  return [
    open(`${year} 年节假日安排${state}，${daysLeft === 0 ? '已进入该年' : `距该年还有 ${daysLeft} 天`}。`),
    open(`请照国务院办公厅通知写 config/calendars/${year}.yaml，重新启动后生效；在此之前工作日按周末推算，可能不准。`),
  ];
}

/** So many gaps are named; the rest is counted. */
const MOST = 10;

function holidayLines({ holiday: { name, from, until }, gaps }: Extract<CalendarNote, { is: 'holiday_near' }>): readonly Line[] {
  const shown = gaps.slice(0, MOST).map((gap) => open(gapZh(gap)));
  return [
    open(`${name}：${dayZh(from)} 至 ${dayZh(until)}，共 ${daysBetween(from, until) + 1} 天，每班须有两名值班员、两名带班领导。`),
    ...(gaps.length === 0 ? [open('值班表已排齐。')] : [open('值班表还缺：'), ...shown]),
    ...(gaps.length > MOST ? [open(`另有 ${gaps.length - MOST} 处，请查看值班表`)] : []),
    open(`需要每日零报告的，请带班领导回复：特殊时期 开始 ${name} 至${dayZh(until)}`),
  ];
}

function gapZh({ day, role, has, needs }: RosterGap): string {
  return `${dayZh(day)} ${role === 'duty_officer' ? '值班员' : '带班领导'}：应 ${needs} 人，已排 ${has} 人`;
}

/** 10月1日 */
function dayZh(day: string): string {
  return `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
}
