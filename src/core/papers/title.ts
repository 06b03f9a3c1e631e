/** Titles and numbers of papers: the matter in few words, 续报 numbered 一、二、三 without gaps, 【演练】 ahead in a drill. */
import { categoryOf } from '../plans/rulebook';
import type { Brief } from './brief';
import { fieldTold } from './figures';
import { dayZh, masked } from './parts';
import type { IncidentRecord } from './record';

/** The whole title. */
export function titleOf(brief: Brief): string {
  const { form, ctx, record } = brief;
  const serial = serialOf(brief);
  const title = form.title
    .replace('{事由}', record.is === 'incident' ? matterOf({ ...brief, record }) : '')
    .replace('{序号}', serial === null ? '' : numeralZh(serial))
    .replace('{期号}', serial === null ? '' : `${serial}`)
    .replace('{日期}', dayZh(record.is === 'duty' ? record.state.openedAt : ctx.now));
  return ctx.mode === 'drill' && !title.startsWith(ctx.wording.drill) ? `${ctx.wording.drill}${title}` : title;
}

/** That of the work record it is about; else the next of this kind in this incident. Null: not numbered. */
export function serialOf({ kind, form, ctx, record }: Brief): number | null {
  if (!form.numbered) return null;
  const about = record.is === 'incident' ? record.state.records[ctx.about ?? ''] : undefined;
  if (about !== undefined) return about.n;
  const taken = ctx.earlier.filter(({ draft }) => draft.kind === kind).map(({ draft }) => draft.serial ?? 0);
  return Math.max(0, ...taken) + 1;
}

/** 第1期, by the series of its kind; null: the office gives it by hand, or the form has none. */
export function issueOf(brief: Brief): string | null {
  const serial = serialOf(brief);
  return brief.form.issue === undefined || serial === null ? null : brief.form.issue.replace('{期号}', `${serial}`);
}

/** So many characters of a cause still read as a title. */
const LONGEST = 20;

/** 湖滨区预付卡退费事件: county and cause, else the category. */
function matterOf(brief: Brief & { readonly record: IncidentRecord }): string {
  const { record, ctx } = brief;
  const county = ctx.roster.counties.find(({ id }) => id === record.state.county)?.names[0] ?? '';
  const told = fieldTold(record, 'cause');
  const cause = told === null ? '' : masked(brief, told.found.value);
  const category = categoryOf(ctx.rules, record.state.assessed?.category ?? record.state.suggestion.category)?.zh ?? '';
  const matter = cause !== '' && cause.length <= LONGEST ? cause : category;
  const whole = `${matter.startsWith(county) ? '' : county}${matter === '' ? '突发' : matter}`;
  return whole.endsWith('事件') ? whole : `${whole}事件`;
}

const FIGURES = '零一二三四五六七八九';

/** 一, 十, 十二, 二十一: numbers of 续报, to 99. */
export function numeralZh(n: number): string {
  const tens = Math.floor(n / 10);
  const ones = n % 10;
  if (n > 99) return `${n}`;
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : FIGURES[tens]}十`;
  return `${ten}${ones === 0 && tens > 0 ? '' : FIGURES[ones]}`;
}
