/** 编号, 报送, 文稿回执: the office gives the number by hand, writes down each copy that leaves, and who confirmed it. */
import { deadlines } from '../../deadlines/deadlines';
import { FINAL_REPORT, WRITTEN_FIRST } from '../../deadlines/owners';
import type { Instant } from '../../instant';
import { linesOf } from '../../plans/rulebook';
import type { PaperKind } from '../../plans/schema/papers';
import { unique } from '../audience';
import { mayAs } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import type { IncidentEvent } from '../events';
import { chainOf } from '../papers/chain';
import { PUBLIC_KINDS, paperTitle, standsAt, typedForPaper } from '../papers/find';
import type { Paper } from '../papers/paper';
import type { RecordTo } from '../records/record';
import { type Refusal, refuse } from '../refusal';
import type { IncidentState } from '../state';
import { notYet } from './moment';
import { isLate } from './obligations';
import { type InHand, mayStep, paperMeant, paperToChange, toldOfPaper, unfitText } from './paperParts';
import { type Decision, doneBy, happened, type Scene } from './scene';

/** Whoever sends in its chain, once it is signed; the number is what the office says, nothing is made up. Refuses `no_such_paper`, `paper_frozen`, `paper_void`, `wrong_stage`, `not_authorised`, `number_required`. */
export function numberPaper(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'NumberPaper'>): Decision {
  const meant = paperToChange(scene, state, envelope, command.paper);
  if (meant.is === 'refusal') return meant;
  const { paper, person } = meant;
  const wrong = notSending(scene, state, envelope, meant);
  if (wrong !== null) return wrong;
  if (command.number === null)
    return refuse('number_required', '请写明文号；没有文号的写“无文号”。', `#${state.n} 编号 ${paper.n}〔文号〕`);
  const told = toldOfPaper(envelope, paper);
  return happened({ ...doneBy(scene, envelope, person), type: 'PaperNumbered', id: paper.id, number: command.number, told });
}

/** It must be signed, and it must be his to send. */
function notSending(scene: Scene, state: IncidentState, { at }: Envelope, { paper, person, usage }: InHand): Refusal | null {
  const may = mayStep(scene, state, chainOf(scene.rules, state, paper), 'send', at);
  if (!may.includes(person)) return refuse('not_authorised', `${paperTitle(paper)}的编号报送不在您的权限内。`, usage, may);
  if (paper.stage === 'signed' || paper.stage === 'sent') return null;
  return refuse('wrong_stage', `${paperTitle(paper)}现在是“${standsAt(scene.rules, state, paper)}”，签发后才能编号报送。`, usage);
}

type Send = CommandOf<'SendPaper'>;

/**
 * One copy to one recipient. The first asks for a code, since from then on the text stands; what else it reports in time counts as done.
 * Refuses `no_such_paper`, `paper_void`, `wrong_stage`, `not_authorised`, `number_required`, `which_party`, `no_such_party`,
 * `way_required`, `already_sent`, `in_future`, `too_early`, `text_required`, `secrecy_mark`, `personal_data`.
 */
export function sendPaper(scene: Scene, state: IncidentState, envelope: Envelope, command: Send): Decision {
  const meant = paperMeant(scene, state, envelope, command.paper);
  if (meant.is === 'refusal') return meant;
  const { paper, person, usage } = meant;
  if (paper.stage === 'void') return refuse('paper_void', `${paperTitle(paper)}已作废。`, `#${state.n} 文稿`);
  const wrong = notSending(scene, state, envelope, meant) ?? wronglySent(scene, state, envelope, paper, command);
  if (wrong !== null) return wrong;
  const { to, as, way, sentAt, frozen, confirmed } = command;
  if (to === null || way === null || (paper.frozen === null && frozen === null))
    return refuse('text_required', '文稿内容已销毁，不能报送。', usage);
  if (paper.frozen === null && !confirmed) return { is: 'confirm', effect: sendingEffect(paper), pages: [], open: [] };
  return happened(
    {
      ...doneBy(scene, envelope, person),
      type: 'PaperSent',
      ...{ id: paper.id, sending: `${envelope.seed}-s`, to, as, way, sentAt, frozen: paper.frozen === null ? frozen : null },
      told: toldOfPaper(envelope, paper),
    },
    ...obligationsMet(scene, state, envelope, paper, to, sentAt),
  );
}

function sendingEffect(paper: Paper): string {
  const what = PUBLIC_KINDS.includes(paper.kind) ? '登记交付' : '登记报送';
  return `${what}${paperTitle(paper)}，内容就此固定，不能再改，有错只能另发更正`;
}

