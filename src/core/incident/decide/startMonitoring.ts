/** 关注: watched instead of worked on, until the risk is over or it becomes an incident after all. */
import { commandRooms, dutyRooms, incidentRooms, toldBut } from '../audience';
import { mayAs } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** The section in charge or the duty leader. Refuses `not_authorised`, `reason_required`. */
export function startMonitoring(
  scene: Scene,
  state: IncidentState,
  envelope: Envelope,
  { reason }: CommandOf<'StartMonitoring'>,
): Decision {
  const { rules, roster } = scene;
  const { actor, at } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const may = mayAs(scene, ['section_in_charge', 'duty_leader'], state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', '转为关注由牵头科室或带班领导决定。', `#${state.n} 关注 理由`, may);
  if (reason === null) return refuse('reason_required', '转为关注须写明理由。', `#${state.n} 关注 理由`);
  const rooms = [...dutyRooms(roster), ...commandRooms(rules, roster), ...incidentRooms(roster, state)];
  return happened({ ...doneBy(scene, envelope, person.id), type: 'MonitoringStarted', reason, told: toldBut(actor, rooms) });
}
