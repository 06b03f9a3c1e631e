/** Words that ask for a decision: to set the level, to activate, to terminate. */
import { deadlines } from '../../deadlines/deadlines';
import { DECISION } from '../../deadlines/work';
import type { EventOf } from '../../incident/events';
import { hasEnded } from '../../incident/state';
import { categoryOf, levelOf } from '../../plans/rulebook';
import type { Intent } from '../intent';
import { type Line, type Message, open, summary } from '../message';
import { sayButton } from './buttons';
import { fieldLines } from './facts';
import { clockText, countyText, levelText, message, quoted, type View } from './view';

/** To those who may activate, privately; an @ where the deputy is asked in the place of those who are silent. Null once somebody did. */
export function activationAsked(view: View, intent: Intent): Message | null {
  const { activated, status } = view.state;
  if (activated !== null || hasEnded(view.state) || status === 'monitoring') return null;
  const level = levelText(view);
  const lines = [
    summary(`${level === null ? '' : `级别：${level}，`}县区：${countyText(view) ?? '正在核实'}`),
    ...fieldLines(view),
    ...activateBy(view, intent.keys[0] ?? DECISION),
  ];
  return message(
    view,
    '请决定是否启动响应',
    lines,
    intent.leg === 'page'
      ? { mentions: intent.people }
      : { buttons: [sayButton(view.state.n, 'activate', '启动'), sayButton(view.state.n, 'monitor', '关注')] },
  );
}

/** Until when the decision is due, and what to type. */
export function activateBy(view: View, key: string): readonly Line[] {
  const due = deadlines(view.rules, view.state).find((d) => d.key === key && d.status === 'open');
  return due === undefined ? [] : [open(`请于 ${clockText(due.dueAt, view.now)} 前决定，启动请回复：#${view.state.n} 启动`)];
}

/** To those who decide on a proposal; null once it was decided. */
export function decisionAsked(view: View, { act }: Intent): Message | null {
  if (act?.type === 'AssessmentProposed') return levelAsked(view, act);
  return act?.type === 'TerminationProposed' ? endAsked(view, act) : null;
}

function levelAsked(view: View, event: EventOf<'AssessmentProposed'>): Message | null {
  const { state } = view;
  if (state.levels.length > 0 || hasEnded(state)) return null;
  const lines = [
    ...proposalLines(view, event),
    ...quoted(view, '研判意见', event.text),
    ...fieldLines(view),
    open(`定级请回复：#${state.n} 定级〔级别〕`),
  ];
  const grade = event.rank === null ? [] : [sayButton(state.n, 'set_level', '按研判定级', 'proposed')];
  return message(view, '请决定级别', lines, {
    buttons: [...grade, sayButton(state.n, 'monitor', '关注'), sayButton(state.n, 'dismiss', '不列入')],
  });
}

/** Category, level and trigger as proposed by a person. */
export function proposalLines({ rules }: View, { category, rank, trigger }: EventOf<'AssessmentProposed'>): readonly Line[] {
  const [found, level] = [categoryOf(rules, category), levelOf(rules, rank)];
  const cause = rules.pack.activation.triggers.find((t) => t.id === trigger);
  return [
    ...(level === null ? [] : [summary(`研判级别：${level.zh}〔${level.clause}〕`)]),
    ...(found === null ? [] : [summary(`研判类别：${found.zh}〔${found.clause}〕`)]),
    ...(cause === undefined ? [] : [summary(`启动情形：${cause.zh}〔${cause.clause}〕`)]),
  ];
}

function endAsked(view: View, event: EventOf<'TerminationProposed'>): Message | null {
  const { n, status } = view.state;
  if (status !== 'terminating') return null;
  const owed = deadlines(view.rules, view.state).filter((d) => d.status === 'open').length;
  const lines = [
    ...groundLines(view, event.grounds),
    ...quoted(view, '理由', event.reason),
    summary(`未办结事项 ${owed} 项`),
    open(`同意请回复：#${n} 终止〔理由〕；不同意请回复：#${n} 不同意终止〔理由〕`),
  ];
  return message(view, '请决定是否终止响应', lines, {
    buttons: [sayButton(n, 'terminate', '同意终止'), sayButton(n, 'refuse_end', '不同意终止')],
  });
}

/** Which of the plan's criteria are met. */
export function groundLines({ rules }: View, grounds: readonly string[]): readonly Line[] {
  const met = rules.pack.termination.criteria.filter((c) => grounds.includes(c.id));
  return met.length === 0 ? [] : [summary(`符合终止条件：${met.map((c) => `${c.zh}〔${c.clause}〕`).join('；')}`)];
}
