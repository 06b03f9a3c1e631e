/** 不同意终止: the response goes on as if its end had not been proposed. */
import { commandRooms, dutyRooms, incidentRooms, toldBut } from '../audience';
import { mayAtLevel } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { endingRank } from './ending';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** Whoever may declare the end may refuse it. Refuses `not_authorised`, `reason_required`. */
export function refuseTermination(
  scene: Scene,
  state: IncidentState,
  envelope: Envelope,
  { reason }: CommandOf<'RefuseTermination'>,
): Decision {
  const { rules, roster } = scene;
  const { actor, at } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const usage = `#${state.n} 不同意终止 理由`;
  const may = mayAtLevel(scene, 'terminate', endingRank(state), state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', '是否终止不由您决定。', usage, may);
  if (reason === null) return refuse('reason_required', '不同意终止须写明理由。', usage);
  const proposer = state.termination === null ? [] : [state.termination.by];
  const rooms = [...dutyRooms(roster), ...commandRooms(rules, roster), ...incidentRooms(roster, state)];
  return happened({ ...doneBy(scene, envelope, person.id), type: 'TerminationRefused', reason, told: toldBut(actor, rooms, proposer) });
}
