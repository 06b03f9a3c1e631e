/** Elements in figures: harm so far, how far it reaches, and what changed since the last paper, from the old value to the new. */
import { type Filled, type Filler, type IncidentBrief, NOTHING } from '../brief';
import type { Line, Part } from '../draft';
import { type FigureField, fieldFigure, figure, figuresUpTo, type TracedFigure } from '../figures';
import { joint, listOf, minuteZh, plan, quoted, say, told } from '../parts';
import { countyPart } from './intake';

/** Fillers of this theme, by the name data use. */
export const HARM: Readonly<Record<string, Filler<IncidentBrief>>> = {
  harm,
  scope,
  figure: (brief, of) => oneFigure(brief, of),
  changed_figures: changedFigures,
  figure_history: figureHistory,
};

/** Harm as every first report must tell it (procedure section 7): a field of the report, and the measure of the plan that counts the same. */
const HARMS: readonly { readonly zh: string; readonly field: FigureField; readonly measure: string | null; readonly unit: string }[] = [
  { zh: '死亡', field: 'dead', measure: 'deaths', unit: '人' },
  { zh: '受伤', field: 'injured', measure: 'injured', unit: '人' },
  { zh: '涉及人数', field: 'peopleInvolved', measure: null, unit: '人' },
  { zh: '涉及金额', field: 'amountYuan', measure: 'direct_loss_yuan', unit: '元' },
];

/** Each of the four, with 正在核实 where it is not known. */
function harm(brief: IncidentBrief): Filled {
  const figures = figuresUpTo(brief.record);
  const known = HARMS.map((row) => ({ row, part: partOf(brief, figures, row) }));
  if (known.every(({ part }) => part === null)) return NOTHING;
  const lines = known.map(({ row, part }) => say`${joint(row.zh)}${part ?? unknown(brief)}`);
  const sure = known.every(({ part }) => part === null || isVerified(brief, part));
  return [[...listOf(lines, '，'), ...(sure ? [] : [joint('（初步数字）')])]];
}

function unknown({ ctx }: IncidentBrief): Part {
  return { text: ctx.wording.unknown, from: { is: 'unknown' } };
}

function partOf(
  brief: IncidentBrief,
  figures: ReadonlyMap<string, readonly TracedFigure[]>,
  { field, measure, unit }: (typeof HARMS)[number],
): Part | null {
  const newest = measure === null ? undefined : figures.get(measure)?.at(-1);
  return newest === undefined ? fieldFigure(brief, field, unit) : figure(brief, newest, unit);
}

/** Entered by somebody who had verified it. */
function isVerified({ record }: IncidentBrief, { from }: Part): boolean {
  const told_ = record.events.find(({ version }) => from.is === 'event' && version === from.version);
  return told_?.event.type === 'FiguresRecorded' && told_.event.verified;
}

/** The county, and every other figure the plan counts. */
function scope(brief: IncidentBrief): Filled {
  const counted = new Set(HARMS.flatMap(({ measure }) => measure ?? []));
  const county = countyPart(brief);
  const figures = figuresUpTo(brief.record);
  const others = brief.ctx.rules.pack.measures.flatMap(({ id, zh, unit }): Line[] => {
    const newest = figures.get(id)?.at(-1);
    return newest === undefined || counted.has(id) ? [] : [[plan(zh), figure(brief, newest, unit)]];
  });
  const lines = [...(county === null ? [] : [[county]]), ...others];
  return lines.length === 0 ? NOTHING : [listOf(lines, '，')];
}

/** One measure by its id. */
function oneFigure(brief: IncidentBrief, of: string | null): Filled {
  const newest = of === null ? undefined : figuresUpTo(brief.record).get(of)?.at(-1);
  return newest === undefined || of === null ? NOTHING : [[figure(brief, newest, unitOf(brief, of))]];
}

/** What people read for a measure, and what it is counted in; harm has its words here where the plan does not count it. */
function named({ ctx }: IncidentBrief, measure: string): { readonly zh: string; readonly unit: string } | null {
  const row = ctx.rules.pack.measures.find(({ id }) => id === measure);
  return row ?? HARMS.find((one) => one.measure === measure) ?? null;
}

function unitOf(brief: IncidentBrief, measure: string): string {
  return named(brief, measure)?.unit ?? '';
}

/** From → to since the last paper sent, a line each; what stayed the same is left out. */
function changedFigures(brief: IncidentBrief): Filled {
  const { record, since } = brief;
  const before = figuresUpTo(record, since?.draft.version ?? 0);
  const lines = [...figuresUpTo(record)].flatMap(([measure, steps]): Line[] => {
    const name = named(brief, measure);
    const now = steps.at(-1);
    const was = before.get(measure)?.at(-1);
    if (name === null || now === undefined || sameValue(was, now)) return [];
    const value = figure(brief, now, name.unit);
    const when = told(brief, now.version, minuteZh(now.step.at));
    return was === undefined
      ? [say`${plan(name.zh)}新增数据${value}（${when}）`]
      : [say`${plan(name.zh)}由${figure(brief, was, name.unit, 'was')}变为${value}（${when}）`];
  });
  return lines;
}

function sameValue(was: TracedFigure | undefined, now: TracedFigure): boolean {
  const a = was?.step.fact.interval;
  const b = now.step.fact.interval;
  return a !== undefined && a.min === b.min && a.max === b.max;
}

/** Every value there was, with who told it and when: for the final report and the review. */
function figureHistory(brief: IncidentBrief): Filled {
  const rows = [...figuresUpTo(brief.record)].flatMap(([measure, steps]) => {
    const name = named(brief, measure);
    return name === null ? [] : steps.map((step) => rowOf(brief, name, step));
  });
  return rows.length === 0 ? NOTHING : { columns: ['项目', '数字', '时间', '是否核实', '来源'], rows };
}

function rowOf(brief: IncidentBrief, { zh, unit }: { readonly zh: string; readonly unit: string }, traced: TracedFigure): readonly Line[] {
  const { version, step } = traced;
  const source = quoted(brief, version, step.source);
  return [
    [plan(zh)],
    [figure(brief, traced, unit, 'was')],
    [told(brief, version, minuteZh(step.at))],
    [told(brief, version, step.verified ? '已核实' : '未核实')],
    source === null ? [] : [source],
  ];
}
