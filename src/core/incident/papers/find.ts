/** Papers as people and clocks look for them: by their short number, by what rings, by what they still wait for. */
import type { Rulebook } from '../../plans/rulebook';
import { PAPERS, type PaperKind } from '../../plans/schema/papers';
import type { IncidentState } from '../state';
import { stepWaited } from './chain';
import type { ChainAct, Paper, PaperStage, Sending } from './paper';

/** Kinds for the public: "sent" means handed over, no program posts them. */
export const PUBLIC_KINDS: readonly PaperKind[] = ['consumer_alert', 'holding_statement', 'public_notice'];

/** Kinds of which an incident has several, told apart by their number. */
const NUMBERED: readonly PaperKind[] = ['progress_report', 'correction', 'work_bulletin', 'duty_bulletin'];

/** What is typed for each step. */
export const STEP_WORD: Readonly<Record<ChainAct, string>> = {
  draft: '改稿',
  review: '审核',
  text_check: '核稿',
  sign: '签发',
  send: '报送',
};
/** The same as it is told. */
export const STEP_ZH: Readonly<Record<ChainAct, string>> = {
  draft: '拟稿',
  review: '审核',
  text_check: '核稿',
  sign: '签发',
  send: '编号报送',
};

const STAGE_ZH: Readonly<Record<PaperStage, string>> = {
  returned: '已退改',
  in_hand: '审签中',
  signed: '已签发待报送',
  sent: '已报送',
  void: '已作废',
};

/** By their short numbers; a stored state comes back with its keys in another order. */
export function papersInOrder({ papers }: Pick<IncidentState, 'papers'>): readonly Paper[] {
  return Object.values(papers).sort((a, b) => a.n - b.n);
}

/** Key beside a paper's number: it is wanted as the file that went out. */
export const AS_FILE = 'file';

/** By its id or its short number; undefined where there is none. */
export function paperNamed({ papers }: Pick<IncidentState, 'papers'>, key: string): Paper | undefined {
  return papers[key] ?? Object.values(papers).find(({ n }) => String(n) === key);
}

/** 续报二, 首报. */
export function paperName({ kind, serial }: Pick<Paper, 'kind' | 'serial'>): string {
  return NUMBERED.includes(kind) ? `${PAPERS[kind]}第${serial}号` : PAPERS[kind];
}

/** 文稿2（首报）. */
export function paperTitle(paper: Pick<Paper, 'n' | 'kind' | 'serial'>): string {
  return `文稿${paper.n}（${paperName(paper)}）`;
}

/** Where it stands, as people read it. */
export function standsAt(rules: Rulebook, state: IncidentState, paper: Paper): string {
  const step = stepWaited(rules, state, paper);
  return step === null ? STAGE_ZH[paper.stage] : `待${STEP_ZH[step]}`;
}

/** Is anything still to be done with it? */
export function isInHand({ stage }: Pick<Paper, 'stage'>): boolean {
  return stage === 'returned' || stage === 'in_hand' || stage === 'signed';
}

/** What is typed next: `#1 签发 2`. */
export function typedForPaper(rules: Rulebook, state: IncidentState, paper: Paper): string {
  const head = (word: string): string => `#${state.n} ${word} ${paper.n}`;
  if (paper.stage === 'returned') return `${head('改稿')}〔要素〕：〔新文字〕`;
  const step = stepWaited(rules, state, paper);
  if (step === null) return head('文稿');
  if (step === 'send') return paper.number === null ? `${head('编号')}〔文号〕` : `${head('报送')}〔单位〕〔方式〕〔时间〕`;
  return head(STEP_WORD[step]);
}

/** Sendings that nobody has confirmed. */
export function unconfirmed({ sendings }: Pick<Paper, 'sendings'>): readonly Sending[] {
  return sendings.filter(({ receipt }) => receipt === null);
}

/** Steps of the profile that papers fall due with. */
export const PAPER_STEP = 'paper_step';
export const PAPER_RECEIPT = 'paper_receipt';

/** Deadline key of a stretch in which somebody has the paper. */
export function stepKey(id: string, seq: number): string {
  return `${PAPER_STEP}:${id}:${seq}`;
}

/** Deadline key of the receipt of a sending. */
export function receiptKey(sending: string): string {
  return `${PAPER_RECEIPT}:${sending}`;
}

/** The paper behind a deadline, or null. */
export function paperBehind(
  { papers }: Pick<IncidentState, 'papers'>,
  { key, kind }: { readonly key: string; readonly kind: string },
): Paper | null {
  const id = key.split(':')[1] ?? '';
  if (kind === PAPER_STEP) return papers[id] ?? null;
  if (kind !== PAPER_RECEIPT) return null;
  return Object.values(papers).find(({ sendings }) => sendings.some((one) => one.id === id)) ?? null;
}
