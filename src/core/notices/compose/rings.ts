/** Words of reminders and escalations: merged, naming only those who have not answered, saying what could not be done. */

import { askBehind } from '../../deadlines/asks';
import type { Deadline } from '../../deadlines/deadline';
import { askKey, deadlines } from '../../deadlines/deadlines';
import { groupTitle } from '../../incident/audience';
import { typedWhenMet } from '../../incident/decide/obligations';
import { recordBehind, titleOf } from '../../incident/records/find';
import { type AskState, hasEnded, openAsks } from '../../incident/state';
import { basisText } from '../../plans/marks';
import { kindZh } from '../../plans/rulebook';
import { maskedPhone } from '../../privacy/mask';
import type { PersonId } from '../../roster/roster';
import type { Intent } from '../intent';
import { type Line, type Message, open, type Part, summary } from '../message';
import { ackButton } from './buttons';
import { howToAnswer } from './intake';
import { clockText, message, people, person, type View } from './view';

/** What still stands of the obligations an intent is about. */
export function stillOpen(view: View, intent: Intent): readonly Deadline[] {
  return deadlines(view.rules, view.state).filter((d) => d.status === 'open' && intent.keys.includes(d.key));
}

/** One merged reminder: the people who have not answered, what they owe and until when. Null when all answered meanwhile. */
export function reminder(view: View, intent: Intent): Message | null {
  const due = stillOpen(view, intent);
  if (due.length === 0) return null;
  const asks = asksOf(view, due);
  const owing = owingPeople(intent, due, asks);
  const lines = [
    open(asks.length > 0 ? '尚未回复：' : '请办理：', ...people(view, owing)),
    ...stepLines(view, due),
    ...answerLines(view, intent, due),
  ];
  const call = asks.at(-1);
  if (intent.leg === 'page') return message(view, '催办', lines, { mentions: owing });
  return message(view, '催办', lines, { buttons: call === undefined ? [] : [ackButton(view.state.n, call.version)] });
}

function asksOf(view: View, due: readonly Deadline[]): readonly AskState[] {
  const keys = new Set(due.map((d) => d.key));
  return openAsks(view.state).filter((a) => keys.has(askKey(a)));
}

/** What to type for each kind of what is owed, once. */
function answerLines(view: View, { to }: Intent, due: readonly Deadline[]): readonly Line[] {
  const isAsk = (d: Deadline): boolean => askBehind(view.state, d) !== null;
  const alike = (a: Deadline, b: Deadline): boolean =>
    a.kind === b.kind && recordBehind(view.state, a.key) === recordBehind(view.state, b.key);
  const work = due.filter((d, i) => !isAsk(d) && due.findIndex((o) => alike(o, d)) === i);
  const room = 'person' in to ? '' : ' @我';
  return [
    ...(due.some(isAsk) ? [open(...howToAnswer(view.state.n, to))] : []),
    ...work.map((d) => open(`办好后请${room}回复：${typedWhenMet(view.rules, view.state, d)}`)),
  ];
}

/** Those asked, and for what nobody was asked by name those who owed it when it rang. */
function owingPeople(intent: Intent, due: readonly Deadline[], asks: readonly AskState[]): readonly PersonId[] {
  const byOffice = due.length > asks.length ? intent.people : [];
  return [...new Set([...asks.map((a) => a.person), ...byOffice])];
}

/** What is owed and until when, each once. */
function stepLines(view: View, due: readonly Deadline[]): readonly Line[] {
  const same = (a: Deadline, b: Deadline): boolean =>
    a.kind === b.kind && a.dueAt === b.dueAt && recordBehind(view.state, a.key) === recordBehind(view.state, b.key);
  return due.filter((d, i) => due.findIndex((o) => same(o, d)) === i).map((d) => stepLine(view, d));
}

/** The step, its moment, and whose number that is. */
function stepLine(view: View, d: Deadline): Line {
  const isLate = view.now >= d.dueAt;
  const moment = `${isLate ? '已逾期，应于' : '请于'} ${clockText(d.dueAt, view.now)} ${isLate ? '完成' : '前完成'}`;
  const marks = [`时限依据：${basisText(d.basis)}`, d.why].filter((mark) => mark !== '').join('，');
  const record = recordBehind(view.state, d.key);
  return open(`${record === null ? '' : `${titleOf(record)} `}${kindZh(view.rules, d.kind)}：${moment}（${marks}）`);
}

