/** 点名册 in words: the sum in every room, each person by group where summaries may be seen. */
import { type BoardRow, boardOf } from '../../incident/board';
import { MINUTE } from '../../instant';
import { groupOf } from '../../plans/rulebook';
import { nameOf } from '../../roster/roster';
import { type Line, type Message, open, type Part, summary } from '../message';
import { message, type View } from './view';

/** Answers a question; says so where nobody has been called. */
export function rollCallBoard(view: View): Message {
  const rows = boardOf(view.state);
  if (rows.length === 0) return message(view, '点名册', [open('还没有点名')]);
  return message(view, '点名册', [open(sumOf(rows)), ...groupsOf(rows).map((group) => groupLine(view, group))]);
}

function sumOf(rows: readonly BoardRow[]): string {
  const called = rows.filter((row) => row.standing !== 'stood_down');
  const count = (standing: BoardRow['standing']): number => called.filter((row) => row.standing === standing).length;
  const arrived = called.filter((row) => row.arrivedAt !== null).length;
  return `点名 ${called.length} 人次：收到 ${count('acknowledged')}，无法到达 ${count('cannot_come')}，未回复 ${count('waiting')}，已到场 ${arrived}`;
}

/** Rows of one group, or of one kind of call outside the groups, together; in the order of the calls. */
function groupsOf(rows: readonly BoardRow[]): readonly (readonly BoardRow[])[] {
  const groups = new Map<string, BoardRow[]>();
  for (const row of rows) {
    const key = row.group ?? row.kind;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

function groupLine(view: View, rows: readonly BoardRow[]): Line {
  const [first] = rows;
  const title = first === undefined ? '' : first.group === null ? OUTSIDE[first.kind] : groupOf(view.rules, first.group)?.zh;
  const people = rows.flatMap((row, i): (Part | string)[] => [
    ...(i === 0 ? [] : ['；']),
    { is: 'name', person: row.person, text: nameOf(view.roster, row.person) },
    ...(row.standInFor === null ? [] : [`（代${nameOf(view.roster, row.standInFor)}）`]),
    ` ${standingZh(view, row)}`,
  ]);
  return summary(`${title ?? ''}：`, ...people);
}

/** Calls outside the groups of a plan. */
const OUTSIDE: Readonly<Record<BoardRow['kind'], string>> = {
  duty_ack: '值班室',
  prior_handling: '属地先期处置',
  call_out: '集结',
  task: '任务',
  directive: '批示',
  record: '工作记录',
  paper: '文稿',
};

function standingZh({ now }: View, row: BoardRow): string {
  const arrived = row.arrivalMinutes === null ? '' : `，${row.arrivalMinutes} 分钟到场`;
  switch (row.standing) {
    case 'acknowledged':
      return `收到（${row.answerMinutes} 分钟）${arrived}`;
    case 'cannot_come':
      return '无法到达';
    case 'stood_down':
      return '已解除';
    case 'waiting':
      return `未回复（已 ${Math.floor((now - row.askedAt) / MINUTE)} 分钟）${arrived}`;
  }
}
