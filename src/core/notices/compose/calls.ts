/** Words that call people: prior handling by the county, and the call-out of the groups with their tasks. */
import { askKey, deadlines } from '../../deadlines/deadlines';
import type { AskState } from '../../incident/state';
import { groupOf } from '../../plans/rulebook';
import type { PersonId } from '../../roster/roster';
import type { Intent } from '../intent';
import { type Line, type Message, open, summary } from '../message';
import { reportLine, VERIFYING } from './facts';
import { howToAnswer } from './intake';
import { clockText, countyText, levelText, message, people, person, planLine, stillAsked, type View } from './view';

/** The button under every call: a click answers the asks of that very call. */
export function ackButton(n: number, version: number) {
  return { key: `ack:${n}:${version}`, text: '收到' };
}

/** Who of this intent's people is still to answer; in a private message only its reader. */
function awaited(view: View, intent: Intent): readonly AskState[] {
  const reader = 'person' in intent.to ? intent.to.person : null;
  return stillAsked(view.state, intent.version).filter((a) => (reader === null ? intent.people.includes(a.person) : a.person === reader));
}

function dueLine(view: View, asks: readonly AskState[]): readonly Line[] {
  const keys = asks.map(askKey);
  const due = deadlines(view.rules, view.state)
    .filter((d) => keys.includes(d.key))
    .map((d) => d.dueAt);
  return due.length === 0 ? [] : [open(`请于 ${clockText(Math.min(...due), view.now)} 前回复`)];
}

/** Beside a page the room gets only the button: the page has already said everything. */
function buttonOnly(view: View, intent: Intent, asks: readonly AskState[], heading: string): Message {
  const who =
    asks.length > FEW
      ? [`点名 ${asks.length} 人，请各自回复`]
      : [
          '请回复：',
          ...people(
            view,
            asks.map((a) => a.person),
          ),
        ];
  return message(
    view,
    heading,
    [open(...who), ...dueLine(view, asks), open(howToAnswer(view.state.n, intent.to))],
    calling(view, intent, asks),
  );
}

/** Up to so many people are named on a card. */
const FEW = 4;

/** Calls the on-duty officer to acknowledge and, where the matter is sensitive, pages the leader too: only those who have not answered. */
export function firstMention(view: View, intent: Intent): Message | null {
  const answered = new Set(Object.values(view.state.asks).flatMap((a) => (a.answer === null ? [] : [a.person])));
  const wanted = 'person' in intent.to ? [intent.to.person] : intent.people;
  const awaiting = wanted.filter((p) => !answered.has(p));
  const asks = awaited(view, intent);
  if (awaiting.length === 0 || view.state.terminated !== null) return null;
  if (isCard(intent)) return buttonOnly(view, intent, asks, '新事件，请签收');
  const lines = [
    open('请：', ...people(view, awaiting)),
    summary(`县区：${countyText(view) ?? VERIFYING}`),
    reportLine(view),
    ...dueLine(view, asks),
    open(howToAnswer(view.state.n, intent.to)),
  ];
  return message(view, '新事件，请签收', lines, intent.leg === 'page' ? { mentions: awaiting } : calling(view, intent, asks));
}

/** The county handles first, before any grading; null once it answered. */
export function priorHandling(view: View, intent: Intent): Message | null {
  const asks = awaited(view, intent);
  if (asks.length === 0 || view.state.terminated !== null) return null;
  if (isCard(intent)) return buttonOnly(view, intent, asks, '先期处置任务');
  const { prior_handling } = view.rules.pack;
  return message(
    view,
    '先期处置任务',
    [
      ...standInLine(view, asks),
      open(
        '请处置：',
        ...people(
          view,
          asks.map((a) => a.person),
        ),
      ),
      summary(`任务：${prior_handling.task}〔${prior_handling.clause}〕`),
      summary(`县区：${countyText(view) ?? '正在核实'}`),
      reportLine(view),
      ...dueLine(view, asks),
      open(howToAnswer(view.state.n, intent.to)),
    ],
    calling(view, intent, asks),
  );
}

/** One message a room that names every group, its leader, its members and its task, and pages those who have not answered. */
export function callOut(view: View, intent: Intent): Message | null {
  const asks = awaited(view, intent);
  if (asks.length === 0 || view.state.terminated !== null) return null;
  const heading = asks.some((a) => a.standInFor !== null) ? '替补集结' : '启动应急响应，请立即集结';
  if (isCard(intent)) return buttonOnly(view, intent, asks, heading);
  return message(
    view,
    heading,
    [
      ...levelLine(view),
      ...standInLine(view, asks),
      ...taskLines(view, asks),
      ...dueLine(view, asks),
      open(howToAnswer(view.state.n, intent.to)),
    ],
    calling(view, intent, asks),
  );
}

function isCard(intent: Intent): boolean {
  return intent.leg === 'show' && 'room' in intent.to;
}

/** Pages in a paging leg; the other legs carry the button. */
function calling(view: View, intent: Intent, asks: readonly AskState[]): Partial<Message> {
  const mentions: readonly PersonId[] = [...new Set(asks.map((a) => a.person))];
  return intent.leg === 'page' ? { mentions } : { buttons: [ackButton(view.state.n, intent.version)] };
}

function levelLine(view: View): readonly Line[] {
  const level = levelText(view);
  return level === null ? [] : [summary(`响应级别：${level}`)];
}

function standInLine(view: View, asks: readonly AskState[]): readonly Line[] {
  return asks.flatMap((a) => (a.standInFor === null ? [] : [open('替补：', person(view, a.person), '，代 ', person(view, a.standInFor))]));
}

/** Each group once, in the order of the pack; the county without a group gets the prior-handling task. */
function taskLines(view: View, asks: readonly AskState[]): readonly Line[] {
  const groups = [...new Set(asks.map((a) => a.group))];
  return groups.map((id) => {
    const group = id === null ? null : groupOf(view.rules, id);
    const names = people(
      view,
      asks.flatMap((a) => (a.group === id ? [a.person] : [])),
    );
    return group === null
      ? summary(...names, `：${view.rules.pack.prior_handling.task}`)
      : summary(`${group.zh} `, ...names, `：${group.task}〔${group.clause}〕`);
  });
}

/** 启动应急响应: matter, level, organ, groups, clause; for rooms that are told but not called, and as the answer to who activated. */
export function activationNotice(view: View, intent: Intent): Message | null {
  const { rules, state } = view;
  if (state.activated === null) return null;
  const asked = Object.values(state.asks).filter((a) => a.version === intent.version);
  const groups = [...new Set(asked.flatMap((a) => (a.group === null ? [] : (groupOf(rules, a.group)?.zh ?? a.group))))];
  if (intent.answers)
    return message(view, '已启动应急响应', [
      ...levelLine(view),
      summary(`已点名 ${asked.length} 人${groups.length === 0 ? '' : `（${groups.join('、')}）`}`),
      ...dueLine(view, asked),
    ]);
  return message(view, '启动应急响应', [
    planLine(view),
    ...levelLine(view),
    summary(`启动时间：${clockText(state.activated.at)}，决定人：`, person(view, state.activated.by)),
    summary(`指挥机构：${rules.pack.command.organ}〔${rules.pack.command.clause}〕；依据：${rules.pack.activation.clause}`),
    summary(groups.length === 0 ? '由属地局负责处置，市局跟踪' : `已点名工作组：${groups.join('、')}，共 ${asked.length} 人`),
    reportLine(view),
  ]);
}
