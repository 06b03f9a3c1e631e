/** 拟终止: whoever works on it proposes the end; whoever may declare it decides. */
import { commandRooms, dutyRooms, incidentRooms, toldBut, unique } from '../audience';
import { askedAtLevel, mayAs } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { endingRank, wrongGrounds } from './ending';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** Those the plan names and everybody of the command organ. Refuses `not_authorised`, `reason_required`, `no_such_ground`, `ground_required`. */
export function proposeTermination(
  scene: Scene,
  state: IncidentState,
  envelope: Envelope,
  command: CommandOf<'ProposeTermination'>,
): Decision {
  const { rules, roster } = scene;
  const { actor, at } = envelope;
  const { reason, grounds } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const usage = `#${state.n} 拟终止 理由`;
  const may = mayAs(scene, [...rules.pack.termination.proposed_by, rules.pack.command.id], state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', '提出终止不在您的权限内。', usage, may);
  if (reason === null) return refuse('reason_required', '拟终止须写明理由。', usage);
  const wrong = wrongGrounds(rules, grounds, usage);
  if (wrong !== null) return wrong;
  return happened({
    ...doneBy(scene, envelope, person.id),
    type: 'TerminationProposed',
    reason,
    grounds: unique(grounds),
    mayDecide: askedAtLevel(scene, 'terminate', endingRank(state), state, at),
    told: toldBut(actor, [...dutyRooms(roster), ...commandRooms(rules, roster), ...incidentRooms(roster, state)]),
  });
}
