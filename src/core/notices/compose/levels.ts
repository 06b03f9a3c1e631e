/** Words around decisions: level set, asked to activate, level changed, terminated, and the leaders' push summary. */
import { deadlines } from '../../deadlines/deadlines';
import { entryOf, openAsks } from '../../incident/state';
import type { Instant } from '../../instant';
import { levelOf } from '../../plans/rulebook';
import type { Intent } from '../intent';
import { full, type Line, type Message, open, summary } from '../message';
import { fieldLines } from './facts';
import { clockText, countyText, levelText, message, people, person, said, stepText, type View } from './view';

export function levelNoted(view: View, intent: Intent): Message | null {
  const step = entryOf(view.state.levels, intent.version);
  const level = levelOf(view.rules, step?.rank ?? null);
  if (step === undefined || level === null) return null;
  return message(view, '已定级', [
    summary(`级别：${stepText(view, step)}〔${level.clause}〕`),
    summary(`决定人：`, person(view, step.by), `，${clockText(step.at)}`),
    ...(step.reason === null ? [] : [full('理由：“', said(view, step.reason), '”')]),
    ...activateBy(view),
  ]);
}

/** Private message to those who may activate; null once somebody did. */
export function activationAsked(view: View): Message | null {
  if (view.state.activated !== null || view.state.terminated !== null) return null;
  return message(view, '请决定是否启动响应', [
    summary(`级别：${levelText(view)}，县区：${countyText(view) ?? '正在核实'}`),
    ...fieldLines(view),
    ...activateBy(view),
  ]);
}

function activateBy(view: View): readonly Line[] {
  const due = deadlines(view.rules, view.state).find((d) => d.key === 'activate' && d.status === 'open');
  return due === undefined ? [] : [open(`请于 ${clockText(due.dueAt, view.now)} 前决定，启动请回复：#${view.state.n} 启动`)];
}

/** 响应级别调整: from, to, why, since when. */
export function levelChangeNotice(view: View, intent: Intent): Message | null {
  const now = entryOf(view.state.levels, intent.version);
  const before = view.state.levels.filter((l) => now !== undefined && l.version < now.version).at(-1);
  const from = levelOf(view.rules, before?.rank ?? null);
  if (now === undefined || from === null) return null;
  if (intent.leg === 'page') return standDown(view, intent, now.at);
  return message(view, '响应级别调整', [
    summary(`由${from.zh}调整为${stepText(view, now)}`),
    full('理由：“', said(view, now.reason), '”'),
    summary(`自 ${clockText(now.at)} 起，决定人：`, person(view, now.by)),
    open('未办结时限改级重计：按新级别重算，只会提前'),
  ]);
}

/** The people the new level no longer calls are told by an @ in the room where they were called. */
function standDown(view: View, intent: Intent, changedAt: Instant): Message | null {
  const room = 'room' in intent.to ? intent.to.room : null;
  const dismissed = Object.values(view.state.asks).filter((a) => a.stoodDownAt === changedAt && a.room === room);
  const mentions = [...new Set(dismissed.map((a) => a.person))];
  return mentions.length === 0 ? null : message(view, '级别已调整，以下人员解除集结', [open(...people(view, mentions))], { mentions });
}

/** 终止响应: activated when and at which level, ground, end minute, what was still open. */
export function terminationNotice(view: View): Message | null {
  const { activated, terminated } = view.state;
  if (terminated === null) return null;
  return message(view, '终止应急响应', [
    ...(activated === null ? [] : [summary(`启动时间：${clockText(activated.at)}，级别：${levelText(view) ?? '不分级'}`)]),
    full('理由：“', said(view, terminated.reason), '”'),
    summary(`终止时间：${clockText(terminated.at)}，决定人：`, person(view, terminated.by)),
    summary(terminated.open.length === 0 ? '没有未办结事项' : `终止时尚有 ${terminated.open.length} 项未办结，转入后期处置`),
    open('全部提醒已停止'),
  ]);
}

/** Push summary to a leader: what changed and why, where it stands, what is owed, then the facts. */
export function summaryFor(view: View, _intent: Intent): Message {
  const { state } = view;
  return message(view, summaryHeading(view), [
    ...changeReason(view),
    ...(levelText(view) === null ? [] : [summary(`级别：${levelText(view)}`)]),
    ...(state.progress.length === 0 ? [] : [full('最近进展：“', said(view, state.progress.at(-1)?.text), '”')]),
    summary(standing(view)),
    ...fieldLines(view),
  ]);
}

function standing(view: View): string {
  const { state } = view;
  const called = Object.values(state.asks).length;
  const silent = Object.values(state.asks).filter((a) => a.answer === null).length;
  if (state.terminated !== null) return `响应期间共点名 ${called} 人，${silent} 人未回复；提醒已全部停止`;
  const owed = deadlines(view.rules, state).filter((d) => d.status === 'open').length;
  return `点名 ${called} 人，未回复 ${openAsks(state).length} 人；未办结时限 ${owed} 项`;
}

function summaryHeading({ state }: View): string {
  if (state.terminated !== null) return '情况摘要：响应已终止';
  if (state.activated === null) return '情况摘要：尚未启动响应';
  return state.levels.length > 1 ? '情况摘要：级别已调整' : '情况摘要：响应已启动';
}

function changeReason(view: View): readonly Line[] {
  const { state } = view;
  if (state.terminated !== null) return [full('终止理由：“', said(view, state.terminated.reason), '”')];
  const step = state.levels.at(-1);
  return state.levels.length > 1 && step?.reason ? [full('调级理由：“', said(view, step.reason), '”')] : [];
}
