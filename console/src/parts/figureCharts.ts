/** What the charts of the figures page draw: calm colours, numbers written beside the bars, nothing that only colour tells. */
import { type Group, rateOf, type UnitCount } from '../api/figures';
import { words } from '../words';

interface Named {
  readonly name: string;
  readonly group: Group;
}

const BLUE = '#175cab';
const ENDED = { met: '#3b8f63', missed: '#d99a2b', overdue: '#b5121b' } as const;
const SERIES = ['#175cab', '#3b8f63', '#d99a2b', '#7a5aa6', '#8a94a1'];
const INK = '#5a6472';
const LINE = '#e6eaef';
const axis = { axisTick: { show: false }, axisLine: { lineStyle: { color: LINE } }, axisLabel: { color: INK } };
/** So that the number above the longest bar stands clear of the edge. */
const HEADROOM = 1.25;
const grid = { left: 4, right: 16, top: 40, bottom: 4, containLabel: true };

/** Incidents as bars, the share in time as a line above them. */
export function monthsOption(rows: readonly Named[]) {
  return {
    color: [BLUE, ENDED.missed],
    grid,
    legend: { top: 0, right: 0, textStyle: { color: INK } },
    tooltip: { trigger: 'axis', confine: true },
    xAxis: { type: 'category', data: rows.map(({ name }) => name), ...axis },
    yAxis: [
      {
        type: 'value',
        minInterval: 1,
        max: ({ max }: { readonly max: number }) => Math.ceil(max * HEADROOM),
        ...axis,
        splitLine: { lineStyle: { color: LINE } },
      },
      {
        type: 'value',
        min: 0,
        max: 125,
        interval: 25,
        ...axis,
        axisLabel: { color: INK, formatter: (at: number) => (at > 100 ? '' : `${at}%`) },
        splitLine: { show: false },
      },
    ],
    series: [
      {
        ...{ name: words.value.stats.count, type: 'bar', barMaxWidth: 34, label: { show: true, position: 'top' } },
        data: rows.map(({ group }) => group.incidents),
      },
      {
        ...{ name: words.value.stats.rate, type: 'line', yAxisIndex: 1, symbolSize: 8, connectNulls: false },
        data: rows.map(({ group }) => rateOf(group)),
      },
    ],
  };
}

/** Each unit's deadlines by how they ended. */
export function unitsOption(rows: readonly { readonly name: string; readonly unit: UnitCount }[]) {
  const kinds = ['met', 'missed', 'overdue'] as const;
  return {
    color: kinds.map((kind) => ENDED[kind]),
    grid,
    legend: { top: 0, right: 0, textStyle: { color: INK } },
    tooltip: { trigger: 'axis', confine: true, axisPointer: { type: 'shadow' } },
    xAxis: { type: 'value', minInterval: 1, ...axis, splitLine: { lineStyle: { color: LINE } } },
    yAxis: { type: 'category', inverse: true, data: rows.map(({ name }) => name), ...axis },
    series: kinds.map((kind) => ({
      ...{ name: words.value.stats.ended[kind], type: 'bar', stack: 'all', barMaxWidth: 18 },
      data: rows.map(({ unit }) => unit[kind]),
    })),
  };
}

/** The middle minutes of each step, level beside level. */
export function timesOption(rows: readonly Named[]) {
  const times = ['toMention', 'toAck', 'toReport', 'toActivation', 'toEnd'] as const;
  const shown = times.filter((time) => rows.some(({ group }) => group[time] !== null));
  return {
    color: SERIES,
    grid,
    legend: { top: 0, right: 0, textStyle: { color: INK } },
    tooltip: {
      trigger: 'axis',
      confine: true,
      axisPointer: { type: 'shadow' },
      valueFormatter: (at: number | null) => (at == null ? '—' : words.value.stats.minute(at)),
    },
    xAxis: { type: 'category', data: rows.map(({ name }) => name), ...axis },
    yAxis: { type: 'value', ...axis, splitLine: { lineStyle: { color: LINE } } },
    series: shown.map((time) => ({
      ...{
        name: words.value.stats.times[time],
        type: 'bar',
        barMaxWidth: 26,
        label: { show: true, position: 'top', color: INK, formatter: shortMinutes },
      },
      data: rows.map(({ group }) => (group[time] === null ? null : Math.round(group[time].median * 10) / 10)),
    })),
  };
}

/** What is done within the minute is no nought. */
const shortMinutes = ({ value }: { readonly value: number }): string => (value < 1 ? '<1' : String(value));

/** How many of each. */
export function barsOption(rows: readonly Named[]) {
  return {
    color: [BLUE],
    grid: { left: 4, right: 40, top: 4, bottom: 4, containLabel: true },
    xAxis: { type: 'value', minInterval: 1, show: false },
    yAxis: { type: 'category', inverse: true, data: rows.map(({ name }) => name), ...axis, axisLine: { show: false } },
    series: [{ type: 'bar', barMaxWidth: 18, label: { show: true, position: 'right' }, data: rows.map(({ group }) => group.incidents) }],
  };
}
