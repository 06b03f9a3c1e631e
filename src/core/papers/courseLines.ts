/** What happened, one line an event: the course of an incident as papers tell it, and which lines are measures taken. */

import type { EventOf, IncidentEvent, Recorded } from '../incident/events';
import { MOVES } from '../incident/records/kinds';
import { templateOf } from '../notices/compose/tasks';
import { groupOf, levelOf } from '../plans/rulebook';
import { RECORD_KINDS, type RecordKind } from '../plans/schema/records';
import type { IncidentBrief } from './brief';
import type { Line, Part } from './draft';
import { recipientPart } from './names';
import { joint, minuteZh, names, person, plan, quoted, say, told } from './parts';

type Told<T extends IncidentEvent['type']> = Recorded<EventOf<T>>;
type Lines = { readonly [T in IncidentEvent['type']]?: (brief: IncidentBrief, recorded: Told<T>) => Line | null };

/** The event as a line with its minute ahead; null for what no paper tells. */
export function courseLine(brief: IncidentBrief, recorded: Recorded<IncidentEvent>): Line | null {
  const line =
    (LINES[recorded.event.type] as ((b: IncidentBrief, r: Recorded<IncidentEvent>) => Line | null) | undefined)?.(brief, recorded) ?? null;
  return line === null ? null : [told(brief, recorded.version, minuteZh(momentOf(recorded))), joint('，'), ...line];
}

/** The lines of the events of these types, in the order in which it happened: what was told later stands where it belongs. */
export function linesOf(
  brief: IncidentBrief,
  events: readonly Recorded<IncidentEvent>[],
  isMeant: (type: IncidentEvent['type']) => boolean,
): readonly Line[] {
  const inOrder = [...events].sort((a, b) => momentOf(a) - momentOf(b) || a.version - b.version);
  return inOrder.flatMap((recorded) => {
    const line = isMeant(recorded.event.type) ? courseLine(brief, recorded) : null;
    return line === null ? [] : [line];
  });
}

/** What was done about the matter by these events. */
export function measureLines(brief: IncidentBrief, events: readonly Recorded<IncidentEvent>[]): readonly Line[] {
  return linesOf(
    brief,
    events.filter((recorded) => isMeasure(brief, recorded)),
    () => true,
  );
}

/** When it happened: as told, where the event tells it, else when it was recorded. */
export function momentOf({ event, at }: Recorded<IncidentEvent>): number {
  if (event.type === 'IncidentReported' || event.type === 'DirectiveReceived') return event.receivedAt;
  if (event.type === 'PhoneLogged') return event.calledAt;
  if (event.type === 'ObligationMet') return event.doneAt;
  if (event.type === 'PaperSent') return event.sentAt;
  if (event.type === 'OralApprovalRecorded') return event.approvedAt;
  return event.type === 'RecordEntered' ? (event.doneAt ?? at) : at;
}

/** Acts that are something done about the matter. */
const MEASURES: ReadonlySet<IncidentEvent['type']> = new Set<IncidentEvent['type']>([
  'ResponseActivated',
  'ResponseLevelChanged',
  'WarningIssued',
  'WarningLifted',
  'CommandTransferred',
  'IncidentTransferred',
  'ProgressReported',
  'TaskCompleted',
  'DirectiveAnswered',
  'PhoneLogged',
]);

/** Work records that are something done about the matter; others are papers, lists and findings with elements of their own. */
const DOING: readonly RecordKind[] = ['liaison', 'copy_notice', 'supervision', 'targeted_monitoring', 'evidence', 'legal_question'];

/** Is the event something done about the matter? A scheme counts from the moment it is issued. */
function isMeasure({ record }: IncidentBrief, { event }: Recorded<IncidentEvent>): boolean {
  if (event.type === 'RecordOpened') return DOING.includes(event.kind);
  if (event.type !== 'RecordEntered') return MEASURES.has(event.type);
  return event.move === 'issue' || DOING.some((kind) => kind === record.state.records[event.id]?.kind);
}

/** Events without which the course would not be told whole; everything else is work on the way. */
export const MAIN: ReadonlySet<IncidentEvent['type']> = new Set<IncidentEvent['type']>([
  'IncidentReported',
  'FactsVerified',
  'LevelSet',
  'LevelChanged',
  'LevelConfirmed',
  'ResponseActivated',
  'ResponseLevelChanged',
  'CommandTransferred',
  'DirectiveReceived',
  'DirectiveAnswered',
  'WarningIssued',
  'WarningLifted',
  'IncidentAbsorbed',
  'IncidentSplit',
  'TerminationProposed',
  'TerminationRefused',
  'ResponseTerminated',
  'IncidentReopened',
  'IncidentTransferred',
  'TransferReturned',
  'IncidentDismissed',
  'ReviewStarted',
]);

