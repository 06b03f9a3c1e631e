/** 换班: asked, agreed to by the other, approved by the leader on duty; the roster changes with the approval and not before. */
import { keeping, unique } from '../../incident/audience';
import { type Refusal, refuse } from '../../incident/refusal';
import { holders, type PersonId } from '../../roster/roster';
import type { DutyCommandOf } from '../commands';
import type { DutyAsked, Swap } from '../events';
import { clashes, shiftOf, swapped } from '../shifts';
import { type DutyState, waiting } from '../state';
import { timingOf } from '../times';
import { type DutyDecision, done, happened, inCharge, mayFill, type Said, type Scene, toldBeside } from './scene';

const USAGE = '换班 日期 @人 理由';

/** Refuses `not_your_shift`, `shift_begun`, `cannot_fill`, `not_their_shift`, `shifts_clash`, `swap_running`, `reason_required`. */
export function proposeSwap(scene: Scene, state: DutyState, said: Said<DutyCommandOf<'ProposeSwap'>>): DutyDecision {
  const { command, by, seed } = said;
  const { mine, other, theirs, reason } = command;
  const shift = shiftOf(scene.roster, by, mine);
  if (shift === null) return refuse('not_your_shift', '值班表上您没有这一班。', USAGE);
  if (reason === null) return refuse('reason_required', '换班须写明理由。', USAGE);
  const swap: Swap = { id: `${seed}-swap`, proposer: by, other, role: shift.role, mine, theirs, reason, stage: 'asked' };
  const wrong = notPossible(scene, swap, said.at);
  if (wrong !== null) return wrong;
  const running = Object.values(state.swaps).some((s) => isRunning(s) && s.proposer === by && s.mine === mine);
  if (running) return refuse('swap_running', '这一班已经提出换班，尚未办结。', '先撤回：撤回换班');
  return happened({
    ...done(said),
    type: 'SwapProposed',
    swap,
    asked: askedAbout(scene, said, swap),
    told: { rooms: [], people: [] },
  });
}

/** Looked at again at every step: the roster may have changed and the shift begun. */
function notPossible({ roster }: Scene, swap: Swap, at: number): Refusal | null {
  const { proposer, other, role, mine, theirs } = swap;
  if (Math.min(mine, theirs ?? mine) <= at) return refuse('shift_begun', '换班须在上班前办理，这一班已经开始。', '顶班 @人 理由');
  if (other === proposer || !mayFill(roster, other, role))
    return refuse(
      'cannot_fill',
      '对方没有这一岗位的值班资格。',
      USAGE,
      holders(roster, role).filter((person) => person !== proposer),
    );
  const own = shiftOf(roster, proposer, mine);
  if (own?.role !== role) return refuse('not_your_shift', '值班表上已没有这一班。', USAGE);
  if (theirs !== null && shiftOf(roster, other, theirs)?.role !== role)
    return refuse('not_their_shift', '值班表上对方没有所换的这一班。', USAGE);
  return clashes(swapped(roster.shifts, swap), [proposer, other]) ? refuse('shifts_clash', '换班后同一人同一时间有两个班。', USAGE) : null;
}

function isRunning({ stage }: Swap): boolean {
  return stage === 'asked' || stage === 'consented';
}

/** Whom a swap is with at its stage: the other, then the leader on duty; where he is himself a party, whoever else is in charge. Due before the first of the two shifts begins. */
export function askedAbout(scene: Scene, { at, seed }: Said, { id, stage, proposer, other, mine, theirs }: Swap): readonly DutyAsked[] {
  const timing = timingOf(scene.rules, 'swap');
  if (timing === null) return [];
  const free = (people: readonly PersonId[]) => people.filter((person) => person !== proposer && person !== other);
  const leaders = free(keeping(scene.roster, 'duty_leader', at));
  const people = stage === 'asked' ? [other] : leaders.length > 0 ? leaders : free(inCharge(scene, at)).slice(0, 1);
  const dueAt = Math.min(mine, theirs ?? mine, at + timing.term);
  return people.map(
    (person): DutyAsked => ({ id: `${seed}-${id}-${person}`, kind: 'swap', person, room: null, dueAt, standInFor: null, swap: id }),
  );
}

/** Consent or approval, by whom it is with. Refuses `no_such_swap`, `not_authorised`, `own_swap`, `reason_required`, and what has become impossible. */
export function answerSwap(scene: Scene, state: DutyState, said: Said<DutyCommandOf<'AnswerSwap'>>): DutyDecision {
  const { command, by, at } = said;
  const { id, agrees, reason } = command;
  const swap = state.swaps[id];
  if (swap === undefined || !isRunning(swap)) return refuse('no_such_swap', '没有这一项待答复的换班。', '值班');
  const parties = [swap.proposer, swap.other];
  const may = swap.stage === 'asked' ? [swap.other] : inCharge(scene, at).filter((person) => !parties.includes(person));
  if (swap.stage === 'consented' && parties.includes(by)) return refuse('own_swap', '本人参与的换班不能由本人批准。', '', may);
  if (!may.includes(by)) return refuse('not_authorised', swap.stage === 'asked' ? '换班先由对方答复。' : '换班由带班领导批准。', '', may);
  const told = toldBeside(scene, said, parties);
  if (!agrees)
    return reason === null && swap.stage === 'consented'
      ? refuse('reason_required', '不批准换班须写明理由。', '不同意换班 理由')
      : happened({ ...done(said), type: 'SwapRefused', id, reason, told });
  const wrong = notPossible(scene, swap, at);
  if (wrong !== null) return wrong;
  if (swap.stage === 'asked') {
    const asked = askedAbout(scene, said, { ...swap, stage: 'consented' });
    return happened({ ...done(said), type: 'SwapConsented', id, asked, told: { rooms: [], people: [swap.proposer] } });
  }
  const filed = toldBeside(scene, said, [...parties, ...holders(scene.roster, 'emergency_office')]);
  return happened({ ...done(said), type: 'SwapApproved', swap: { ...swap, stage: 'approved' }, told: filed });
}

/** By the one who proposed it. Refuses `no_such_swap`, `not_authorised`. */
export function withdrawSwap(_: Scene, state: DutyState, said: Said<DutyCommandOf<'WithdrawSwap'>>): DutyDecision {
  const swap = state.swaps[said.command.id];
  if (swap === undefined || !isRunning(swap)) return refuse('no_such_swap', '没有这一项待答复的换班。', '值班');
  if (swap.proposer !== said.by) return refuse('not_authorised', '换班由提出的人撤回。', '', [swap.proposer]);
  const people = unique(waiting(state).flatMap((ask) => (ask.swap === swap.id ? [ask.person] : [])));
  return happened({ ...done(said), type: 'SwapWithdrawn', id: swap.id, told: { rooms: [], people } });
}
