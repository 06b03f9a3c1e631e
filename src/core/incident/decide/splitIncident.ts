/** 分案: a part goes on as an incident of its own, reported in the same transaction; both keep the link. */
import { dutyRooms, incidentRooms, toldBut } from '../audience';
import { mayAs } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** The duty room and the emergency office. Refuses `same_incident`, `already_split`, `not_authorised`, `reason_required`. */
export function splitIncident(
  scene: Scene,
  state: IncidentState,
  envelope: Envelope,
  { off, reason }: CommandOf<'SplitIncident'>,
): Decision {
  const { roster } = scene;
  const { actor, at } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  if (off === state.n) return refuse('same_incident', '不能从自己分出自己。', '');
  if (state.splitOff.includes(off)) return refuse('already_split', `事件 #${off} 已经从 #${state.n} 分出。`, '');
  const may = mayAs(scene, ['duty_officer', 'duty_leader', 'emergency_office'], state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', '分案由值班室或应急办办理。', `#${state.n} 分案 理由`, may);
  if (reason === null) return refuse('reason_required', '分案须写明理由。', `#${state.n} 分案 理由`);
  const rooms = [...dutyRooms(roster), ...incidentRooms(roster, state)];
  return happened({ ...doneBy(scene, envelope, person.id), type: 'IncidentSplit', off, reason, told: toldBut(actor, rooms) });
}
