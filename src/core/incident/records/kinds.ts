/** What each kind of work record needs and how it lives: one table behind every rule, sentence and list. Who may is the pack's to say. */
import type { RecordKind } from '../../plans/schema/records';

/** Where a record stands, and how people read it. */
export const STAGES = {
  drafted: '拟稿',
  checked: '已审核，待批准',
  approved: '已批准，待移交',
  handed_over: '已移交',
  issued: '已下达',
  waiting: '待答复',
  answered: '已答复',
  receipted: '已签收',
  recorded: '已登记',
  verified: '已核实',
  requested: '待发放',
  given: '已发放',
  returned: '已归还',
  running: '进行中',
  ended: '已办结',
  adopted: '已采纳',
  rejected: '未采纳',
} as const;
/** Where a record stands. */
export type Stage = keyof typeof STAGES;

/** Whose a step is: of those who keep it, who owe the answer, who check, who decide, who release texts to the public. */
export type Power = 'enter' | 'answer' | 'check' | 'decide' | 'release';

/** What can be done with a record, by the word people type. */
export const MOVES = {
  issue: '下达',
  reject: '不采纳',
  adopt: '采纳',
  answer: '答复',
  receipt: '回执',
  handle: '办理',
  verify: '核实',
  give: '已发',
  return: '归还',
  update: '更新',
  close: '办结',
  check: '审核',
  approve: '批准',
  send_back: '退改',
  revise: '修改',
  hand_over: '移交',
  report: '情况',
  end: '结束',
} as const;
/** One step of a record's life. */
export type MoveId = keyof typeof MOVES;

/** One step: from which stages, to which, by whom, with what. */
export interface Move {
  readonly id: MoveId;
  readonly from: readonly Stage[];
  /** Null: it stays where it is. */
  readonly to: Stage | null;
  /** Any of these will do. */
  readonly powers: readonly Power[];
  /** What has to be written; null where words may be left out. */
  readonly words: string | null;
  /** The minute told in the words is when it was done; else it is now. */
  readonly minute: boolean;
  /** Whose first person is asked next; `opener`: who opened it. */
  readonly asks: Power | 'opener' | null;
  /** Not by whoever drafted it (procedure section 4). */
  readonly byAnother: boolean;
}

/** One kind: how it begins, what it needs, whom it asks, which steps it knows. */
export interface Kind {
  readonly begins: Stage;
  /** Stages in which something is still owed. */
  readonly open: readonly Stage[];
  readonly to: 'nobody' | 'party' | 'county' | 'anybody' | 'maybe';
  /** What has to be written; null where words may be left out. */
  readonly words: string | null;
  /** Whose first person is asked when it is opened; `answer`: whom it goes to, else the plan's. */
  readonly asks: Power | null;
  /** The rooms that follow the work are told when it is opened; of the others only whoever is asked. */
  readonly announced: boolean;
  /** 收到 of the one asked is the receipt. */
  readonly byReceipt: boolean;
  readonly moves: readonly Move[];
  /** What words behind a number are, where no other step is named. */
  readonly usual: MoveId | null;
}

function move(id: MoveId, from: readonly Stage[], to: Stage | null, powers: readonly Power[], more: Partial<Move> = {}): Move {
  return { id, from, to, powers, words: null, minute: false, asks: null, byAnother: false, ...more };
}

function kind(begins: Stage, open: readonly Stage[], words: string | null, moves: readonly Move[], more: Partial<Kind> = {}): Kind {
  return { begins, open, words, moves, to: 'nobody', asks: null, announced: false, byReceipt: false, usual: null, ...more };
}

const WAITING: readonly Stage[] = ['waiting'];
const RUNNING: readonly Stage[] = ['running'];
const DRAFTS: readonly Stage[] = ['drafted', 'checked', 'approved'];
const ANSWER = '须写明答复的内容。';
const WHY = '须写明理由。';

