/** 顶班: somebody else takes a seat at once, in need and without approval; all affected are told. */
import { unique } from '../../incident/audience';
import { refuse } from '../../incident/refusal';
import type { PersonId } from '../../roster/roster';
import type { DutyCommandOf } from '../commands';
import type { DutyEventOf, Seat } from '../events';
import type { DutyState } from '../state';
import { askedToSignIn, type DutyDecision, done, happened, inCharge, mayFill, type Said, type Scene, toldBeside } from './scene';

/**
 * By the stand-in himself, the absent one, or whoever is in charge; on this shift or, once the sheet is made, on the next.
 * Refuses `not_on_shift`, `not_authorised`, `cannot_fill`, `already_on_shift`, `reason_required`.
 */
export function standInOnDuty(scene: Scene, state: DutyState, said: Said<DutyCommandOf<'StandInOnDuty'>>): DutyDecision {
  const { command, by, at } = said;
  const { absent, person, reason } = command;
  const usage = '顶班 @人 理由';
  const next = state.sheet?.to ?? [];
  const seat = [...state.seats, ...next].find((s) => s.person === absent);
  if (seat === undefined)
    return refuse(
      'not_on_shift',
      '被顶班的人不在本班，也不在下一班。',
      usage,
      state.seats.map((s) => s.person),
    );
  const may = unique([person, absent, ...inCharge(scene, at)]);
  if (!may.includes(by)) return refuse('not_authorised', '顶班由顶班人、被顶班人或带班领导办理。', usage, may);
  if (!mayFill(scene.roster, person, seat.role))
    return refuse('cannot_fill', '顶班人没有这一岗位的值班资格。', usage, filling(scene, seat, absent));
  const sameShift = state.seats.includes(seat) ? state.seats : next;
  if (sameShift.some((s) => s.person === person))
    return refuse('already_on_shift', '顶班人已经在这一班。', usage, filling(scene, seat, absent));
  if (reason === null) return refuse('reason_required', '顶班须写明理由。', usage);
  const from = state.seats.includes(seat) ? at : Math.max(at, state.until ?? at);
  const asked = by === person || from > at ? [] : askedToSignIn(scene, said, person);
  return happened({ ...stoodIn(scene, said, { absent, person, role: seat.role }), from, reason, asked });
}

/** Who else could fill the seat. */
function filling({ roster }: Scene, { role }: Seat, absent: PersonId): readonly PersonId[] {
  return unique(roster.grants.flatMap((grant) => (grant.role === role && grant.person !== absent ? [grant.person] : [])));
}

/** The event, from now on and without a reason of its own. */
export function stoodIn(
  scene: Scene,
  said: Said,
  who: Pick<DutyEventOf<'OnDutyStoodIn'>, 'absent' | 'person' | 'role'>,
): DutyEventOf<'OnDutyStoodIn'> {
  const told = toldBeside(scene, said, [who.absent, who.person]);
  return { ...done(said), type: 'OnDutyStoodIn', ...who, from: said.at, reason: null, asked: [], told };
}
