/** The director ends a standing-in before the next shift does. */
import { holders } from '../../roster/roster';
import { commandRooms, dutyRooms, toldBut } from '../audience';
import { standInNow } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** Refuses `no_stand_in`, also when the record has run out by itself, and `not_authorised`. */
export function endStandIn(scene: Scene, state: IncidentState, envelope: Envelope, { person }: CommandOf<'EndStandIn'>): Decision {
  const { rules, roster } = scene;
  const { actor, at } = envelope;
  const by = knownPerson(actor);
  if (by.is === 'refusal') return by;
  const may = holders(roster, 'director');
  if (!may.includes(by.id)) return refuse('not_authorised', '代行由局长撤销，或到下一班自行终止。', `#${state.n} 撤销代行`, may);
  const standIn = standInNow(state, at);
  if (standIn === null || standIn.person !== person)
    return refuse('no_stand_in', `事件 #${state.n} 没有由其代行的记录。`, `#${state.n} 状态`);
  return happened({
    ...doneBy(scene, envelope, by.id),
    type: 'StandInEnded',
    person,
    told: toldBut(actor, [...dutyRooms(roster), ...commandRooms(rules, roster)], [person, standIn.standsFor]),
  });
}
