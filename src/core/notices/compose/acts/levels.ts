/** Words of acts about levels, warnings and who holds the power. */
import { deadlines } from '../../../deadlines/deadlines';
import { levelOf } from '../../../plans/rulebook';
import { type Line, open, summary } from '../../message';
import { proposalLines } from '../decisions';
import { clockText, people, person, quoted, type View } from '../view';
import type { Acts } from './words';

export const LEVEL_ACTS: Acts<
  | 'AssessmentProposed'
  | 'LevelConfirmed'
  | 'WarningIssued'
  | 'WarningLifted'
  | 'CommandTransferred'
  | 'StandInNamed'
  | 'StandInEnded'
  | 'OralApprovalRecorded'
  | 'OralApprovalConfirmed'
> = {
  AssessmentProposed: (view, event) => ({
    heading: '研判意见',
    lines: [
      ...proposalLines(view, event),
      ...quoted(view, '研判意见', event.text),
      ...(event.mayDecide.length === 0 ? [] : [summary('已提请决定：', ...people(view, event.mayDecide))]),
    ],
  }),
  LevelConfirmed: (view, { rank, who, confirmedAt }) => ({
    heading: '上级已确认级别',
    lines: [
      summary(`级别：${levelOf(view.rules, rank)?.zh ?? '已确认'}，确认时间：${clockText(confirmedAt)}`),
      ...quoted(view, '确认人', who),
    ],
  }),
  WarningIssued: (view, { rank, text }) => ({
    heading: '已发预警',
    lines: [
      ...(rank === null ? [] : [summary(`预警级别：${levelOf(view.rules, rank)?.zh ?? '见正文'}`)]),
      ...quoted(view, '内容', text),
      open(`解除请回复：#${view.state.n} 预警解除〔理由〕`),
    ],
  }),
  WarningLifted: (view, { text }) => ({ heading: '预警已解除', lines: quoted(view, '理由', text) }),
  CommandTransferred: (view, { organ, at }) => ({
    heading: '上级接管指挥',
    lines: [...quoted(view, '指挥单位', organ), summary(`接管时间：${clockText(at)}`), open('已交办的事项继续办理，听从上级指挥')],
  }),
  StandInNamed: (view, { person: who, standsFor, reason, until }) => ({
    heading: '代行已登记',
    lines: [
      summary(person(view, who), ' 代行 ', person(view, standsFor), ` 的职责，至 ${clockText(until)}`),
      ...quoted(view, '理由', reason),
      open(`撤销请回复：#${view.state.n} 撤销代行`),
    ],
  }),
  StandInEnded: (view, event) => ({ heading: '代行已撤销', lines: [summary(person(view, event.person), ' 不再代行')] }),
  OralApprovalRecorded: (view, { id, act, who, approvedAt, words, heardBy }) => ({
    heading: '口头批准已登记，待补书面确认',
    lines: [
      summary('批准人：', person(view, who), `，${clockText(approvedAt)}，事项：${ACT_ZH[act] ?? '所请事项'}`),
      ...quoted(view, '原话', words),
      ...(heardBy.length === 0 ? [] : [summary('在场：', ...people(view, heardBy))]),
      ...backfillLine(view, id),
    ],
  }),
  OralApprovalConfirmed: (view, { id, text }) => ({
    heading: '口头批准已书面确认',
    lines: [summary(`事项：${ACT_ZH[view.state.approvals[id]?.act ?? ''] ?? '所请事项'}`), ...quoted(view, '确认意见', text)],
  }),
};

/** What may be approved by word of mouth, as people say it. */
const ACT_ZH: Readonly<Record<string, string>> = {
  SetLevel: '定级',
  ChangeLevel: '调级',
  ChangeResponseLevel: '调整响应级别',
  ActivateResponse: '启动响应',
  TerminateResponse: '终止响应',
  ReopenIncident: '事态反复',
  DismissIncident: '不列入',
  TransferIncident: '转办',
  SignPaper: '签发文稿',
};

/** The approver himself confirms in writing, and until when. */
function backfillLine(view: View, id: string): readonly Line[] {
  const due = deadlines(view.rules, view.state).find((d) => d.key.endsWith(`:${id}`) && d.status === 'open');
  const moment = due === undefined ? '' : `于 ${clockText(due.dueAt, view.now)} 前`;
  return [open(`请批准人${moment}书面确认，回复：#${view.state.n} 确认口头批准`)];
}