const LINES: Lines = {
  IncidentReported: (brief, { event }) => say`接报${event.by === null || event.unverified ? null : say`，${person(brief, event.by)}登记`}`,
  IncidentSupplemented: (brief, { version, event }) =>
    say`${joint(event.how === 'correction' ? '更正情况' : '补充情况')}：${quoted(brief, version, event.text)}`,
  ProgressReported: (brief, { version, event }) =>
    say`${groupPart(brief, event.group) ?? person(brief, event.by)}报告：${quoted(brief, version, event.text)}`,
  FactsVerified: (brief, { version, event }) =>
    say`${joint(event.outcome === 'confirmed' ? '核实属实' : '核实不属实')}：${quoted(brief, version, event.text)}`,
  AssessmentProposed: (brief, { version, event }) => say`研判${after(quoted(brief, version, event.text))}`,
  LevelSet: (brief, { version, event }) =>
    say`${person(brief, event.by)}定为${levelPart(brief, event.rank)}${because(quoted(brief, version, event.reason))}`,
  LevelChanged: (brief, { version, event }) =>
    say`${person(brief, event.by)}将级别由${levelPart(brief, event.from)}调整为${levelPart(brief, event.to)}${because(quoted(brief, version, event.reason))}`,
  ResponseLevelChanged: (brief, { version, event }) =>
    say`${person(brief, event.by)}将响应级别由${levelPart(brief, event.from)}调整为${levelPart(brief, event.to)}${because(quoted(brief, version, event.reason))}`,
  LevelConfirmed: (brief, { version, event }) => say`上级确认为${levelPart(brief, event.rank)}（${quoted(brief, version, event.who)}）`,
  WarningIssued: (brief, { version, event }) => say`发布预警：${quoted(brief, version, event.text)}`,
  WarningLifted: (brief, { version, event }) => say`解除预警：${quoted(brief, version, event.text)}`,
  CommandTransferred: (brief, { version, event }) => say`指挥权上移：${quoted(brief, version, event.organ)}`,
  OralApprovalRecorded: (brief, { version, event }) => say`${person(brief, event.who)}口头批准：${quoted(brief, version, event.words)}`,
  ResponseActivated: (brief, { event }) =>
    say`${person(brief, event.by)}决定启动${event.rank === null ? null : levelPart(brief, event.rank)}应急响应`,
  MonitoringStarted: (brief, { version, event }) => say`转为关注：${quoted(brief, version, event.reason)}`,
  IncidentTransferred: (brief, { version, event }) =>
    say`转办${recipientPart(brief, { kind: 'party', id: event.organ })}：${quoted(brief, version, event.reason)}`,
  TransferReturned: (brief, { version, event }) => say`转办退回：${quoted(brief, version, event.reason)}`,
  IncidentDismissed: (brief, { version, event }) => say`不列为突发事件：${quoted(brief, version, event.reason)}`,
  IncidentAbsorbed: (brief, { version, event }) => say`并入${told(brief, version, `${event.n}`)}号事件`,
  IncidentSplit: (brief, { version, event }) => say`分出${told(brief, version, `${event.off}`)}号事件`,
  TerminationProposed: (brief, { version, event }) => say`${person(brief, event.by)}提请终止：${quoted(brief, version, event.reason)}`,
  TerminationRefused: (brief, { version, event }) => say`${person(brief, event.by)}不同意终止：${quoted(brief, version, event.reason)}`,
  ResponseTerminated: (brief, { version, event }) =>
    say`${person(brief, event.by)}决定终止应急响应：${quoted(brief, version, event.reason)}`,
  IncidentReopened: (brief, { version, event }) => say`事态反复，恢复响应：${quoted(brief, version, event.reason)}`,
  ReviewStarted: () => say`开始总结评估`,
  TasksGiven: (brief, { event }) => say`交办任务，承办人${names(brief, [...new Set(event.tasks.map(({ owner }) => owner))])}`,
  TaskCompleted: (brief, { version, event }) => say`完成任务${taskPart(brief, event.task)}：${quoted(brief, version, event.text)}`,
  DirectiveReceived: (brief, { version, event }) => say`${person(brief, event.leader)}批示：${quoted(brief, version, event.words)}`,
  DirectiveAnswered: (brief, { version, event }) => say`反馈批示办理情况：${quoted(brief, version, event.text)}`,
  PhoneLogged: (brief, { version, event }) =>
    say`与${event.party === null ? joint('有关方面') : recipientPart(brief, { kind: 'party', id: event.party })}通话：${quoted(brief, version, event.words)}`,
  RecordOpened: (brief, { version, event }) =>
    say`${told(brief, version, `${RECORD_KINDS[event.kind]}第${event.n}号`)}${event.to === null ? null : say`（${recipientPart(brief, event.to)}）`}${after(quoted(brief, version, event.words))}`,
  RecordEntered: (brief, { version, event }) =>
    say`${recordPart(brief, event.id)}${told(brief, version, MOVES[event.move])}${after(quoted(brief, version, event.words))}`,
};

function after(words: Part | null): Line | null {
  return words === null ? null : [joint('：'), words];
}

function because(words: Part | null): Line | null {
  return words === null ? null : [joint('，理由：'), words];
}

/** A level by the pack's own words. */
export function levelPart({ ctx }: IncidentBrief, rank: number): Part {
  return plan(levelOf(ctx.rules, rank)?.zh ?? ctx.rules.pack.ungraded.zh);
}

/** A working group by the pack's own words; null where there is none. */
export function groupPart({ ctx }: IncidentBrief, group: string | null): Part | null {
  const found = group === null ? null : groupOf(ctx.rules, group);
  return found === null ? null : plan(found.zh);
}

/** A task as the plan words it, or as a person did. */
export function taskPart(brief: IncidentBrief, id: string): Part | null {
  const task = brief.record.state.tasks[id];
  if (task === undefined) return null;
  const template = templateOf(brief.ctx.rules, task.template);
  return template === null ? quoted(brief, task.version, task.what) : plan(template.zh);
}

/** 联络第2号, of the record with this id. */
export function recordPart(brief: IncidentBrief, id: string): Part | null {
  const record = brief.record.state.records[id];
  return record === undefined ? null : told(brief, record.version, `${RECORD_KINDS[record.kind]}第${record.n}号`);
}
