/** What can be done with a paper as it stands, and the words that do it: the same as are typed in the chat. */
import type { WholePaper } from './paperTypes';

/** What has to be filled in before an act. */
export type Ask =
  | 'opinion'
  | 'reason'
  | 'comment'
  | 'element'
  | 'newText'
  | 'number'
  | 'whom'
  | 'way'
  | 'sentAt'
  | 'receiver'
  | 'receivedAt';

export interface PaperAct {
  readonly id: 'review' | 'check' | 'sign' | 'back' | 'comment' | 'revise' | 'number' | 'send' | 'copy' | 'receipt' | 'correct' | 'void';
  readonly verb: string;
  readonly asks: readonly Ask[];
  /** May be left empty. */
  readonly free: readonly Ask[];
}

const ACTS: Readonly<Record<PaperAct['id'], Omit<PaperAct, 'id'>>> = {
  review: { verb: '审核', asks: ['opinion'], free: ['opinion'] },
  check: { verb: '核稿', asks: ['opinion'], free: ['opinion'] },
  sign: { verb: '签发', asks: ['opinion'], free: ['opinion'] },
  back: { verb: '退改', asks: ['reason'], free: [] },
  comment: { verb: '批注', asks: ['comment'], free: [] },
  revise: { verb: '改稿', asks: ['element', 'newText'], free: [] },
  number: { verb: '编号', asks: ['number'], free: [] },
  send: { verb: '报送', asks: ['whom', 'way', 'sentAt'], free: ['sentAt'] },
  copy: { verb: '抄送', asks: ['whom', 'way', 'sentAt'], free: ['sentAt'] },
  receipt: { verb: '文稿回执', asks: ['whom', 'receiver', 'receivedAt'], free: ['receivedAt'] },
  correct: { verb: '更正补报', asks: [], free: [] },
  void: { verb: '作废', asks: ['reason'], free: [] },
};
const act = (id: PaperAct['id']): PaperAct => ({ id, ...ACTS[id] });
const PASSING = { review: 'review', text_check: 'check', sign: 'sign' } as const;

/** The step it waits for first, then what else fits its state; who may is decided by the server. */
export function actsOn({ stage, waitsFor, number, sendings }: WholePaper): {
  readonly next: readonly PaperAct[];
  readonly more: readonly PaperAct[];
} {
  if (stage === 'void') return { next: [], more: [] };
  if (stage === 'returned') return { next: [act('revise')], more: [act('void')] };
  if (stage === 'in_hand' && waitsFor !== null && waitsFor !== 'draft' && waitsFor !== 'send')
    return { next: [act(PASSING[waitsFor]), act('back')], more: [act('comment'), act('revise'), act('void')] };
  if (stage === 'signed')
    return { next: number === null ? [act('number')] : [act('send'), act('copy')], more: [act('back'), act('comment')] };
  const open = sendings.some(({ receipt }) => receipt === null);
  return { next: open ? [act('receipt')] : [], more: [act('send'), act('copy'), act('correct')] };
}

/** What is typed behind the verb: the paper's number, then what was filled in. */
export function argsFor(paper: number, { id, asks }: PaperAct, filled: Readonly<Partial<Record<Ask, string>>>): string {
  const said = (ask: Ask): string => (filled[ask] ?? '').trim();
  const rest = id === 'revise' ? [`${said('element')}：${said('newText')}`] : asks.map(said);
  return [String(paper), ...rest].filter((part) => part !== '').join(' ');
}
