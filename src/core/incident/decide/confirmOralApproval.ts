/** The approver confirms in writing what was recorded from his spoken word; nobody does it for him. */
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** Refuses `no_such_approval`, `not_authorised` for everybody but the approver, and `already_confirmed`. */
export function confirmOralApproval(
  scene: Scene,
  state: IncidentState,
  envelope: Envelope,
  { id, text }: CommandOf<'ConfirmOralApproval'>,
): Decision {
  const person = knownPerson(envelope.actor);
  if (person.is === 'refusal') return person;
  const approval = state.approvals[id];
  if (approval === undefined) return refuse('no_such_approval', `事件 #${state.n} 没有这条口头批准。`, `#${state.n} 状态`);
  if (approval.who !== person.id)
    return refuse('not_authorised', '口头批准须由批准人本人书面确认。', `#${state.n} 确认口头批准`, [approval.who]);
  if (approval.confirmedAt !== null) return refuse('already_confirmed', '这条口头批准已经书面确认，无须重复。', '');
  return happened({ ...doneBy(scene, envelope, person.id), type: 'OralApprovalConfirmed', id, text });
}
