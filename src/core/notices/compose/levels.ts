/** Words around decisions: level set, asked to activate, level changed, terminated, and the leaders' push summary. */
import { deadlines } from '../../deadlines/deadlines';
import { DECISION } from '../../deadlines/work';
import { entryOf, type IncidentState, type LevelStep, openAsks } from '../../incident/state';
import type { Instant } from '../../instant';
import { levelOf } from '../../plans/rulebook';
import type { Intent } from '../intent';
import { full, type Line, type Message, open, summary } from '../message';
import { activateBy } from './decisions';
import { fieldLines } from './facts';
import { templateOf } from './tasks';
import { clockText, levelText, message, people, person, said, stepText, type View } from './view';

export function levelNoted(view: View, intent: Intent): Message | null {
  const step = entryOf(view.state.levels, intent.version);
  const level = levelOf(view.rules, step?.rank ?? null);
  if (step === undefined || level === null) return null;
  return message(view, '已定级', [
    summary(`级别：${stepText(view, step)}〔${level.clause}〕`),
    summary(`决定人：`, person(view, step.by), `，${clockText(step.at)}`),
    ...(step.reason === null ? [] : [full('理由：“', said(view, step.reason), '”')]),
    ...activateBy(view, DECISION),
  ]);
}

/** 响应级别调整: from, to, why, since when. */
export function levelChangeNotice(view: View, intent: Intent): Message | null {
  const ofResponse = view.state.levels.every((l) => l.version !== intent.version);
  const steps = ofResponse ? view.state.responseLevels : view.state.levels;
  const now = entryOf(steps, intent.version);
  const before = steps.filter((l) => now !== undefined && l.version < now.version).at(-1);
  const from = levelOf(view.rules, before?.rank ?? null);
  if (now === undefined || from === null) return null;
  if (intent.leg === 'page') return standDown(view, intent, now.at);
  return message(view, '响应级别调整', [
    summary(`由${from.zh}调整为${stepText(view, now)}${ofResponse ? '；事件级别不变' : ''}`),
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
    ...aftermathLine(view),
    open('全部提醒已停止'),
  ]);
}

/** The work that begins with the end, by what the plan calls it. */
function aftermathLine(view: View): readonly Line[] {
  const begun = Object.values(view.state.tasks).filter((t) => t.givenAt === view.state.terminated?.at && t.template !== null);
  return begun.length === 0
    ? []
    : [summary(`后期处置任务：${begun.map((t) => templateOf(view.rules, t.template)?.zh ?? '任务').join('、')}`)];
}

/** Push summary to a leader: what changed and why, where it stands, what is owed, then the facts. */
export function summaryFor(view: View, intent: Intent): Message {
  const { state } = view;
  return message(view, summaryHeading(view, intent), [
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

function summaryHeading({ state }: View, { version }: Intent): string {
  if (state.terminated !== null) return '情况摘要：响应已终止';
  if (state.takenOver?.version === version) return '情况摘要：上级接管指挥';
  if (state.reopened.some((again) => again.version === version)) return '情况摘要：事态反复，恢复响应';
  if (state.activated === null) return '情况摘要：尚未启动响应';
  return moved(state) === null ? '情况摘要：响应已启动' : '情况摘要：级别已调整';
}

/** The last step that changed the level, incident level or response level; a confirmation by the superior alone changes nothing. */
function moved({ levels, responseLevels }: IncidentState): LevelStep | null {
  const changes = [levels, responseLevels].flatMap((steps) => steps.filter((step, i) => i > 0 && step.rank !== steps[i - 1]?.rank));
  return changes.reduce<LevelStep | null>((last, step) => (last === null || step.version >= last.version ? step : last), null);
}

function changeReason(view: View): readonly Line[] {
  const { state } = view;
  if (state.terminated !== null) return [full('终止理由：“', said(view, state.terminated.reason), '”')];
  const step = moved(state);
  return step?.reason && step.status !== 'confirmed_by_superior' ? [full('调级理由：“', said(view, step.reason), '”')] : [];
}
