/** Words that call people: prior handling by the county, and the call-out of the groups with their tasks. */
import { type AskState, hasEnded } from '../../incident/state';
import { groupOf } from '../../plans/rulebook';
import type { Intent } from '../intent';
import { type Line, type Message, open, summary } from '../message';
import { awaited, buttonOnly, calling, dueLine, isCard, standInLine } from './asks';
import { reportLine, sourceLines, VERIFYING } from './facts';
import { howToAnswer } from './intake';
import { groupPosts, lostLines } from './posts';
import { givenLines } from './tasks';
import { clockText, countyText, message, people, person, planLine, responseText, type View } from './view';

/** Calls the on-duty officer to acknowledge and, where the matter is sensitive, pages the leader too: only those who have not answered. */
export function firstMention(view: View, intent: Intent): Message | null {
  const answered = new Set(Object.values(view.state.asks).flatMap((a) => (a.answer === null ? [] : [a.person])));
  const wanted = 'person' in intent.to ? [intent.to.person] : intent.people;
  const asks = awaited(view, intent);
  const awaiting = wanted.filter((p) => !answered.has(p) || asks.some((a) => a.person === p));
  if (awaiting.length === 0 || hasEnded(view.state)) return null;
  const again = intent.version > 1 && asks.some((a) => a.standInFor === null);
  const heading = again ? '事件退回，请重新签收' : '新事件，请签收';
  if (isCard(intent)) return buttonOnly(view, intent, asks, heading);
  const lines = [
    open('请：', ...people(view, awaiting)),
    ...(view.state.unverified ? [open('未核实')] : []),
    ...sourceLines(view),
    summary(`县区：${countyText(view) ?? VERIFYING}`),
    reportLine(view),
    ...lostLines(view, asks),
    ...dueLine(view, asks),
    open(...howToAnswer(view.state.n, intent.to)),
  ];
  return message(view, heading, lines, intent.leg === 'page' ? { mentions: awaiting } : calling(view, intent, asks));
}

/** The county handles first, before any grading; null once it answered. */
export function priorHandling(view: View, intent: Intent): Message | null {
  const asks = awaited(view, intent);
  if (asks.length === 0) return null;
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
      ...lostLines(view, asks),
      ...dueLine(view, asks),
      open(...howToAnswer(view.state.n, intent.to)),
    ],
    calling(view, intent, asks),
  );
}

/** One message a room that names every group, its leader, its members and its task, and pages those who have not answered. */
export function callOut(view: View, intent: Intent): Message | null {
  const asks = awaited(view, intent);
  if (asks.length === 0) return null;
  const again = intent.act?.type === 'IncidentReopened';
  const heading = asks.some((a) => a.standInFor !== null) ? '替补集结' : again ? '事态反复，请重新集结' : '启动应急响应，请立即集结';
  if (isCard(intent)) return buttonOnly(view, intent, asks, heading);
  return message(
    view,
    heading,
    [
      ...levelLine(view),
      ...standInLine(view, asks),
      ...taskLines(view, asks),
      ...givenLines(view, intent, asks),
      ...groupPosts(view, asks),
      ...lostLines(view, asks),
      ...dueLine(view, asks),
      open(...howToAnswer(view.state.n, intent.to)),
    ],
    calling(view, intent, asks),
  );
}

function levelLine(view: View): readonly Line[] {
  const level = responseText(view);
  return level === null ? [] : [summary(`响应级别：${level}`)];
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
    ...taskCount(view),
    summary(groups.length === 0 ? '由属地局负责处置，市局跟踪' : `已点名工作组：${groups.join('、')}，共 ${asked.length} 人`),
    reportLine(view),
  ]);
}

/** Work the plan hands out with the activation. */
function taskCount({ state }: View): readonly Line[] {
  const count = Object.values(state.tasks).filter((t) => t.givenAt === state.activated?.at && t.template !== null).length;
  return count === 0 ? [] : [summary(`按预案已交办任务 ${count} 项`)];
}
