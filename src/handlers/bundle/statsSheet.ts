/** Figures as a table, one line a division, for reports that people put together in a table program. */
import { statusZh } from '../../core/incident/lifecycle';
import type { IncidentStatus } from '../../core/incident/state';
import type { Instant } from '../../core/instant';
import type { UnitCount } from '../../core/stats/units';
import type { Cell, Sheet } from '../../ports/files';
import type { Mode } from '../../ports/streams';
import type { FigureDivision, FigureGroup, Figures, Minutes } from '../../ports/views';
import { shown } from './lists';

/** What ids are called. */
export interface Labels {
  readonly plan: (id: string) => string;
  readonly level: (rank: string) => string;
  readonly category: (id: string) => string;
  readonly county: (id: string) => string;
  readonly group: (id: string) => string;
  readonly section: (id: string) => string;
  readonly role: (id: string) => string;
}

const MODE_ZH: Readonly<Record<Mode, string>> = { real: '真实事件', drill: '演练', test: '测试' };
const BY_ZH: Readonly<Record<FigureDivision, string>> = {
  ...{ all: '合计', month: '按月', plan: '按预案', level: '按级别', category: '按类别', county: '按县区', status: '按状态' },
};
const ORDER: readonly FigureDivision[] = ['all', 'month', 'level', 'category', 'county', 'plan', 'status'];
const COLUMNS = [
  ...['分组', '项目', '事件', '未终结'],
  ...[
    '接报到首次提醒（分，中位）',
    '通知到收到（分，中位）',
    '接报到首次书面报送（分，中位）',
    '接报到启动（分，中位）',
    '接报到终止（分，中位）',
  ],
  ...['按时', '逾期办结', '逾期未办', '按时率（%）'],
];

/** Drills and tests are tables of their own; minutes are whole, shares have one place. */
export function statsSheet(
  { from, until, mode }: { readonly from: Instant; readonly until: Instant; readonly mode: Mode },
  { groups, units }: Pick<Figures, 'groups'> & { readonly units: readonly UnitCount[] },
  labels: Labels,
): Sheet {
  const divided = ORDER.flatMap((by) => groups.filter((group) => group.by === by));
  return {
    name: `统计（${MODE_ZH[mode]}）`,
    columns: COLUMNS,
    rows: [
      filled(['起止', `${shown(from)} 至 ${shown(until)}`]),
      ...divided.map((group) => [BY_ZH[group.by], keyZh(group, labels), ...groupCells(group)]),
      ...units.map((unit) => ['按责任单位', unitZh(unit, labels), ...NO_TIMES, ...endCells(unit)]),
    ],
  };
}

const NO_TIMES: readonly Cell[] = Array.from({ length: 7 }, () => null);

function filled(cells: readonly Cell[]): readonly Cell[] {
  return [...cells, ...Array.from({ length: COLUMNS.length - cells.length }, () => null)];
}

function groupCells(group: FigureGroup): readonly Cell[] {
  const { incidents, open, toMention, toAck, toReport, toActivation, toEnd } = group;
  return [incidents, open, ...[toMention, toAck, toReport, toActivation, toEnd].map(medianOf), ...endCells(group)];
}

function medianOf(minutes: Minutes | null): number | null {
  return minutes === null ? null : Math.round(minutes.median * 10) / 10;
}

/** What is overdue counts as not in time. */
function endCells({ met, missed, overdue }: Pick<FigureGroup, 'met' | 'missed' | 'overdue'>): readonly Cell[] {
  const all = met + missed + overdue;
  return [met, missed, overdue, all === 0 ? null : Math.round((1000 * met) / all) / 10];
}

function keyZh({ by, key }: FigureGroup, labels: Labels): string {
  if (by === 'all') return '全部';
  if (by === 'status') return statusZh(key as IncidentStatus);
  if (by === 'month') return key;
  return key === '' ? '未定' : labels[by](key);
}

function unitZh({ is, id }: UnitCount, labels: Labels): string {
  if (id === 'left') return '已不在册人员';
  return labels[is](id);
}
