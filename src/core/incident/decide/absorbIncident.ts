/** The other half of 并案: a report on the same matter joins this incident; the earliest received time wins. */
import { dutyRooms, responseRooms, toldBut } from '../audience';
import { mayDo } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** Refuses `same_incident`, `already_joined`, `not_authorised`. Asked for by nobody: it comes with `MergeInto`, which asks for the code. */
export function absorbIncident(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'AbsorbIncident'>): Decision {
  const { rules, roster } = scene;
  const { actor, at } = envelope;
  const { n, receivedAt, text } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  if (n === state.n) return refuse('same_incident', '不能并入自己。', `#${n} 并案 #另一事件`);
  if (state.absorbed.includes(n)) return refuse('already_joined', `事件 #${n} 已经并入 #${state.n}。`, '');
  const may = mayDo(scene, 'merge', state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', '并案不在您的权限内。', `#${n} 并案 #${state.n}`, may);
  const rooms = state.activated === null ? dutyRooms(roster) : responseRooms(rules, roster, state);
  return happened({ ...doneBy(scene, envelope, person.id), type: 'IncidentAbsorbed', n, receivedAt, text, told: toldBut(actor, rooms) });
}
