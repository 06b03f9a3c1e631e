/** Words of work records: the call to whoever has the next step, the list of one kind, and the lines that others build on. */
import { deadlines } from '../../deadlines/deadlines';
import { groupTitle } from '../../incident/audience';
import { isOpen, recordKey, recordsInOrder, recordsOf, titleOf, typedNext } from '../../incident/records/find';
import { MOVES, STAGES } from '../../incident/records/kinds';
import type { Bulletin, RecordEntry, RecordTo, WorkRecord } from '../../incident/records/record';
import type { AskState } from '../../incident/state';
import { RECORD_KINDS, type RecordKind } from '../../plans/schema/records';
import type { Intent } from '../intent';
import { full, type Line, type Message, open, type Part, summary } from '../message';
import { awaited, buttonOnly, calling, dueLine, isCard, standInLine } from './asks';
import { howToAnswer } from './intake';
import { clockText, message, people, person, quoted, said, type View } from './view';

/** To whoever has the next step: what it is, whose words, until when, and that 收到 is not yet the answer. Null once it was taken. */
export function recordAsked(view: View, intent: Intent): Message | null {
  const asks = awaited(view, intent);
  const wanted = asks.flatMap((ask) => view.state.records[ask.about ?? ask.id] ?? []).filter(isOpen);
  const [first] = wanted;
  if (first === undefined) return null;
  const heading = `${titleOf(first)}，请办理`;
  if (isCard(intent)) return buttonOnly(view, intent, asks, heading);
  return message(view, heading, callLines(view, intent, asks, wanted), calling(view, intent, asks));
}

function callLines(view: View, intent: Intent, asks: readonly AskState[], wanted: readonly WorkRecord[]): readonly Line[] {
  return [
    ...standInLine(view, asks),
    open(
      '请办理：',
      ...people(
        view,
        asks.map((ask) => ask.person),
      ),
    ),
    ...wanted.flatMap((record) => [...bodyLines(view, record), ...dueLines(view, record), ...attachedLines(view, record)]),
    ...dueLine(view, asks),
    ...wanted.map((record) => open(...howToAnswer(view.state.n, intent.to), `；办好请回复：${typedNext(view.state, record)}`)),
  ];
}

/** When what it waits for is due; null where nothing times it. */
function dueOf(view: View, record: WorkRecord): number | null {
  const key = recordKey(view.rules, record, record.period.n);
  return deadlines(view.rules, view.state).find((row) => row.key === key && row.status === 'open')?.dueAt ?? null;
}

function dueLines(view: View, record: WorkRecord): readonly Line[] {
  const due = dueOf(view, record);
  return due === null ? [] : [open(`请于 ${clockText(due, view.now)} 前办好`)];
}

/** What was said, and everything that belongs to it; a person's words only where everything may be seen. */
export function bodyLines(
  view: View,
  record: Pick<WorkRecord, 'words' | 'parts' | 'amount' | 'hash' | 'division' | 'figures' | 'takenAt'>,
): readonly Line[] {
  const { words, parts, amount, hash, division, figures, takenAt } = record;
  return [
    ...quoted(view, '内容', words),
    ...Object.entries(parts).flatMap(([label, ref]) => quoted(view, label, ref)),
    ...(amount === null ? [] : [full(`数量：${amount.value}${amount.unit}`)]),
    ...(takenAt === null ? [] : [full(`时间：${clockText(takenAt, view.now)}`)]),
    ...(hash === null ? [] : [full(`文件散列（SHA-256）：${hash}`)]),
    ...division.map((line) =>
      full('分工：', person(view, line.owner), '　“', said(view, line.what), `”，${clockText(line.dueAt, view.now)} 前`),
    ),
    ...(figures === null ? [] : bulletinLines(view, figures)),
  ];
}

function bulletinLines(view: View, { from, asked, answered, tasks, done, progress, open: left, groups }: Bulletin): readonly Line[] {
  return [
    full(`时段：${clockText(from, view.now)} 起`),
    full(`点名 ${asked} 人，已回复 ${answered} 人；任务 ${tasks} 项，办结 ${done} 项；进展 ${progress} 条；未办结的工作记录 ${left} 项`),
    ...groups.flatMap(({ group, text }) => quoted(view, groupTitle(view.rules, group) ?? group, text)),
  ];
}

/** Answers of records that belong to this one, e.g. the legal opinion on a draft. */
function attachedLines(view: View, { id }: WorkRecord): readonly Line[] {
  const attached = recordsInOrder(view.state).filter((record) => record.about === id);
  return attached.flatMap((record) =>
    record.entries.flatMap((entry) => (entry.move === 'answer' ? quoted(view, `${titleOf(record)}答复`, entry.words) : [])),
  );
}

/** Whom it goes to. */
export function toParts(view: View, to: RecordTo): readonly (Part | string)[] {
  if (to.kind === 'person') return [person(view, to.id)];
  const { rules, roster } = view;
  if (to.kind === 'county') return [roster.counties.find(({ id }) => id === to.id)?.names[0] ?? '有关县区'];
  return [rules.pack.parties.find(({ id }) => id === to.id)?.zh ?? '有关单位'];
}

/** Each record that still waits, with its term and what is typed for it; whom it went to where that may be seen. */
export function openRecordLines(view: View): readonly Line[] {
  const records = recordsInOrder(view.state).filter(isOpen);
  return records.flatMap((record) => [
    open(`${titleOf(record)}：${STAGES[record.stage]}${termText(view, record)}　${typedNext(view.state, record)}`),
    ...(record.to === null ? [] : [summary('　对方：', ...toParts(view, record.to))]),
  ]);
}

function termText(view: View, record: WorkRecord): string {
  const due = dueOf(view, record);
  if (due === null) return '';
  return view.now >= due ? `，已逾期，应于 ${clockText(due, view.now)}` : `，${clockText(due, view.now)} 前`;
}

function headParts(view: View, record: WorkRecord): readonly (Part | string)[] {
  const to = record.to === null ? [] : ['（', ...toParts(view, record.to), '）'];
  return [titleOf(record), ...to, `：${STAGES[record.stage]}${termText(view, record)}`];
}

/** 证据, 方案, 联络 … alone: everything of one kind with its number and where it stands; of schemes which one is in force. */
export function recordList(view: View, { keys }: Intent): Message {
  const kind = keys.find((key): key is RecordKind => Object.hasOwn(RECORD_KINDS, key)) ?? 'scheme';
  const records = recordsOf(view.state, kind);
  const current = kind === 'scheme' ? records.findLast((record) => record.stage === 'issued') : undefined;
  const lines = records.flatMap((record) => [
    summary(...headParts(view, record), record === current ? '（现行）' : ''),
    ...bodyLines(view, record),
    ...record.entries.flatMap((entry) => entryLines(view, entry)),
  ]);
  return message(view, `${RECORD_KINDS[kind]}清单`, lines.length === 0 ? [open('没有登记')] : lines);
}

function entryLines(view: View, { at, doneAt, by, move, words, amount }: RecordEntry): readonly Line[] {
  const much = amount === null ? '' : ` ${amount.value}${amount.unit}`;
  return [summary(`　${clockText(doneAt ?? at, view.now)} ${MOVES[move]}${much}　`, person(view, by)), ...quoted(view, '　', words)];
}
