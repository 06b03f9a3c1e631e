/** Reminders and escalations of the duty room: what is still owed, by whom, until when, and what to type. */
import type { Deadline } from '../../../deadlines/deadline';
import { deadlines, HANDOVER } from '../../../duty/deadlines';
import { type DutyAsk, seated } from '../../../duty/state';
import { basisText } from '../../../plans/marks';
import type { LadderPort } from '../../../plans/profileSchema';
import { maskedPhone } from '../../../privacy/mask';
import type { PersonId } from '../../../roster/roster';
import type { Intent } from '../../intent';
import { type Line, type Message, open, summary } from '../../message';
import { clockText, people, person } from '../view';
import { type DutyView, message, owedZh } from './view';

/** To those who owe it. Null when everything was done meanwhile. */
export function reminder(view: DutyView, intent: Intent): Message | null {
  const due = stillOpen(view, intent);
  if (due.length === 0) return null;
  const owing = owingPeople(view, intent, due);
  const room = 'person' in intent.to ? '' : ' @我';
  const lines = [
    open('请办理：', ...people(view, owing)),
    ...stepLines(view, due),
    ...[...new Set(due.flatMap((row) => typed(view, row) ?? []))].map((words) => open(`办好请${room} 回复：${words}（未 @ 的回复收不到）`)),
  ];
  return message(view, '催办', lines, intent.leg === 'page' ? { mentions: owing } : {});
}

/** To the telephone of whoever owes it: what is due when, and where to answer. Null when everything was done meanwhile. */
export function byPhone(view: DutyView, intent: Intent): Message | null {
  const due = stillOpen(view, intent);
  return due.length === 0 ? null : message(view, '催办', [...stepLines(view, due), open('请在值班群或私信中办理')]);
}

/** To leaders, office and duty room: what went unheard, whom to ring, which rungs were skipped. Null when everything was done meanwhile. */
export function escalation(view: DutyView, intent: Intent): Message | null {
  const due = stillOpen(view, intent);
  if (due.length === 0) return null;
  const toRoom = 'room' in intent.to;
  const owing = owingPeople(view, intent, due);
  const late = due.some((row) => view.now >= row.dueAt);
  return message(view, toRoom ? '逾期未办，请电话联系' : late ? '逾时报告' : '临期未办报告', [
    ...stepLines(view, due),
    ...(toRoom ? owing.map((id) => dialLine(view, id)) : [summary('尚未办理：', ...people(view, owing))]),
    ...unfilledLine(view, intent, owing),
    ...(intent.skipped.length === 0 ? [] : [open(`${intent.skipped.map((rung) => RUNG_ZH[rung] ?? rung).join('、')}未开通，本次没有发送`)]),
  ]);
}

const RUNG_ZH: Readonly<Record<string, string>> = {
  strong_reminder: '强提醒',
  sms: '短信',
  voice: '语音电话',
} satisfies Record<LadderPort, string>;

function stillOpen(view: DutyView, intent: Intent): readonly Deadline[] {
  return deadlines(view.rules, view.state).filter((row) => row.status === 'open' && intent.keys.includes(row.key));
}

/** Who was asked by name, and for the rest who owed it when it rang; the hand-over is owed by whoever must act on it now. */
function owingPeople(view: DutyView, intent: Intent, due: readonly Deadline[]): readonly PersonId[] {
  const owing = due.flatMap((row): readonly PersonId[] => {
    const ask: DutyAsk | undefined = view.state.asks[row.key.slice(row.kind.length + 1)];
    if (ask !== undefined) return [ask.person];
    return view.roster.people.has(row.owner) ? [row.owner] : intent.people;
  });
  const reader = 'person' in intent.to ? intent.to.person : null;
  const all = [...new Set(owing)];
  return intent.purpose === 'reminder' && reader !== null && all.includes(reader) ? [reader] : all;
}

function stepLines(view: DutyView, due: readonly Deadline[]): readonly Line[] {
  const lines = due.map((row) => {
    const late = view.now >= row.dueAt;
    const marks = [`时限依据：${basisText(row.basis)}`, row.why].filter((mark) => mark !== '').join('，');
    return `${owedZh(view, row)}：${late ? '已逾期，应于' : '请于'} ${clockText(row.dueAt, view.now)} ${late ? '完成' : '前完成'}（${marks}）`;
  });
  return [...new Set(lines)].map((line) => open(line));
}

/** What is typed for it; null where several words may answer and the message asked says which. */
function typed({ state }: DutyView, { kind }: Deadline): string | null {
  if (kind !== HANDOVER) return TYPED[kind] ?? null;
  if (state.status === 'handed_over') return '接班';
  return state.sheet === null ? '交接班单' : '交班';
}

const TYPED: Readonly<Record<string, string>> = {
  sign_in: '签到',
  roll_call: '在岗',
  swap: '同意换班，或 不同意换班〔理由〕',
  zero_report: '零报告',
  zero_report_upward: '零报告',
};

function dialLine(view: DutyView, id: PersonId): Line {
  const phone = view.roster.people.get(id)?.phone ?? null;
  return summary(person(view, id), `　电话 ${phone === null ? '未登记' : maskedPhone(phone)}（完整号码见值班通讯录）`);
}

/** Late people in whose place nobody is recorded. */
function unfilledLine(view: DutyView, { unfilled }: Intent, owing: readonly PersonId[]): readonly Line[] {
  const alone = (unfilled ?? []).filter((id) => owing.includes(id));
  if (alone.length === 0) return [];
  const officers = seated(view.state.seats, 'duty_officer');
  const hint = alone.some((id) => officers.includes(id)) ? '，请回复：顶班 @缺岗人 理由' : '，请另行指派';
  return [summary('没有登记替补：', ...people(view, alone), hint)];
}
