/** The fields of an incident as lines, each with the words it came from; what is missing is 正在核实 and blocks nothing. */
import { markText } from '../../plans/marks';
import { categoryOf, levelOf } from '../../plans/rulebook';
import type { Found, Interval, Span } from '../../report/fields';
import { full, type Line, open, type Part, summary } from '../message';
import { clockText, said, type View } from './view';

export const VERIFYING = '正在核实';

/** Time, place, people, cause, harm, measures, source: one line each. */
export function fieldLines(view: View): readonly Line[] {
  const f = view.state.fields;
  return [
    line(view, '时间', 'occurredAt', f.occurredAt, (v) => (v.at === null ? VERIFYING : clockText(v.at))),
    line(view, '县区', 'district', f.district, (v) => v),
    line(view, '地点', 'place', f.place, (v) => v),
    line(view, '事由', 'cause', f.cause, (v) => v),
    line(view, '涉及人数', 'peopleInvolved', f.peopleInvolved, (v) => intervalText(v, '人')),
    ...optional(view, '受伤', 'injured', f.injured, (v) => `${v} 人`),
    ...optional(view, '死亡', 'dead', f.dead, (v) => `${v} 人`),
    ...optional(view, '金额', 'amountYuan', f.amountYuan, (v) => intervalText(v, '元')),
    measuresLine(view),
  ];
}

function line<T>(view: View, label: string, name: string, found: Found<T> | null, show: (value: T) => string): Line {
  if (found === null) return full(`${label}：${VERIFYING}`);
  const shown = show(found.value);
  return full(`${label}：`, { is: 'quote', text: shown }, ...wordsOf(view, name, found.spans, shown), ...doubt(view, found));
}

/** Said of what the reader is not sure of, until somebody has compared it. */
function doubt({ state }: View, { confidence }: Found<unknown>): readonly Part[] {
  const sure = confidence === undefined || confidence >= SURE || (state.readingChecked ?? null) !== null;
  return sure ? [] : [{ is: 'text', text: '　把握不大，请核对' }];
}

/** Readings below this are shown with a doubt. */
const SURE = 0.7;

function optional<T>(view: View, label: string, name: string, found: Found<T> | null, show: (value: T) => string): readonly Line[] {
  return found === null ? [] : [line(view, label, name, found, show)];
}

function measuresLine(view: View): Line {
  const { measures } = view.state.fields;
  return measures.length === 0
    ? full(`已采取措施：${VERIFYING}`)
    : full('已采取措施：', { is: 'quote', text: measures.map((m) => m.value).join('；') });
}

/** （原文“……”）: the very words of the report, cut from the text they stand in; left out where they are what is shown already. */
function wordsOf(view: View, field: string, spans: readonly Span[], shown: string): readonly Part[] {
  const source = view.texts.get(view.state.toldIn[field]?.id ?? view.state.text.id);
  const words = source === undefined ? [] : spans.map((s) => source.slice(s.start, s.end)).filter((w) => w.length > 0);
  return words.length === 0 || words.join('') === shown
    ? []
    : ['（原文“', { is: 'quote' as const, text: words.join('…') }, '”）'].map((p) =>
        typeof p === 'string' ? { is: 'text' as const, text: p } : p,
      );
}

/** 60—69 人, 60 人以上, 不足 70 人. */
export function intervalText({ min, max }: Interval, unit: string): string {
  if (min !== null && max !== null) return min === max ? `${min} ${unit}` : `${min}—${max} ${unit}`;
  if (min !== null) return `${min} ${unit}以上`;
  return max === null ? VERIFYING : `不足 ${max} ${unit}`;
}

/** Proposed level, category and plan with ground and clause: a proposal, the decision is a person's. */
export function suggestionLines(view: View): readonly Line[] {
  const { rules, state } = view;
  const category = categoryOf(rules, state.suggestion.category);
  const level = levelOf(rules, state.suggestion.rank);
  const { categoryGround, grounds } = state.suggestion;
  return [
    ...(rules.pack.level_scheme === 'none'
      ? []
      : [summary(level === null ? `建议级别：${VERIFYING}` : `建议级别：${level.zh}〔${level.clause}〕`)]),
    ...(grounds.length === 0 ? [] : [full(`级别依据：${grounds.map((g) => `${g.zh}（${markText(g.mark)}）`).join('；')}`)]),
    summary(category === null ? `建议类别：${VERIFYING}` : `建议类别：${category.zh}〔${category.clause}〕`),
    ...(categoryGround === null ? [] : [full(`类别依据：${categoryGround.zh}`)]),
    open(`建议预案：${rules.pack.short_title}`),
  ];
}

/** 来源: which system reported it, with its own number of the matter; none where a person did. */
export function sourceLines({ state }: View): readonly Line[] {
  const { via } = state;
  if (via === undefined) return [];
  return [
    summary(
      '来源：',
      { is: 'quote', text: via.source },
      ...(via.ref === null ? [] : ['，对方编号 ', { is: 'quote' as const, text: via.ref }]),
    ),
  ];
}

/** 并案 is offered, never done: which numbers may be the same matter, while both are still on their own. */
export function likeLines({ state }: View): readonly Line[] {
  if (state.like === undefined || state.mergedInto !== null || state.status !== 'intake') return [];
  const [first] = state.like;
  const numbers = state.like.map((n) => `#${n}`).join('、');
  return [open(`可能与 ${numbers} 是同一件事。是同一件的，请值班人员回复：#${state.n} 并案 #${first}〔理由〕；不是的不用管`)];
}

/** The report in its own words. */
export function reportLine(view: View): Line {
  return full('报告原文：“', said(view, view.state.text), '”');
}
