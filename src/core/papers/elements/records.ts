/** Elements of work records: the one a paper is about with its words, parts and entries, and lists of all of one kind. */

import { deadlines } from '../../deadlines/deadlines';
import { recordKey, recordsOf } from '../../incident/records/find';
import { MOVES, STAGES } from '../../incident/records/kinds';
import type { RecordEntry, WorkRecord } from '../../incident/records/record';
import { RECORD_KINDS, type RecordKind } from '../../plans/schema/records';
import { type Filled, type Filler, type IncidentBrief, NOTHING } from '../brief';
import { groupPart, recordPart } from '../courseLines';
import type { Line, Part } from '../draft';
import { recipientPart } from '../names';
import { due, fullMinuteZh, joint, minuteZh, names, person, quoted, say, told } from '../parts';

/** Fillers of this theme, by the name data use; `of` names the kind where it is not the paper's own, or the label of a part: 来源. */
export const RECORDS: Readonly<Record<string, Filler<IncidentBrief>>> = {
  record_words: (brief, of) => about(brief, of, (record) => line(quoted(brief, record.version, record.words))),
  record_number: (brief, of) => about(brief, of, (record) => line(recordPart(brief, record.id))),
  record_opened: (brief, of) => about(brief, of, (record) => [told(brief, record.version, fullMinuteZh(record.openedAt))]),
  record_by: (brief, of) => about(brief, of, (record) => [person(brief, record.by)]),
  record_owner: (brief, of) => about(brief, of, (record) => [person(brief, record.owner)]),
  record_due: recordDue,
  record_stage: (brief, of) => about(brief, of, (record) => [told(brief, lastOf(record), STAGES[record.stage])]),
  record_part: recordPartNamed,
  record_entries: (brief, of) =>
    chosen(brief, of)
      .slice(0, 1)
      .flatMap((record) => record.entries.map((entry) => entryLine(brief, entry))),
  record_division: division,
  record_period: (brief, of) => about(brief, of, (record) => period(brief, record)),
  record_counts: (brief, of) => about(brief, of, (record) => counts(brief, record)),
  record_groups: groupWords,
  record_approval: approval,
  record_list: recordList,
  record_answers: answers,
};

/** The record the paper is about, else all of the kind, newest first. */
function chosen({ record, ctx, form }: IncidentBrief, of: string | null): readonly WorkRecord[] {
  const kind = (of === null ? null : kindOf(of)) ?? form.record ?? null;
  const meant = ctx.about === null ? undefined : record.state.records[ctx.about];
  if (meant !== undefined && (kind === null || meant.kind === kind)) return [meant];
  return kind === null ? [] : [...recordsOf(record.state, kind)].reverse();
}

function kindOf(of: string): RecordKind | null {
  return Object.hasOwn(RECORD_KINDS, of) ? (of as RecordKind) : null;
}

function about(brief: IncidentBrief, of: string | null, show: (record: WorkRecord) => Line): Filled {
  const [record] = chosen(brief, of);
  const shown = record === undefined ? [] : show(record);
  return shown.length === 0 ? NOTHING : [shown];
}

function line(part: Part | null): Line {
  return part === null ? [] : [part];
}

function lastOf({ entries, version }: WorkRecord): number {
  return entries.at(-1)?.version ?? version;
}

function recordDue(brief: IncidentBrief, of: string | null): Filled {
  const { rules } = brief.ctx;
  return about(brief, of, (record) => {
    const key = recordKey(rules, record, record.period.n);
    const row = deadlines(rules, brief.record.state).find((one) => one.key === key);
    return row === undefined ? [] : [due(row)];
  });
}

/** The part behind a label, newest where an entry told it anew. */
function recordPartNamed(brief: IncidentBrief, of: string | null): Filled {
  return about(brief, null, (record) => line(partTold(brief, record, of ?? '')));
}

/** Parts are told by the opening or by a later entry: the event that told this one is looked for. */
function partTold(brief: IncidentBrief, record: WorkRecord, label: string): Part | null {
  const ref = record.parts[label];
  const telling = brief.record.events.findLast(
    ({ event }) =>
      (event.type === 'RecordOpened' || event.type === 'RecordEntered') && event.id === record.id && event.parts[label] !== undefined,
  );
  return ref === undefined || telling === undefined ? null : quoted(brief, telling.version, ref);
}

function entryLine(brief: IncidentBrief, entry: RecordEntry): Line {
  const words = quoted(brief, entry.version, entry.words);
  const { amount } = entry;
  return [
    told(brief, entry.version, minuteZh(entry.doneAt ?? entry.at)),
    joint('，'),
    person(brief, entry.by),
    told(brief, entry.version, `${MOVES[entry.move]}${amount === null ? '' : `${amount.value}${amount.unit}`}`),
    ...(words === null ? [] : [joint('：'), words]),
  ];
}

