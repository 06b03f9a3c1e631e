/** 待办: what is still to be done in one incident, by whom, until when, and what to type for it; tasks, directives and work records with their numbers. */
import type { Deadline } from '../../deadlines/deadline';
import { deadlines } from '../../deadlines/deadlines';
import { typedWhenMet } from '../../incident/decide/obligations';
import { directivesInOrder, numberIn, tasksInOrder } from '../../incident/numbered';
import { paperBehind } from '../../incident/papers/find';
import { recordBehind } from '../../incident/records/find';
import { openAsks } from '../../incident/state';
import { kindZh, TASK_DONE } from '../../plans/rulebook';
import { type Line, type Message, open, summary } from '../message';
import { openPaperLines } from './papers';
import { openRecordLines } from './records';
import { taskLine } from './tasks';
import { clockText, message, people, person, type View } from './view';

/** Answers a question; says so where nothing is owed. */
export function owedList(view: View): Message {
  const lines = [
    ...waitingLine(view),
    ...obligationLines(view),
    ...taskLines(view),
    ...openRecordLines(view),
    ...openPaperLines(view),
    ...directiveLines(view),
  ];
  return message(view, '待办', lines.length === 0 ? [open('没有未办结的事项')] : lines);
}

function waitingLine(view: View): readonly Line[] {
  const waiting = [...new Set(openAsks(view.state).map((ask) => ask.person))];
  return waiting.length === 0 ? [] : [open(`未回复 ${waiting.length} 人：`, ...people(view, waiting))];
}

/** The earliest first, each kind once; what a person answers stands in the line of those who are silent, tasks and records in their own. */
function obligationLines(view: View): readonly Line[] {
  const asked = new Set(openAsks(view.state).map((ask) => ask.kind as string));
  const rows = deadlines(view.rules, view.state).filter(
    (d) =>
      d.status === 'open' &&
      rings(d) &&
      d.kind !== TASK_DONE &&
      recordBehind(view.state, d.key) === null &&
      paperBehind(view.state, d) === null &&
      !asked.has(d.kind),
  );
  const next = [...rows].sort((a, b) => a.dueAt - b.dueAt).filter((d, i, all) => all.findIndex((o) => o.kind === d.kind) === i);
  return next.slice(0, MOST).map((d) => obligationLine(view, d));
}

/** A mere period, such as the one in which figures are added, is nothing to be done. */
function rings({ nextAt, stage }: Deadline): boolean {
  return nextAt !== null || stage > 0;
}

/** So many lines are still read at a glance; more are for the console. */
const MOST = 20;

function obligationLine(view: View, d: Deadline): Line {
  const late = view.now >= d.dueAt ? '已逾期，应于 ' : '';
  return open(
    `${kindZh(view.rules, d.kind)}：${late}${clockText(d.dueAt, view.now)}${late === '' ? ' 前' : ''}　${typedWhenMet(view.rules, view.state, d)}`,
  );
}

function taskLines(view: View): readonly Line[] {
  const all = tasksInOrder(view.state);
  const left = all.filter((task) => task.doneAt === null).slice(0, MOST);
  return left.flatMap((task) => [summary(`任务 ${numberIn(all, task.id)}：`, person(view, task.owner)), taskLine(view, task, '　内容')]);
}

function directiveLines(view: View): readonly Line[] {
  const all = directivesInOrder(view.state);
  return all
    .filter((one) => one.answeredAt === null)
    .map((one) => {
      const due = one.dueAt === null ? '' : `，${clockText(one.dueAt, view.now)} 前反馈`;
      return summary(
        `批示 ${numberIn(all, one.id)}：`,
        person(view, one.leader),
        ...(one.assignee === null ? [] : ['，承办 ', person(view, one.assignee)]),
        due,
      );
    });
}