/** To leaders, office and duty room: who has not answered what, since when, whom to ring, and which rungs were skipped. */
export function escalation(view: View, intent: Intent): Message | null {
  const due = stillOpen(view, intent);
  if (due.length === 0) return null;
  const asks = asksOf(view, due);
  const isLate = due.some((d) => view.now >= d.dueAt);
  const excused = asks.length > 0 && asks.every((a) => intent.undelivered?.includes(a.person));
  const late = 'room' in intent.to ? '逾期未回复，请电话联系' : isLate ? '逾时报告' : '临期未回复报告';
  const heading = excused ? '消息未送达，请电话联系' : late;
  return message(view, heading, [
    ...stepLines(view, due),
    ...('room' in intent.to ? asks.map((a) => dialLine(view, a.person)) : lateLines(view, asks)),
    ...excusedLine(view, intent, asks),
    ...recordOwners(view, intent, due),
    ...unfilledLine(view, intent, asks),
    ...(intent.skipped.length === 0 ? [] : [open(`${intent.skipped.map((s) => RUNGS[s] ?? s).join('、')}未开通，本次没有发送`)]),
  ]);
}

/** The platform was away: they had nothing to answer. */
function excusedLine(view: View, { undelivered = [] }: Intent, asks: readonly AskState[]): readonly Line[] {
  const some = [...new Set(asks.map((a) => a.person))].filter((person) => undelivered.includes(person));
  return some.length === 0 ? [] : [summary('因平台故障，到点时消息尚未送达，不作为本人未回复：', ...people(view, some))];
}

/** Who owes the next step of a work record, for the room with the number to ring; asks have lines of their own. */
function recordOwners(view: View, { to }: Intent, due: readonly Deadline[]): readonly Line[] {
  const work = due.filter((d) => askBehind(view.state, d) === null);
  const owners = [...new Set(work.flatMap((d) => recordBehind(view.state, d.key)?.owner ?? []))];
  if ('room' in to) return owners.map((owner) => dialLine(view, owner));
  return owners.length === 0 ? [] : [summary('承办：', ...people(view, owners))];
}

/** Those still silent in whose place nobody can be called. */
function unfilledLine(view: View, { unfilled }: Intent, asks: readonly AskState[]): readonly Line[] {
  const alone = (unfilled ?? []).filter((p) => asks.some((a) => a.person === p));
  return alone.length === 0 ? [] : [summary('没有登记替补：', ...people(view, alone), '，请另行指派')];
}

/** At 80 % of the decision: whom the duty leader may name now. Null once it was decided or somebody stands in. */
export function standInOffered(view: View, intent: Intent): Message | null {
  const { n, activated, standIn } = view.state;
  if (activated !== null || standIn !== null || hasEnded(view.state)) return null;
  return message(view, '启动决定即将逾期，可登记代行', [
    summary('可由下列副职代行：', ...people(view, intent.people)),
    open(`登记请回复：#${n} 代行〔@人〕〔理由〕`),
  ]);
}

function dialLine(view: View, late: PersonId): Line {
  const phone = view.roster.people.get(late)?.phone ?? null;
  return summary(person(view, late), `　电话 ${phone === null ? '未登记' : maskedPhone(phone)}（完整号码见值班通讯录）`);
}

/** One line for each moment of asking: how many, and their names by group. */
function lateLines(view: View, asks: readonly AskState[]): readonly Line[] {
  const moments = [...new Set(asks.map((a) => clockText(a.askedAt, view.now)))];
  return moments.map((moment) => {
    const late = asks.filter((a) => clockText(a.askedAt, view.now) === moment);
    const groups = [...new Set(late.map((a) => a.group))];
    const named = groups.flatMap((group, i): Part[] => [
      { is: 'text', text: `${i === 0 ? '' : '；'}${groupTitle(view.rules, group) ?? ''} ` },
      ...people(
        view,
        late.flatMap((a) => (a.group === group ? [a.person] : [])),
      ),
    ]);
    return summary(`${moment} 点名，以下 ${late.length} 人未回复：`, ...named);
  });
}

const RUNGS: Readonly<Record<string, string>> = { strong_reminder: '强提醒', sms: '短信', voice: '语音电话' };