/** Each task of a scheme with its owner and its moment. */
function division(brief: IncidentBrief, of: string | null): Filled {
  const [record] = chosen(brief, of);
  if (record === undefined || record.division.length === 0) return NOTHING;
  const rows = record.division.map(({ owner, what, dueAt }) => [
    line(quoted(brief, record.version, what)),
    [person(brief, owner)],
    [told(brief, record.version, minuteZh(dueAt))],
  ]);
  return { columns: ['任务', '承办人', '完成时限'], rows };
}

function period(brief: IncidentBrief, { figures, version, openedAt }: WorkRecord): Line {
  return figures === null ? [] : say`${told(brief, version, minuteZh(figures.from))}至${told(brief, version, minuteZh(openedAt))}`;
}

/** What a bulletin counts, as it stood when it was made. */
function counts(brief: IncidentBrief, { figures, version }: WorkRecord): Line {
  if (figures === null) return [];
  const { asked, answered, tasks, done, progress, open } = figures;
  const count = (value: number, unit: string): Part => told(brief, version, `${value}${unit}`);
  return say`点名${count(asked, '人')}，已回复${count(answered, '人')}；任务${count(tasks, '项')}，办结${count(done, '项')}；进展报告${count(progress, '条')}；未办结的工作记录${count(open, '项')}`;
}

function groupWords(brief: IncidentBrief, of: string | null): Filled {
  const [record] = chosen(brief, of);
  return (record?.figures?.groups ?? []).flatMap(({ group, text }): Line[] => {
    const words = record === undefined ? null : quoted(brief, record.version, text);
    return words === null ? [] : [say`${groupPart(brief, group) ?? joint('有关人员')}：${words}`];
  });
}

/** Who checked, approved and took it over, each with the minute. */
function approval(brief: IncidentBrief, of: string | null): Filled {
  const [record] = chosen(brief, of);
  const steps = (record?.entries ?? []).filter(({ move }) => APPROVALS.has(move));
  return steps.map(
    (entry) =>
      say`${told(brief, entry.version, minuteZh(entry.at))}${person(brief, entry.by)}${told(brief, entry.version, MOVES[entry.move])}`,
  );
}

const APPROVALS: ReadonlySet<string> = new Set(['check', 'approve', 'hand_over', 'issue', 'adopt']);

/** All of one kind as a list: number, what, by whom, when, how much, where it stands. */
function recordList(brief: IncidentBrief, of: string | null): Filled {
  const kind = of === null ? null : kindOf(of);
  const records = kind === null ? [] : recordsOf(brief.record.state, kind);
  if (records.length === 0) return NOTHING;
  return {
    columns: ['序号', '内容', '数量', '登记人', '时间', '对方或保管', '状态', '文件散列'],
    rows: records.map((record) => listRow(brief, record)),
  };
}

function listRow(brief: IncidentBrief, record: WorkRecord): readonly Line[] {
  const { version, amount, takenAt, openedAt, to, hash } = record;
  return [
    [told(brief, version, `${record.n}`)],
    line(quoted(brief, version, record.words)),
    amount === null ? [] : [told(brief, version, `${amount.value}${amount.unit}`)],
    names(brief, [record.by]),
    [told(brief, version, minuteZh(takenAt ?? openedAt))],
    to === null ? names(brief, [record.owner]) : [recipientPart(brief, to)],
    [told(brief, lastOf(record), STAGES[record.stage])],
    hash === null ? [] : [told(brief, version, hash)],
  ];
}

/** What was answered to every record of a kind: an opinion of the law, a reply of another department. */
function answers(brief: IncidentBrief, of: string | null): Filled {
  return chosen(brief, of).flatMap((record) =>
    record.entries.flatMap((entry): Line[] => {
      const words = entry.move === 'answer' ? quoted(brief, entry.version, entry.words) : null;
      return words === null
        ? []
        : [
            say`${recordPart(brief, record.id)}：${words}（${person(brief, entry.by)}，${told(brief, entry.version, minuteZh(entry.doneAt ?? entry.at))}）`,
          ];
    }),
  );
}

/** Of several kinds at once, a line each with its stage: who was asked and whether they answered. */
export function standingOf(brief: IncidentBrief, kinds: readonly RecordKind[]): readonly Line[] {
  return kinds.flatMap((kind) =>
    recordsOf(brief.record.state, kind).map(
      (record) =>
        say`${recordPart(brief, record.id)}${record.to === null ? null : say`（${recipientPart(brief, record.to)}）`}：${told(brief, lastOf(record), STAGES[record.stage])}`,
    ),
  );
}
