/** Words of acts about people: a task passed on or found done, members added and let go. */
import { groupTitle } from '../../../incident/audience';
import { summary } from '../../message';
import { taskOf } from '../tasks';
import { person, quoted } from '../view';
import type { Acts } from './words';

export const PEOPLE_ACTS: Acts<'TaskReassigned' | 'TaskChecked' | 'MemberAdded' | 'MemberRemoved'> = {
  TaskReassigned: (view, { task, from, owner, reason }) => ({
    heading: '任务已转派',
    lines: [
      ...taskOf(view, task),
      summary('原承办：', person(view, from), '，改由：', person(view, owner), '，时限不变'),
      ...quoted(view, '理由', reason),
    ],
  }),
  TaskChecked: (view, { task, text }) => ({
    heading: '任务已验收',
    lines: [...taskOf(view, task), ...quoted(view, '意见', text)],
  }),
  MemberAdded: (view, { person: added, group }) => ({
    heading: '增加成员',
    lines: [
      summary(
        '成员：',
        person(view, added),
        group === null ? '' : `，编入${groupTitle(view.rules, group)}`,
        view.state.activated === null ? '；启动响应时一并点名' : '',
      ),
    ],
  }),
  MemberRemoved: (view, { person: removed, reason }) => ({
    heading: '减少成员',
    lines: [summary('成员：', person(view, removed), '，不再参加本次响应'), ...quoted(view, '理由', reason)],
  }),
};
