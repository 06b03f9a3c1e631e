/** Elements that look back: planned and real minutes, who was called and when they answered, how punctual reports were, what was late. */

import type { Deadline } from '../../deadlines/deadline';
import { deadlines } from '../../deadlines/deadlines';
import { type BoardRow, boardOf } from '../../incident/board';
import type { IncidentEvent, Recorded } from '../../incident/events';
import { evolve } from '../../incident/evolve';
import { PAPER_RECEIPT, PAPER_STEP, paperBehind, paperName } from '../../incident/papers/find';
import type { IncidentState } from '../../incident/state';
import { TASK_DONE } from '../../plans/rulebook';
import { PAPERS } from '../../plans/schema/papers';
import { type Filled, type Filler, type IncidentBrief, NOTHING, newestOf } from '../brief';
import { groupPart, linesOf, momentOf, taskPart } from '../courseLines';
import type { Line, Table } from '../draft';
import { owedPart } from '../names';
import { counted, drafted, due, fullMinuteZh, joint, listOf, minuteZh, names, person, plan, say, told } from '../parts';
import { numeralZh } from '../title';
import { standingOf } from './records';

/** Fillers of this theme, by the name data use. */
export const REVIEW: Readonly<Record<string, Filler<IncidentBrief>>> = {
  planned_and_real: (brief) => timeTable(brief, (row) => !isCall(brief, row)),
  punctuality: (brief) => timeTable(brief, ({ kind }) => REPORTS.has(kind)),
  missed,
  prior_handling: priorHandling,
  coordination,
  roll_call: rollCall,
  roll_call_counts: rollCallCounts,
  communication: (brief) => standingOf(brief, ['opinion_sheet', 'holding_statement']),
  annexes,
  people_called: peopleCalled,
  injects: (brief) => linesOf(brief, brief.record.events, (type) => type !== 'DeadlinesRang'),
  plan_name: ({ ctx }) => [say`《${plan(ctx.rules.pack.short_title)}》`],
  drafted_at: (brief) => [[drafted(brief, fullMinuteZh)]],
};

/** Steps by which reports go upward. */
const REPORTS: ReadonlySet<string> = new Set([
  'tell_duty_leader',
  'phone_superior',
  'written_first',
  'progress_fixed',
  'progress_extra',
  'final_report',
]);

/** Every obligation with its term and when it was really done. */
function timeTable(brief: IncidentBrief, isMeant: (row: Deadline) => boolean): Filled {
  const rows = deadlines(brief.ctx.rules, brief.record.state).filter((row) => row.status !== 'void' && isMeant(row) && !isRoutine(row));
  if (rows.length === 0) return NOTHING;
  const settled = settledBy(brief);
  return { columns: ['事项', '应于', '实际', '结果'], rows: rows.map((row) => timeRow(brief, row, doneLine(brief, row, settled))) };
}

/** Steps and receipts of papers that came in time are no news to whoever looks back. */
function isRoutine({ kind, status }: Deadline): boolean {
  return status === 'met' && (kind === PAPER_STEP || kind === PAPER_RECEIPT);
}

function resultOf({ status }: Deadline, done: Line | null): string {
  if (status === 'met') return '按时';
  return status === 'open' ? '未办结' : done === null ? '逾期未办' : '逾期';
}

function timeRow(brief: IncidentBrief, row: Deadline, done: Line | null): readonly Line[] {
  return [owedLine(brief, row), [due(row)], done ?? [], [{ text: resultOf(row, done), from: { is: 'due', key: row.key } }]];
}

/** The event by which it was done, with its minute and who did it; null where it is still open. */
function doneLine(brief: IncidentBrief, row: Deadline, settled: ReadonlyMap<string, Recorded<IncidentEvent>>): Line | null {
  const by = row.status === 'met' || row.status === 'missed' ? settled.get(row.key) : undefined;
  if (by === undefined || ENDS.has(by.event.type)) return null;
  const at = told(brief, by.version, minuteZh(momentOf(by)));
  return 'by' in by.event && by.event.by !== null ? say`${at}，${person(brief, by.event.by)}` : [at];
}

/** With these an obligation ends that nobody has met. */
const ENDS: ReadonlySet<IncidentEvent['type']> = new Set<IncidentEvent['type']>([
  'ResponseTerminated',
  'IncidentTransferred',
  'IncidentDismissed',
  'IncidentMerged',
]);

/** For every obligation the first event after which it was not owed any more. */
function settledBy({ record, ctx }: IncidentBrief): ReadonlyMap<string, Recorded<IncidentEvent>> {
  const settled = new Map<string, Recorded<IncidentEvent>>();
  let state: IncidentState | null = null;
  for (const recorded of record.events) {
    state = evolve(state, recorded);
    if (recorded.event.type === 'DeadlinesRang') continue;
    for (const { key, status } of deadlines(ctx.rules, state)) if (status !== 'open' && !settled.has(key)) settled.set(key, recorded);
  }
  return settled;
}

