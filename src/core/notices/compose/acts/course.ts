/** Words of acts of the main course and of the ways out of it. */
import { open, summary } from '../../message';
import { groundLines } from '../decisions';
import { clockText, people, planLine, quoted } from '../view';
import { type Acts, partiesZh } from './words';

export const COURSE_ACTS: Acts<
  | 'MonitoringStarted'
  | 'IncidentTransferred'
  | 'TransferReceived'
  | 'TransferReturned'
  | 'IncidentDismissed'
  | 'IncidentMerged'
  | 'IncidentAbsorbed'
  | 'IncidentSplit'
  | 'TerminationProposed'
  | 'TerminationRefused'
  | 'IncidentReopened'
  | 'ReviewStarted'
  | 'IncidentArchived'
> = {
  MonitoringStarted: (view, { reason }) => ({
    heading: '转为关注，暂不启动响应',
    lines: [...quoted(view, '理由', reason), open(`有新情况请回复：#${view.state.n} 补充〔内容〕`)],
  }),
  IncidentTransferred: (view, { organ, reason }) => ({
    heading: '已转办',
    lines: [
      summary(`转往：${partiesZh(view, [organ])}`),
      ...quoted(view, '理由', reason),
      open(`对方签收后请回复：#${view.state.n} 回执〔签收人〕〔时间〕`),
    ],
  }),
  TransferReceived: (view, { who, receivedAt }) => ({
    heading: '转办已签收',
    lines: [summary(`签收时间：${clockText(receivedAt)}`), ...quoted(view, '签收人', who)],
  }),
  TransferReturned: (view, { reason }) => ({
    heading: '转办被退回',
    lines: [...quoted(view, '对方理由', reason), open('请值班员重新签收、核实')],
  }),
  IncidentDismissed: (view, { reason }) => ({
    heading: '不列为突发事件',
    lines: [...quoted(view, '理由', reason), open('全部提醒已停止；如有新情况请重新上报')],
  }),
  IncidentMerged: (view, { into, reason }) => ({
    heading: `已并入 #${into}`,
    lines: [...quoted(view, '理由', reason), open(`本事件的点名和提醒已停止，请到 #${into} 继续办理`)],
  }),
  IncidentAbsorbed: (view, { n, receivedAt, text }) => ({
    heading: `另案 #${n} 已并入本事件`,
    lines: [
      summary(`该件接报时间：${clockText(receivedAt)}；本事件接报时间：${clockText(view.state.receivedAt)}（取较早的一次）`),
      ...quoted(view, '该件原文', text),
    ],
  }),
  IncidentSplit: (view, { off, reason }) => ({
    heading: `已分出 #${off}`,
    lines: [...quoted(view, '理由', reason), open(`分出的部分请到 #${off} 办理`)],
  }),
  TerminationProposed: (view, { reason, grounds, mayDecide }) => ({
    heading: '提请终止响应',
    lines: [
      ...groundLines(view, grounds),
      ...quoted(view, '理由', reason),
      ...(mayDecide.length === 0 ? [] : [summary('已提请决定：', ...people(view, mayDecide))]),
    ],
  }),
  TerminationRefused: (view, { reason }) => ({
    heading: '不同意终止，响应继续',
    lines: quoted(view, '理由', reason),
  }),
  IncidentReopened: (view, { reason, asked }) => ({
    heading: '事态反复，恢复应急响应',
    lines: [planLine(view), ...quoted(view, '情况', reason), summary(`已重新点名 ${new Set(asked.map((a) => a.person)).size} 人`)],
  }),
  ReviewStarted: ({ state }) => ({ heading: '开始总结评估', lines: [open(`办完后归档请回复：#${state.n} 归档`)] }),
  IncidentArchived: () => ({ heading: '已归档', lines: [open('本事件全部事项办结')] }),
};
