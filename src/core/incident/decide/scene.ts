/** What every rule of the main road may look at, and what it may answer. */
import type { Rulebook } from '../../plans/rulebook';
import type { PersonId, Roster } from '../../roster/roster';
import type { Actor } from '../commands';
import type { IncidentEvent } from '../events';
import { type Confirm, type Refusal, refuse } from '../refusal';

export type Decision = { readonly is: 'events'; readonly events: readonly IncidentEvent[] } | Refusal | Confirm;

export interface Scene {
  readonly rules: Rulebook;
  readonly roster: Roster;
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
