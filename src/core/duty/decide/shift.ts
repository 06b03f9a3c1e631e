/** 开班 and 签到: who keeps this shift, and that he is there. */
import { dutyRooms, unique } from '../../incident/audience';
import { mayAs } from '../../incident/authority';
import { refuse } from '../../incident/refusal';
import { holders } from '../../roster/roster';
import type { DutyCommandOf } from '../commands';
import { relievedAt, seatsAt } from '../shifts';
import { type DutyState, seated, waiting } from '../state';
import { askedToSignIn, type DutyDecision, done, happened, NO_MATTER, type Said, type Scene, toldBeside } from './scene';
import { stoodIn } from './standIn';
import { askedAbout } from './swap';

/** From the roster, or from what the shift before left. Refuses `nobody_rostered`, `not_authorised`. Swaps still open are asked again. */
export function openShift(scene: Scene, said: Said<DutyCommandOf<'OpenShift'>>): DutyDecision {
  const { command, by, at } = said;
  const { n, left } = command;
  const seats = left?.seats ?? seatsAt(scene.roster, at);
  const people = seats.map((seat) => seat.person);
  const may = unique([...people, ...mayAs(scene, ['duty_officer', 'duty_leader', 'emergency_office'], NO_MATTER, at)]);
  if (!may.includes(by)) return refuse('not_authorised', '开班由值班人员办理。', '开班', may);
  if (seated(seats, 'duty_officer').length === 0)
    return refuse('nobody_rostered', '值班表上此时没有值班员，不能开班。', '请应急办补排值班表', holders(scene.roster, 'emergency_office'));
  const until = left === null ? relievedAt(scene.roster, at) : left.until;
  const others = unique(people).filter((person) => person !== by);
  return happened({
    ...done(said),
    type: 'ShiftOpened',
    n,
    until,
    seats,
    left,
    asked: [
      ...others.flatMap((person) => askedToSignIn(scene, said, person)),
      ...(left?.swaps ?? []).flatMap((swap) => askedAbout(scene, said, swap)),
    ],
    told: left === null ? toldBeside(scene, said, people) : { rooms: [], people: [] },
  });
}

/** 签到: refuses `not_on_shift`, `already_signed_in`. A stand-in who was called takes the seat by signing in. */
export function signIn(scene: Scene, state: DutyState, said: Said<DutyCommandOf<'SignIn'>>): DutyDecision {
  const { by } = said;
  const called = waiting(state).find((ask) => ask.kind === 'sign_in' && ask.person === by && ask.standInFor !== null);
  const seat = called === undefined ? undefined : state.seats.find((s) => s.person === called.standInFor);
  if (seat !== undefined) return happened(stoodIn(scene, said, { absent: seat.person, person: by, role: seat.role }));
  if (!state.seats.some((s) => s.person === by))
    return refuse(
      'not_on_shift',
      '您不在本班；替人到岗请先输入：顶班 @缺岗人 理由。',
      '签到',
      state.seats.map((s) => s.person),
    );
  if (state.signedIn[by] !== undefined) return refuse('already_signed_in', '您已经签到，无须重复。', '值班');
  return happened({
    ...done(said),
    type: 'SignedIn',
    told: { rooms: dutyRooms(scene.roster).filter((room) => room !== said.room), people: [] },
  });
}
