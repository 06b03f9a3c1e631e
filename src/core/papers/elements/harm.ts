/** Elements in figures: harm so far, how far it reaches, and what changed since the last paper, from the old value to the new. */
import { type Filled, type Filler, type IncidentBrief, NOTHING, toldBefore } from '../brief';
import type { Line, Part } from '../draft';
import { type FigureField, fieldFigure, figure, figuresUpTo, sameWords, type TracedFigure } from '../figures';
import { joint, listOf, minuteZh, plan, say, told } from '../parts';
import { countyPart } from './intake';

/** Fillers of this theme, by the name data use. */
export const HARM: Readonly<Record<string, Filler<IncidentBrief>>> = {
  harm,
  scope,
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
  const county = countyPart(brief);
  const harm = new Set(HARMS.flatMap(({ measure }) => measure ?? []));
  const figures = newestOnes(brief).filter(([measure]) => !harm.has(measure));
  const others = figures.map(([measure, newest]): Line => {
    const { label, unit } = named(brief, measure);
    return [label, figure(brief, newest, unit)];
  });
  const lines = [...(county === null ? [] : [[county]]), ...others];
  return lines.length === 0 ? NOTHING : [listOf(lines, '，')];
}

/**
 * The newest of each measure that has a name, those of harm first, then in the order of the plan. What the same words told is said once: a
 * plan may count them under several measures.
 */
function newestOnes(brief: IncidentBrief): readonly (readonly [string, TracedFigure])[] {
  const figures = figuresUpTo(brief.record);
  const order = [...HARMS.flatMap(({ measure }) => measure ?? []), ...brief.ctx.rules.pack.measures.map(({ id }) => id)];
  const all = [...new Set(order)].flatMap((measure) => {
    const newest = figures.get(measure)?.at(-1);
    return newest === undefined ? [] : [[measure, newest] as const];
  });
  return all.filter(([, one], i) => !all.slice(0, i).some(([, earlier]) => sameWords(one, earlier)));
}

/** What people read for a measure, and what it is counted in: harm has its words here, the rest are the plan's. */
function named({ ctx }: IncidentBrief, measure: string): { readonly label: Part; readonly unit: string } {
  const harm = HARMS.find((one) => one.measure === measure);
  const row = ctx.rules.pack.measures.find(({ id }) => id === measure);
  if (harm !== undefined) return { label: joint(harm.zh), unit: harm.unit };
  return row === undefined ? { label: joint('其他'), unit: '' } : { label: plan(row.zh), unit: row.unit };
}

/** From → to since the last paper sent, a line each; what stayed the same is left out. */
function changedFigures(brief: IncidentBrief): Filled {
  const before = figuresUpTo(brief.record, toldBefore(brief));
  return newestOnes(brief).flatMap(([measure, now]): Line[] => {
    const { label, unit } = named(brief, measure);
    const was = before.get(measure)?.at(-1);
    if (sameValue(was, now)) return [];
    const value = figure(brief, now, unit);
    const when = told(brief, now.version, minuteZh(now.step.at));
    return was === undefined
      ? [say`${label}${value}（此前未报，${when}）`]
      : [say`${label}由${figure(brief, was, unit, 'was')}变为${value}（${when}）`];
  });
}

function sameValue(was: TracedFigure | undefined, now: TracedFigure): boolean {
  const a = was?.step.fact.interval;
  const b = now.step.fact.interval;
  return a !== undefined && a.min === b.min && a.max === b.max;
}

/** Every value there was, with when and how it was told: for the final report and the inquiry. */
function figureHistory(brief: IncidentBrief): Filled {
  const figures = figuresUpTo(brief.record);
  const rows = newestOnes(brief).flatMap(([measure]) => (figures.get(measure) ?? []).map((step) => rowOf(brief, measure, step)));
  return rows.length === 0 ? NOTHING : { columns: ['项目', '数字', '时间', '是否核实', '来源'], rows };
}

const TOLD_BY: Readonly<Record<string, string>> = { IncidentReported: '接报', IncidentSupplemented: '补充更正', FiguresRecorded: '登记' };

function rowOf(brief: IncidentBrief, measure: string, traced: TracedFigure): readonly Line[] {
  const { version, step } = traced;
  const { label, unit } = named(brief, measure);
  const type = brief.record.events.find((recorded) => recorded.version === version)?.event.type ?? '';
  return [
    [label],
    [figure(brief, traced, unit, 'was')],
    [told(brief, version, minuteZh(step.at))],
    [told(brief, version, step.verified ? '已核实' : '未核实')],
    [told(brief, version, TOLD_BY[type] ?? '')],
  ];
}