/** The life of every kind. A scheme's version is its number; a public text is never sent by the program, only handed over. */
export const KINDS: Readonly<Record<RecordKind, Kind>> = {
  scheme: kind(
    'drafted',
    ['drafted'],
    '方案须写明情况和措施。',
    [move('issue', ['drafted'], 'issued', ['decide']), move('reject', ['drafted'], 'rejected', ['decide'], { words: WHY })],
    { asks: 'decide', announced: true },
  ),
  liaison: kind(
    'waiting',
    WAITING,
    '联络须写明请对方做什么。',
    [move('answer', WAITING, 'answered', ['enter'], { words: ANSWER, minute: true })],
    { to: 'party', usual: 'answer', announced: true },
  ),
  copy_notice: kind(
    'waiting',
    WAITING,
    '抄告须写明情况。',
    [move('receipt', WAITING, 'receipted', ['answer', 'enter'], { minute: true })],
    {
      to: 'anybody',
      asks: 'answer',
      byReceipt: true,
      usual: 'receipt',
    },
  ),
  evidence: kind('recorded', [], '证据须写明何物、如何取得。', [move('verify', ['recorded'], 'verified', ['enter'])], { to: 'maybe' }),
  legal_question: kind(
    'waiting',
    WAITING,
    '法律咨询须写明问题。',
    [move('answer', WAITING, 'answered', ['answer'], { words: '须写明意见和依据。' })],
    { to: 'maybe', asks: 'answer', usual: 'answer' },
  ),
  goods: kind(
    'requested',
    ['requested'],
    '物资须写明名称和数量。',
    [
      move('give', ['requested'], 'given', ['answer'], { minute: true }),
      move('return', ['requested', 'given'], 'returned', ['answer', 'enter'], { minute: true }),
    ],
    { to: 'maybe', asks: 'answer' },
  ),
  opinion_sheet: kind(
    'running',
    RUNNING,
    '舆情须写明来源和内容。',
    [
      move('update', RUNNING, null, ['enter'], { words: '须写明变化。' }),
      move('close', RUNNING, 'ended', ['enter'], { words: '须写明效果。' }),
    ],
    { usual: 'update' },
  ),
  holding_statement: kind(
    'drafted',
    DRAFTS,
    '口径须写明文字。',
    [
      move('check', ['drafted'], 'checked', ['check'], { asks: 'release', byAnother: true }),
      move('approve', ['checked'], 'approved', ['release'], { byAnother: true }),
      move('send_back', DRAFTS, 'drafted', ['check', 'release'], { words: WHY, asks: 'opener' }),
      move('revise', DRAFTS, 'drafted', ['enter'], { words: '须写明新的文字。', asks: 'check' }),
      move('hand_over', ['approved'], 'handed_over', ['enter'], { words: '须写明移交给谁、用在哪里。', minute: true }),
    ],
    { asks: 'check', announced: true },
  ),
  targeted_monitoring: kind(
    'running',
    RUNNING,
    '专项监测须写明监测什么。',
    [
      move('report', RUNNING, null, ['answer', 'enter'], { words: '须写明监测到的情况，没有异常也写明。' }),
      move('end', RUNNING, 'ended', ['enter'], { words: WHY }),
    ],
    { to: 'maybe', asks: 'answer', usual: 'report', announced: true },
  ),
  supervision: kind('waiting', WAITING, '督办须写明要求。', [move('answer', WAITING, 'answered', ['answer'], { words: ANSWER })], {
    to: 'county',
    asks: 'answer',
    announced: true,
    usual: 'answer',
  }),
  bulletin: kind('recorded', [], null, [], { announced: true }),
  proposal: kind(
    'waiting',
    WAITING,
    '建议须写明内容。',
    [move('adopt', WAITING, 'adopted', ['decide']), move('reject', WAITING, 'rejected', ['decide'], { words: WHY })],
    { asks: 'decide', announced: true },
  ),
  conclusion: kind('recorded', [], '调查结论须写明原因、影响和结论。', [], { announced: true }),
  meeting: kind('recorded', [], '会议纪要须写明议定的事项。', []),
  document: kind(
    'waiting',
    WAITING,
    '公文须写明标题和文号。',
    [
      move('receipt', WAITING, 'receipted', ['enter'], { words: '须写明由谁签收。', minute: true }),
      move('handle', WAITING, 'ended', ['enter'], { words: '须写明怎样办理。' }),
    ],
    { to: 'party' },
  ),
};

/** Is this step one that only somebody who checks, decides or releases may take? */
export function isDecided(id: MoveId): boolean {
  const powers = Object.values(KINDS).flatMap(({ moves }) => moves.flatMap((one) => (one.id === id ? one.powers : [])));
  return powers.some((power) => power !== 'enter' && power !== 'answer');
}
