/** 预警解除: the risk is under control; the same rooms are told as of the warning. */
import { UNSPECIFIED } from '../../plans/packSchema';
import { toldBut } from '../audience';
import { mayAs } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { warningRooms } from './issueWarning';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** The commander, or the plan's issuer. Refuses `no_warning`, `not_authorised`, `reason_required`. */
export function liftWarning(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'LiftWarning'>): Decision {
  const { actor, at } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  if (state.warning === null) return refuse('no_warning', `事件 #${state.n} 没有在发的预警。`, '');
  const { command: organ, warning } = scene.rules.pack;
  const may = mayAs(scene, [organ.commander, ...(warning.issuer === UNSPECIFIED ? [] : [warning.issuer])], state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', '解除预警不在您的权限内。', `#${state.n} 预警解除 理由`, may);
  if (command.text === null) return refuse('reason_required', '解除预警须写明理由。', `#${state.n} 预警解除 理由`);
  return happened({
    ...doneBy(scene, envelope, person.id),
    type: 'WarningLifted',
    text: command.text,
    told: toldBut(actor, warningRooms(scene, state)),
  });
}
