/** Figures as a list: one line a figure, for reports that people put together in a table program. */
import type { Instant } from '../../core/instant';
import type { Sheet } from '../../ports/files';
import type { Figures } from '../../ports/views';
import { shown } from './lists';

/** Values are named as the incidents bear them. */
export function statsSheet({ from, until }: { readonly from: Instant; readonly until: Instant }, figures: Figures): Sheet {
  const { incidents, open, minutesToActivation } = figures;
  const by = (title: string, counted: Readonly<Record<string, number>>): readonly (readonly [string, string, number])[] =>
    Object.entries(counted).map(([name, count]) => [title, name, count] as const);
  return {
    name: '统计',
    columns: ['类别', '项目', '数量'],
    rows: [
      ['起止', `${shown(from)} 至 ${shown(until)}`, null],
      ['事件', '合计', incidents],
      ['事件', '未终结', open],
      ['事件', '接报到启动的中位数（分）', minutesToActivation],
      ...by('按状态', figures.byStatus),
      ...by('按预案', figures.byPlan),
      ...by('按类别', figures.byCategory),
      ...by('按级别', figures.byLevel),
      ...by('按县区', figures.byCounty),
      ...by('时限', figures.deadlines),
    ],
  };
}