function wronglySent(scene: Scene, state: IncidentState, { at }: Envelope, paper: Paper, { to, way, sentAt, unfit }: Send): Refusal | null {
  const usage = `#${state.n} 报送 ${paper.n}〔单位〕〔方式〕〔时间〕`;
  if (paper.number === null)
    return refuse(
      'number_required',
      '还没有编文号。',
      `#${state.n} 编号 ${paper.n}〔文号〕；没有文号的：#${state.n} 编号 ${paper.n} 无文号`,
    );
  const { parties } = scene.rules.pack;
  if (to === null) return refuse('which_party', '没有读出报给哪个单位。', `可写：${parties.map(({ zh }) => zh).join('、')}`);
  if (to.kind === 'party' && !parties.some(({ id }) => id === to.id)) return refuse('no_such_party', '本预案没有这个单位。', usage);
  if (way === null) return refuse('way_required', '请写明用什么方式报送。', `${usage}，方式如：政务专网、传真、机要交换`);
  if (paper.sendings.some((one) => isSame(one.to, to)))
    return refuse('already_sent', '这份文稿已经报过这个单位。', typedForPaper(scene.rules, state, paper));
  const signed = paper.steps.find(({ act }) => act === 'sign')?.at ?? sentAt;
  return (
    notYet(sentAt, at, usage) ??
    (sentAt < floorMinute(signed) ? refuse('too_early', '报送时间早于签发时间。', usage) : unfitText(unfit, usage))
  );
}

function isSame(one: RecordTo, other: RecordTo): boolean {
  return one.kind === other.kind && one.id === other.id;
}

function floorMinute(at: Instant): Instant {
  return at - (at % 60_000);
}

/** Steps that sending this kind out in writing is the doing of. */
const REPORTS: Readonly<Partial<Record<PaperKind, string>>> = { first_report: WRITTEN_FIRST, final_report: FINAL_REPORT };

/** What is late stays open, since then a reason is owed (办结 … 逾期原因). */
function obligationsMet(
  scene: Scene,
  state: IncidentState,
  envelope: Envelope,
  { kind }: Paper,
  to: RecordTo,
  doneAt: Instant,
): readonly IncidentEvent[] {
  const key = REPORTS[kind];
  const row = deadlines(scene.rules, state).find((one) => one.key === key && one.status === 'open');
  if (row === undefined || to.kind !== 'party' || isLate(row, doneAt)) return [];
  const needed = linesOf(scene.rules, row.kind);
  if (needed.length > 0 && (!needed.includes(to.id) || state.met[row.key]?.lines.includes(to.id) === true)) return [];
  const told = { rooms: [], people: [] };
  const common = doneBy(scene, envelope, envelope.actor.person ?? '');
  return [{ ...common, type: 'ObligationMet', key: row.key, lines: [to.id], doneAt, text: null, lateReason: null, told }];
}

/** Whoever sends in its chain, and the duty room, which answers the telephone. Refuses `no_such_paper`, `not_sent`, `not_authorised`, `who_required`, `already_received`, `in_future`, `too_early`. */
export function recordPaperReceipt(
  scene: Scene,
  state: IncidentState,
  envelope: Envelope,
  command: CommandOf<'RecordPaperReceipt'>,
): Decision {
  const meant = paperMeant(scene, state, envelope, command.paper);
  if (meant.is === 'refusal') return meant;
  const { paper, person } = meant;
  const { at } = envelope;
  const usage = `#${state.n} 文稿回执 ${paper.n}〔单位〕〔签收人〕〔时间〕`;
  const senders = mayStep(scene, state, chainOf(scene.rules, state, paper), 'send', at);
  const may = unique([...senders, ...mayAs(scene, ['duty_officer', 'duty_leader', 'emergency_office'], state, at)]);
  if (!may.includes(person)) return refuse('not_authorised', '回执由报送的人或者值班室登记。', usage, may);
  const { to, who, receivedAt } = command;
  const sending = to === null ? undefined : paper.sendings.find((one) => isSame(one.to, to));
  if (sending === undefined) return refuse('not_sent', `${paperTitle(paper)}没有报过这个单位。`, usage);
  if (sending.receipt !== null) return refuse('already_received', '这个单位的回执已经登记。', `#${state.n} 文稿 ${paper.n}`);
  if (who === null) return refuse('who_required', '请写明对方何人签收、何人接的电话。', usage);
  const early = notYet(receivedAt, at, usage);
  if (early !== null) return early;
  if (receivedAt < floorMinute(sending.sentAt)) return refuse('too_early', '签收时间早于报送时间。', usage);
  const told = toldOfPaper(envelope, paper);
  return happened({ ...doneBy(scene, envelope, person), type: 'PaperReceipted', id: paper.id, sending: sending.id, who, receivedAt, told });
}
