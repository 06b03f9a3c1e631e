/** Numeric rows of one measure must lie side by side, graver levels higher: [min, max), no overlap, no hole that nobody meant. */
import type { PlanPack } from '../packSchema';
import type { PlanFault } from './fault';

type Row = PlanPack['thresholds'][number] & { readonly i: number };

/** `range_empty`, `range_overlap`, `range_order` and `range_gap`. */
export function rangeFaults({ thresholds }: PlanPack): readonly PlanFault[] {
  const rows = thresholds.map((row, i) => ({ ...row, i }));
  const sound = rows.filter((row) => row.max === null || row.min < row.max);
  return [
    ...rows.filter((row) => !sound.includes(row)).map((row) => at(row, 'max', 'range_empty', '区间为空：max 必须大于 min')),
    ...[...new Set(sound.map((row) => row.measure))].flatMap((measure) => neighbours(sound.filter((row) => row.measure === measure))),
  ];
}

function neighbours(rows: readonly Row[]): readonly PlanFault[] {
  const sorted = [...rows].sort((a, b) => a.min - b.min);
  return sorted.flatMap((row, k) => {
    const below = sorted[k - 1];
    return below === undefined ? [] : between(below, row);
  });
}

function between(below: Row, row: Row): readonly PlanFault[] {
  const pair = `${row.measure}：第 ${below.rank} 级到 ${below.max ?? '不封顶'}，第 ${row.rank} 级自 ${row.min}`;
  if (below.max === null || below.max > row.min) return [at(row, 'min', 'range_overlap', `区间重叠，${pair}`)];
  return [
    ...(row.rank >= below.rank ? [at(row, 'rank', 'range_order', `数字大的一行级别应更重，${pair}`)] : []),
    ...(below.max < row.min && !row.allow_gap
      ? [at(row, 'min', 'range_gap', `区间之间有空缺（有意留空的写 allow_gap: true），${pair}`)]
      : []),
  ];
}

function at(row: Row, key: string, code: string, zh: string): PlanFault {
  return { path: ['thresholds', row.i, key], code, zh };
}
