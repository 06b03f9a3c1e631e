/** What was typed about a paper: which one is meant, what is to be changed in it, to whom it goes and by which way. */

import { papersInOrder } from '../../core/incident/papers/find';
import { type Paper, type SendingWay, WAYS } from '../../core/incident/papers/paper';
import type { RecordTo } from '../../core/incident/records/record';
import { type Refusal, refuse } from '../../core/incident/refusal';
import type { PaperEdit } from '../../core/papers/edit';
import { PAPERS, type PaperKind } from '../../core/plans/schema/papers';
import { addresseeAt } from '../arguments/addressee';
import { countyAt } from '../arguments/county';
import { numberAt } from '../arguments/number';
import { trimmed } from '../arguments/spaces';
import type { Said } from './row';

/** A paper and what stands behind its number. */
export interface PaperSaid {
  readonly is: 'paper';
  readonly paper: Paper;
  readonly rest: string;
}

/**
 * The paper of the number at the front; without one the only paper that `fits`, else the newest, so that the rules say why not. Refuses
 * `no_such_paper`, `which_paper`.
 */
export function paperAt({ state, rest }: Said, word: string, fits: (paper: Paper) => boolean): PaperSaid | Refusal {
  const all = papersInOrder(state);
  const named = numberAt(all, rest);
  if (named !== null) return { is: 'paper', paper: named.found, rest: named.rest };
  const likely = all.filter(fits);
  const only = likely[0] ?? all.at(-1);
  if (only === undefined) return refuse('no_such_paper', `事件 #${state.n} 还没有文稿。`, `起草：#${state.n} 首报`);
  if (likely.length > 1)
    return refuse('which_paper', `有 ${likely.length} 份文稿，请写明编号。`, `#${state.n} ${word} ${only.n}；清单：#${state.n} 文稿`);
  return { is: 'paper', paper: only, rest };
}

/**
 * 地点：福满楼二楼；趋势：平稳 — elements and their new words. Another one begins where one of `headings` with its colon stands behind a space
 * or the end of a sentence; whatever else stands there goes on with the element before. Empty where none is named at the front, or one of them
 * gets no words.
 */
export function editsIn(words: string, headings: readonly string[]): readonly PaperEdit[] {
  const known = [...headings].sort((a, b) => b.length - a.length).map((heading) => heading.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const starts = [...words.matchAll(new RegExp(`(?<=[\\s；;。])(?:${known.join('|')})\\s*[：:]`, 'gu'))].map(({ index }) => index);
  const parts = [0, ...starts].map((start, i) => words.slice(start, starts[i]));
  const edits = parts.map((part): PaperEdit | null => {
    const found = /^\s*([^\s：:，,。；;]{1,16})\s*[：:]\s*(\S.*)$/su.exec(part.replace(/[\s；;]+$/u, ''));
    return found?.[1] === undefined || found[2] === undefined ? null : { heading: found[1], text: found[2] };
  });
  return edits.some((edit) => edit === null) ? [] : edits.flatMap((edit) => edit ?? []);
}

/** Other words for a way beside its own. */
const WAY_WORDS: Readonly<Record<SendingWay, readonly string[]>> = {
  network: ['专网', '政务外网', '政务内网'],
  system: ['报送系统', '系统'],
  fax: [],
  mail: ['邮件', '邮箱'],
  courier: ['机要'],
  by_hand: ['纸质', '当面', '送达', '专人'],
  chat: ['群'],
};

/** The way named anywhere in the words, and the words without it; null where none is named. */
export function wayIn(words: string): { readonly way: SendingWay; readonly rest: string } | null {
  const known = (Object.keys(WAYS) as SendingWay[]).flatMap((way) => [WAYS[way], ...WAY_WORDS[way]].map((word) => ({ way, word })));
  const found = known.sort((a, b) => b.word.length - a.word.length).find(({ word }) => words.includes(word));
  return found === undefined ? null : { way: found.way, rest: trimmed(words.replace(found.word, ' ')) };
}

/** Whom it goes to, named at the front, a county by its name as well; null where nobody is. */
export function recipientAt(said: Said, words: string): { readonly to: RecordTo | null; readonly rest: string } {
  const found = addresseeAt(said, words);
  if (found !== null) return found;
  const place = countyAt(said.turn.roster, words);
  return place === null ? { to: null, rest: words } : { to: { kind: 'county', id: place.county }, rest: place.rest };
}

/** Names of kinds beside their own. */
const KIND_WORDS: Readonly<Partial<Record<PaperKind, readonly string[]>>> = {
  first_report: ['初报'],
  progress_report: ['续报稿'],
  final_report: ['核报'],
  activation_notice: ['启动通知', '启动响应通知'],
  level_change_notice: ['调级通知', '级别调整通知'],
  termination_notice: ['终止通知'],
  handling_scheme: ['处置方案'],
  public_notice: ['通报'],
  after_action_review: ['总结评估', '评估报告'],
  work_bulletin: ['工作简报', '简报'],
};

/** The kind of paper named at the front; null where none is. */
export function kindAt(words: string): { readonly kind: PaperKind; readonly rest: string } | null {
  const known = (Object.keys(PAPERS) as PaperKind[]).flatMap((kind) =>
    [PAPERS[kind], ...(KIND_WORDS[kind] ?? [])].map((word) => ({ kind, word })),
  );
  const found = known.sort((a, b) => b.word.length - a.word.length).find(({ word }) => words.startsWith(word));
  return found === undefined ? null : { kind: found.kind, rest: trimmed(words.slice(found.word.length)) };
}
