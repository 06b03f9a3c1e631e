/** What every rule may look at, what it may answer, and the first questions all of them ask. */
import type { LadderPort } from '../../plans/profileSchema';
import type { Rulebook } from '../../plans/rulebook';
import type { PersonId, Roster } from '../../roster/roster';
import type { Actor, Envelope } from '../commands';
import type { Done, IncidentEvent } from '../events';
import { type Confirm, type Refusal, refuse } from '../refusal';

export type Decision = { readonly is: 'events'; readonly events: readonly IncidentEvent[] } | Refusal | Confirm;

export interface Scene {
  readonly rules: Rulebook;
  readonly roster: Roster;
  /** Ways beside the chat that this office has; absent: none. */
  readonly ports?: readonly LadderPort[];
  /** Id of the oral approval that is being carried out; the act is then the approver's, recorded by somebody else. */
  readonly oral?: string;
}

export function happened(...events: readonly IncidentEvent[]): Decision {
  return { is: 'events', events };
}

/** The acting person, or a refusal for somebody the roster does not know. */
export function knownPerson(actor: Actor): { readonly is: 'person'; readonly id: PersonId } | Refusal {
  return actor.person === null
    ? refuse('unknown_person', '通讯录里没有您的账号，不能办理。', '请联系应急办登记')
    : { is: 'person', id: actor.person };
}

/** The common part of an act's event. */
export function doneBy(scene: Scene, { actor }: Envelope, by: PersonId): Done {
  return { v: 1, by, conversation: actor.conversation, ...(scene.oral === undefined ? {} : { oral: scene.oral }) };
}