/** What is owed, with the task or the paper it is about. */
function owedLine(brief: IncidentBrief, { key, kind }: Deadline): Line {
  const paper = paperBehind(brief.record.state, { key, kind });
  const task = kind === TASK_DONE ? taskPart(brief, key.split(':')[1] ?? '') : null;
  const about = paper === null ? task : told(brief, paper.event, paperName(paper));
  return about === null ? [owedPart(brief, kind)] : say`${owedPart(brief, kind)}：${about}`;
}

/** Answers to calls stand in the roll-call sheet. */
function isCall({ ctx }: IncidentBrief, { kind }: Deadline): boolean {
  return ctx.rules.profile.steps.some((step) => step.id === kind && step.rings === 'ask');
}

/** What was late, by its name and whose it was: problems begin here, people judge them. */
function missed(brief: IncidentBrief): Filled {
  const rows = deadlines(brief.ctx.rules, brief.record.state).filter((row) => row.status === 'missed' && !isCall(brief, row));
  return rows.map((row) => {
    const ask = brief.record.state.asks[row.key.split(':')[1] ?? ''];
    return say`${owedLine(brief, row)}逾期（应于${due(row)}${ask === undefined ? null : say`，${names(brief, [ask.person])}`}）`;
  });
}

function priorHandling(brief: IncidentBrief): Filled {
  const asks = Object.values(brief.record.state.asks).filter(({ kind }) => kind === 'prior_handling');
  return asks.map((ask) => {
    const at = told(brief, ask.version, minuteZh(ask.askedAt));
    return ask.answeredAt === null
      ? say`${at}要求${person(brief, ask.person)}先期处置，未答复`
      : say`${at}要求${person(brief, ask.person)}先期处置，${answerOf(brief, ask.id, ask.answeredAt)}答复`;
  });
}

function answerOf({ record }: IncidentBrief, id: string, at: number): Line {
  const by = record.events.find((recorded) => recorded.at === at && 'asks' in recorded.event && recorded.event.asks.includes(id));
  return by === undefined ? [] : [told({ record }, by.version, minuteZh(at))];
}

/** Outside parties that were turned to, and whether they answered. */
function coordination(brief: IncidentBrief): Filled {
  return [...rollCallCounts(brief), ...standingOf(brief, ['liaison', 'copy_notice', 'supervision'])];
}

const STANDING = { waiting: '未答复', acknowledged: '收到', cannot_come: '无法到达', stood_down: '不再参加' } as const;

/** 点名册: everybody called, when, and when each answered and was on the scene. */
export function rollCall(brief: IncidentBrief): Table | readonly Line[] {
  const rows = boardOf(brief.record.state);
  if (rows.length === 0) return NOTHING;
  return { columns: ['组别', '姓名职务', '点名', '答复', '用时（分）', '到场', '备注'], rows: rows.map((row) => boardLine(brief, row)) };
}

function boardLine(brief: IncidentBrief, row: BoardRow): readonly Line[] {
  const { state } = brief.record;
  const version = state.asks[row.ask]?.version ?? 1;
  const answer = row.answeredAt === null ? [] : answerOf(brief, row.ask, row.answeredAt);
  const arrived = newestOf(brief.record, 'ProgressReported', (e) => e.step === 'arrived' && e.by === row.person);
  const minutes = row.answerMinutes === null ? [] : [counted(brief, `${row.answerMinutes}`)];
  const group = groupPart(brief, row.group);
  return [
    group === null ? [] : [group],
    [person(brief, row.person)],
    [told(brief, version, minuteZh(row.askedAt))],
    [...answer, joint(answer.length === 0 ? STANDING[row.standing] : `，${STANDING[row.standing]}`)],
    minutes,
    arrived === null || row.arrivedAt === null ? [] : [told(brief, arrived.version, minuteZh(row.arrivedAt))],
    row.standInFor === null ? [] : say`替${names(brief, [row.standInFor])}`,
  ];
}

/** How many were called and how many answered, as the board counts them. */
function rollCallCounts(brief: IncidentBrief): readonly Line[] {
  const rows = boardOf(brief.record.state);
  const answered = rows.filter(({ standing }) => standing === 'acknowledged').length;
  return rows.length === 0 ? [] : [say`点名${counted(brief, `${rows.length}人`)}，答复收到${counted(brief, `${answered}人`)}`];
}

/** Papers of this incident that exist, as an annex list. */
function annexes({ ctx }: IncidentBrief): Filled {
  const lines = ctx.earlier.map(({ id, draft, number }): Line => {
    const serial = draft.serial === null ? '' : `（${numeralZh(draft.serial)}）`;
    return [{ text: `${PAPERS[draft.kind]}${serial}${number === null ? '' : ` ${number}`}`, from: { is: 'paper', id } }];
  });
  return lines.length === 0 ? NOTHING : [listOf(lines)];
}

function peopleCalled(brief: IncidentBrief): Filled {
  const people = [...new Set(boardOf(brief.record.state).map(({ person: id }) => id))];
  return people.length === 0 ? NOTHING : [names(brief, people)];
}
