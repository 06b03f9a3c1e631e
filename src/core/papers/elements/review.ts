/** Elements that look back: planned and real minutes, who was called and when they answered, how punctual reports were, what was late. */

import type { Deadline } from '../../deadlines/deadline';
import { deadlines } from '../../deadlines/deadlines';
import { type BoardRow, boardOf } from '../../incident/board';
import { kindZh } from '../../plans/rulebook';
import { PAPERS } from '../../plans/schema/papers';
import { type Filled, type Filler, type IncidentBrief, NOTHING, newestOf } from '../brief';
import { groupPart, linesOf } from '../courseLines';
import type { Line, Part, Table } from '../draft';
import { drafted, due, joint, listOf, minuteZh, names, person, plan, say, told } from '../parts';
import { standingOf } from './records';

/** Fillers of this theme, by the name data use. */
export const REVIEW: Readonly<Record<string, Filler<IncidentBrief>>> = {
  planned_and_real: (brief) => timeTable(brief, () => true),
  punctuality: (brief) => timeTable(brief, ({ kind }) => REPORTS.has(kind)),
  missed: missed,
  prior_handling: priorHandling,
  coordination,
  roll_call: rollCall,
  roll_call_counts: rollCallCounts,
  communication: (brief) => standingOf(brief, ['opinion_sheet', 'holding_statement']),
  annexes,
  people_called: peopleCalled,
  injects: (brief) => linesOf(brief, brief.record.events, (type) => type !== 'DeadlinesRang'),
  plan_name: ({ ctx }) => [[plan(`《${ctx.rules.pack.short_title}》`)]],
  drafted_at: (brief) => [[drafted(brief)]],
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
  const rows = deadlines(brief.ctx.rules, brief.record.state).filter((row) => row.status !== 'void' && isMeant(row));
  if (rows.length === 0) return NOTHING;
  return { columns: ['事项', '应于', '实际', '结果'], rows: rows.map((row) => timeRow(brief, row)) };
}

const RESULT: Readonly<Record<Deadline['status'], string>> = { open: '未办结', met: '按时', missed: '逾期', void: '不适用' };

function timeRow(brief: IncidentBrief, row: Deadline): readonly Line[] {
  const done = doneLine(brief, row);
  return [
    [plan(kindZh(brief.ctx.rules, row.kind))],
    [due(row)],
    done ?? [],
    [{ text: RESULT[row.status], from: { is: 'due', key: row.key } }],
  ];
}

/** The event by which it was done; null where none can be named. */
function doneLine({ record, ...brief }: IncidentBrief, row: Deadline): Line | null {
  const met = record.state.met[row.key];
  const event = newestOf(record, 'ObligationMet', ({ key }) => key === row.key);
  if (event !== null && met !== undefined) return [told({ record }, event.version, minuteZh(met.doneAt))];
  const ask = record.state.asks[row.key.split(':')[1] ?? ''];
  const answered = ask?.answeredAt ?? null;
  if (ask === undefined || answered === null) return null;
  const by = record.events.find(({ at, event: e }) => at === answered && 'asks' in e && e.asks.includes(ask.id));
  return by === undefined ? null : say`${told({ record }, by.version, minuteZh(answered))}，${person(brief, ask.person)}`;
}

/** What was late, by its name and whose it was: problems begin here, people judge them. */
function missed(brief: IncidentBrief): Filled {
  const rows = deadlines(brief.ctx.rules, brief.record.state).filter(({ status }) => status === 'missed');
  return rows.map((row) => {
    const ask = brief.record.state.asks[row.key.split(':')[1] ?? ''];
    return say`${plan(kindZh(brief.ctx.rules, row.kind))}逾期（应于${due(row)}${ask === undefined ? null : say`，${names(brief, [ask.person])}`}）`;
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

function counted({ record }: IncidentBrief, text: string): Part {
  return { text, from: { is: 'count', stream: 'incident', n: record.state.n, version: record.events.at(-1)?.version ?? 1 } };
}

/** Papers of this incident that exist, as an annex list. */
function annexes({ ctx }: IncidentBrief): Filled {
  const lines = ctx.earlier.map(({ id, draft, number }): Line => {
    const serial = draft.serial === null ? '' : `（${draft.serial}）`;
    return [{ text: `${PAPERS[draft.kind]}${serial}${number === null ? '' : ` ${number}`}`, from: { is: 'paper', id } }];
  });
  return lines.length === 0 ? NOTHING : [listOf(lines)];
}

function peopleCalled(brief: IncidentBrief): Filled {
  const people = [...new Set(boardOf(brief.record.state).map(({ person: id }) => id))];
  return people.length === 0 ? NOTHING : [names(brief, people)];
}
