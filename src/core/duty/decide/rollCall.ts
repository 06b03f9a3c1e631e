/** 查岗: everybody of the shift answers by himself, within the term; silence climbs the ladder. */
import { commanders, dutyRooms, unique } from '../../incident/audience';
import { refuse } from '../../incident/refusal';
import type { DutyCommandOf } from '../commands';
import type { DutyAsked } from '../events';
import { type DutyState, waiting } from '../state';
import { timingOf } from '../times';
import { type DutyDecision, done, dutyRoom, happened, inCharge, type Said, type Scene } from './scene';

/** Commander and deputies of the plan, the duty leader and the emergency office may. Refuses `not_authorised`, `roll_call_running`, `nobody_to_call`. */
export function callRoll(scene: Scene, state: DutyState, said: Said<DutyCommandOf<'CallRoll'>>): DutyDecision {
  const { by, at, seed } = said;
  const may = unique([...inCharge(scene, at), ...commanders(scene.rules, scene.roster)]);
  if (!may.includes(by)) return refuse('not_authorised', '查岗由局领导、带班领导或应急办办理。', '查岗', may);
  if (waiting(state).some((ask) => ask.kind === 'roll_call')) return refuse('roll_call_running', '正在查岗，尚有人没有应答。', '值班');
  const people = unique(state.seats.map((s) => s.person)).filter((person) => person !== by);
  const timing = timingOf(scene.rules, 'roll_call');
  if (people.length === 0 || timing === null) return refuse('nobody_to_call', '本班没有可以查岗的人员。', '值班');
  const asked = people.map(
    (person, i): DutyAsked => ({
      id: `${seed}-${i}`,
      kind: 'roll_call',
      person,
      room: dutyRoom(scene),
      dueAt: at + timing.term,
      standInFor: null,
      swap: null,
    }),
  );
  return happened({ ...done(said), type: 'RollCalled', asked, told: { rooms: [], people: [] } });
}

/** Refuses `nothing_asked`. */
export function answerRoll(scene: Scene, state: DutyState, said: Said<DutyCommandOf<'AnswerRoll'>>): DutyDecision {
  const asks = waiting(state).flatMap((ask) => (ask.kind === 'roll_call' && ask.person === said.by ? [ask.id] : []));
  if (asks.length === 0) return refuse('nothing_asked', '现在没有等您应答的查岗。', '值班');
  return happened({
    ...done(said),
    type: 'RollAnswered',
    asks,
    told: { rooms: dutyRooms(scene.roster).filter((room) => room !== said.room), people: [] },
  });
}
