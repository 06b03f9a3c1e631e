/** Words of acts of the work: tasks, directives, telephone calls, what was done, what was set aside, who cannot come. */
import { askKey, deadlines } from '../../../deadlines/deadlines';
import type { EventOf } from '../../../incident/events';
import { directivesInOrder, numberIn, tasksInOrder } from '../../../incident/numbered';
import { maskedPhone } from '../../../privacy/mask';
import { full, type Line, open, summary } from '../../message';
import { VERIFYING } from '../facts';
import { taskLine, taskOf } from '../tasks';
import { clockText, people, person, quoted, type View } from '../view';
import { type Acts, owedZh, partiesZh } from './words';

export const WORK_ACTS: Acts<
  | 'AcknowledgementWithdrawn'
  | 'CannotCome'
  | 'TasksGiven'
  | 'TaskCompleted'
  | 'TaskReturned'
  | 'DirectiveReceived'
  | 'DirectiveAnswered'
  | 'PhoneLogged'
  | 'ObligationMet'
  | 'ObligationWaived'
> = {
  AcknowledgementWithdrawn: (view, { asks }) => ({
    heading: '收到已撤回',
    lines: [...oldTerm(view, asks), open('原时限恢复，请尽快重新回复')],
  }),
  CannotCome: (view, event) => ({
    heading: '有人无法到达',
    lines: [...quoted(view, '理由', event.reason), ...replacements(view, event)],
  }),
  TasksGiven: (view, { tasks }) => ({
    heading: '任务已交办',
    lines: tasks.flatMap((task) => [
      taskLine(view, task),
      summary('承办：', person(view, task.owner), task.dueAt === null ? '' : `，${clockText(task.dueAt, view.now)} 前办完`),
    ]),
  }),
  TaskCompleted: (view, { task, text, evidence }) => ({
    heading: '任务已报完成',
    lines: [
      ...taskOf(view, task),
      ...quoted(view, '办理情况', text),
      ...(evidence.length === 0 ? [] : [full(`附凭据 ${evidence.length} 件`)]),
      open(`不合格请交办人回复：#${view.state.n} 退回任务 ${numberIn(tasksInOrder(view.state), task)}〔理由〕`),
    ],
  }),
  TaskReturned: (view, { task, reason }) => ({
    heading: '任务已退回，重新办理',
    lines: [...taskOf(view, task), ...quoted(view, '退回理由', reason)],
  }),
  DirectiveReceived: (view, { id, leader, words, dueAt, asked }) => ({
    heading: '收到领导批示',
    lines: [
      summary('批示人：', person(view, leader)),
      ...quoted(view, '批示', words),
      summary(
        '承办：',
        ...people(
          view,
          asked.map((a) => a.person),
        ),
        feedbackDue(view, id, dueAt),
      ),
      open(`反馈请回复：#${view.state.n} 反馈 ${numberIn(directivesInOrder(view.state), id)}〔办理情况〕`),
    ],
  }),
  DirectiveAnswered: (view, { id, text }) => ({
    heading: '批示已反馈',
    lines: [...leaderOf(view, id), ...quoted(view, '反馈', text)],
  }),
  PhoneLogged: (view, { party, spokeWith, calledAt, words, late }) => ({
    heading: '电话已登记',
    lines: [
      summary(`通话时间：${clockText(calledAt)}${party === null ? '' : `，对方：${partiesZh(view, [party])}`}`),
      ...(spokeWith === null ? [full(`通话人：${VERIFYING}`)] : quoted(view, '通话人', spokeWith)),
      ...quoted(view, '内容', words),
      ...(late ?? []).map((key) => open(`“${owedZh(view.rules, key)}”已逾期，请写明逾期原因后办结`)),
    ],
  }),
  ObligationMet: (view, { key, lines, doneAt, text, lateReason }) => ({
    heading: `已办结：${owedZh(view.rules, key)}`,
    lines: [
      summary(`办结时间：${clockText(doneAt)}${lines.length === 0 ? '' : `，报送：${partiesZh(view, lines)}`}`),
      ...quoted(view, '内容', text),
      ...quoted(view, '逾期原因', lateReason),
      ...stillOwed(view, key),
    ],
  }),
  ObligationWaived: (view, { key, reason }) => ({
    heading: `不适用：${owedZh(view.rules, key)}`,
    lines: quoted(view, '理由', reason),
  }),
};

function oldTerm({ rules, state, now }: View, asks: readonly string[]): readonly Line[] {
  const keys = asks.flatMap((id) => state.asks[id] ?? []).map(askKey);
  const due = deadlines(rules, state).filter((d) => keys.includes(d.key) && d.status === 'open');
  return due.length === 0 ? [] : [open(`应于 ${clockText(Math.min(...due.map((d) => d.dueAt)), now)} 前回复`)];
}

/** The stand-in, or that nobody is recorded and whom to ring. */
function replacements(view: View, { asked, unfilled, dial }: EventOf<'CannotCome'>): readonly Line[] {
  return [
    ...(asked.length === 0 ? [] : [summary('已叫替补：', ...people(view, [...new Set(asked.map((a) => a.person))]))]),
    ...(unfilled === undefined ? [] : [summary('没有登记替补：', ...people(view, unfilled), '，请另行指派')]),
    ...(dial ?? []).map((one) => {
      const phone = view.roster.people.get(one)?.phone ?? null;
      return summary('请电话联系：', person(view, one), `　电话 ${phone === null ? '未登记' : maskedPhone(phone)}（完整号码见值班通讯录）`);
    }),
  ];
}

function leaderOf(view: View, id: string): readonly Line[] {
  const directive = view.state.directives[id];
  return directive === undefined ? [] : [summary('批示人：', person(view, directive.leader)), ...quoted(view, '批示', directive.words)];
}

/** Which recipients are still to be served. */
function stillOwed({ rules, state, now }: View, key: string): readonly Line[] {
  const due = deadlines(rules, state).find((d) => d.key === key && d.status === 'open');
  return due === undefined ? [] : [summary(`${due.why === '' ? '尚未全部报到' : due.why}，应于 ${clockText(due.dueAt, now)} 前办完`)];
}

/** The moment the directive names, else the profile's. */
function feedbackDue({ rules, state, now }: View, id: string, named: number | null): string {
  const due = named ?? deadlines(rules, state).find((d) => d.key.endsWith(`:${id}`) && d.kind === 'directive_feedback')?.dueAt ?? null;
  return due === null ? '' : `，${clockText(due, now)} 前反馈`;
}
