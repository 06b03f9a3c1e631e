/** Words of acts on work records. */
import type { EventOf } from '../../../incident/events';
import { titleOf, typedNext } from '../../../incident/records/find';
import { KINDS, MOVES, STAGES } from '../../../incident/records/kinds';
import { full, type Line, open, summary } from '../../message';
import { bodyLines, toParts } from '../records';
import { clockText, person, quoted, type View } from '../view';
import type { Acts } from './words';

/** What was opened or entered, and what comes next. */
export const RECORD_ACTS: Acts<'RecordOpened' | 'RecordEntered'> = {
  RecordOpened: (view, event) => ({
    heading: `${titleOf(event)}已登记`,
    lines: [
      ...(event.to === null ? [] : [summary('对方：', ...toParts(view, event.to))]),
      ...bodyLines(view, event),
      ...(event.dueAt === null ? [] : [open(`时限：${clockText(event.dueAt, view.now)} 前`)]),
      ...next(view, event),
    ],
  }),
  RecordEntered: (view, event) => {
    const record = view.state.records[event.id];
    return {
      heading: `${record === undefined ? '工作记录' : titleOf(record)}：${MOVES[event.move]}`,
      lines: [summary(`现在：${STAGES[event.stage]}`), ...enteredLines(view, event)],
    };
  },
};

function enteredLines(
  view: View,
  { words, parts, amount, doneAt, lateReason, id, stage, owner }: EventOf<'RecordEntered'>,
): readonly Line[] {
  const record = view.state.records[id];
  return [
    ...quoted(view, '内容', words),
    ...Object.entries(parts).flatMap(([label, ref]) => quoted(view, label, ref)),
    ...(amount === null ? [] : [full(`数量：${amount.value}${amount.unit}`)]),
    ...(doneAt === null ? [] : [full(`时间：${clockText(doneAt, view.now)}`)]),
    ...quoted(view, '逾期原因', lateReason),
    ...(record === undefined || !KINDS[record.kind].open.includes(stage)
      ? []
      : [summary('下一步：', person(view, owner)), open(`下一步请回复：${typedNext(view.state, { ...record, stage })}`)]),
  ];
}

function next(view: View, event: EventOf<'RecordOpened'>): readonly Line[] {
  const waits = KINDS[event.kind].open.includes(event.stage);
  return waits ? [summary('承办：', person(view, event.owner)), open(`下一步请回复：${typedNext(view.state, event)}`)] : [];
}
