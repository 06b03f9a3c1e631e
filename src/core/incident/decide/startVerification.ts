/** 核实: somebody goes about finding out what is true. */
import type { PersonId } from '../../roster/roster';
import { dutyRooms, toldBut, unique } from '../audience';
import { countyPeople, mayAs } from '../authority';
import type { Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** Refuses `not_authorised` for all but duty officers and the county of the incident. */
export function startVerification(scene: Scene, state: IncidentState, envelope: Envelope): Decision {
  const { actor } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const may = mayVerify(scene, state, envelope);
  if (!may.includes(person.id)) return refuse('not_authorised', '核实由值班员或者属地局办理。', `#${state.n} 核实`, may);
  const told = toldBut(actor, dutyRooms(scene.roster));
  return happened({ ...doneBy(scene, envelope, person.id), type: 'VerificationStarted', told });
}

/** Duty officers, and the county for its own facts (procedure section 3). */
export function mayVerify(scene: Scene, state: IncidentState, { at }: Envelope): readonly PersonId[] {
  return unique([...mayAs(scene, ['duty_officer'], state, at), ...countyPeople(scene.roster, state.county)]);
}
