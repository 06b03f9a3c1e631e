/** Words of acts on papers. */
import type { EventOf } from '../../../incident/events';
import type { PaperEvent } from '../../../incident/events/papers';
import { PUBLIC_KINDS, paperTitle, STEP_ZH, typedForPaper } from '../../../incident/papers/find';
import { WAYS } from '../../../incident/papers/paper';
import { full, type Line, open, summary } from '../../message';
import { changeLines, textLines } from '../papers';
import { toParts } from '../records';
import { clockText, people, person, quoted, type View } from '../view';
import type { Acts } from './words';

/** What was done with a paper, and what comes next. */
export const PAPER_ACTS: Acts<PaperEvent['type']> = {
  PaperDrafted: (view, event) => ({ heading: titled(view, event, '已起草'), lines: [...words(view, event.id), ...next(view, event)] }),
  PaperRevised: (view, event) => ({
    heading: titled(view, event, '已改稿'),
    lines: [...changes(view, event.id), ...next(view, event)],
  }),
  PaperPassed: (view, event) => ({
    heading: titled(view, event, `${STEP_ZH[event.act]}通过`),
    lines: [...quoted(view, '意见', event.text), ...next(view, event)],
  }),
  PaperSigned: (view, event) => ({
    heading: titled(view, event, '已签发'),
    lines: [...quoted(view, '意见', event.text), ...next(view, event)],
  }),
  PaperSentBack: (view, event) => ({
    heading: titled(view, event, '已退改'),
    lines: [...quoted(view, '要求', event.reason), ...next(view, event)],
  }),
  PaperReassigned: (view, event) => ({
    heading: titled(view, event, '因级别调整改交办理'),
    lines: [...(event.withdrawn.length === 0 ? [] : [summary('不再请：', ...people(view, event.withdrawn), '办理')]), ...next(view, event)],
  }),
  PaperCommented: (view, event) => ({ heading: titled(view, event, '有新意见'), lines: quoted(view, '意见', event.text) }),
  PaperNumbered: (view, event) => ({
    heading: titled(view, event, '已编号'),
    lines: [full(event.number === '' ? '无文号' : `文号：${event.number}`), ...typed(view, event.id)],
  }),
  PaperSent: (view, event) => ({ heading: titled(view, event, sentZh(view, event.id)), lines: sentLines(view, event) }),
  PaperReceipted: (view, event) => ({
    heading: titled(view, event, '回执已登记'),
    lines: [...receivedFrom(view, event), ...quoted(view, '签收', event.who), summary(`时间：${clockText(event.receivedAt, view.now)}`)],
  }),
  PaperVoided: (view, event) => ({ heading: titled(view, event, '已作废'), lines: quoted(view, '理由', event.reason) }),
};

function titled({ state }: View, { id }: { readonly id: string }, what: string): string {
  const paper = state.papers[id];
  return `${paper === undefined ? '文稿' : paperTitle(paper)}${what}`;
}

function words(view: View, id: string): readonly Line[] {
  const paper = view.state.papers[id];
  return paper === undefined ? [] : textLines(view, paper);
}

function changes(view: View, id: string): readonly Line[] {
  const paper = view.state.papers[id];
  return paper === undefined ? [] : changeLines(view, paper);
}

function typed(view: View, id: string): readonly Line[] {
  const paper = view.state.papers[id];
  return paper === undefined ? [] : [open(`下一步请回复：${typedForPaper(view.rules, view.state, paper)}`)];
}

/** To whom it goes now. */
function next(view: View, { id, owner }: { readonly id: string; readonly owner: string | null }): readonly Line[] {
  return [...(owner === null ? [] : [summary('现交：', person(view, owner))]), ...typed(view, id)];
}

function sentZh({ state }: View, id: string): string {
  const kind = state.papers[id]?.kind;
  return kind !== undefined && PUBLIC_KINDS.includes(kind) ? '已登记交付（系统不对外发布）' : '已登记报送';
}

function sentLines(view: View, { id, to, as, way, sentAt }: EventOf<'PaperSent'>): readonly Line[] {
  const paper = view.state.papers[id];
  const n = paper?.n ?? '';
  return [
    summary(as === 'main' ? '主送：' : '抄送：', ...toParts(view, to), `　${WAYS[way]}　${clockText(sentAt, view.now)}`),
    ...missingLines(view, id),
    open(`对方签收后请回复：#${view.state.n} 文稿回执 ${n}〔单位〕〔签收人〕〔时间〕`),
  ];
}

/** Recipients of its path to whom no copy went yet. */
function missingLines(view: View, id: string): readonly Line[] {
  const paper = view.state.papers[id];
  const path = view.rules.pack.reporting_paths.find((one) => one.id === paper?.path);
  const served = new Set(paper?.sendings.map(({ to }) => to.id));
  const missing = path?.to.filter((party) => !served.has(party)) ?? [];
  return missing.length === 0
    ? []
    : [summary('尚未报送：', ...missing.flatMap((party, i) => [i === 0 ? '' : '、', ...toParts(view, { kind: 'party', id: party })]))];
}

function receivedFrom(view: View, { id, sending }: EventOf<'PaperReceipted'>): readonly Line[] {
  const found = view.state.papers[id]?.sendings.find((one) => one.id === sending);
  return found === undefined ? [] : [summary('单位：', ...toParts(view, found.to))];
}
