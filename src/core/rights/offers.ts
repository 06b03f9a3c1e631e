/** What the pages offer somebody: a link or button where the server would refuse him anyway is left out. */
import type { PersonId, Roster } from '../roster/roster';
import { may } from './may';
import { rolesOf } from './reach';
import { onlyApart } from './sight';

/** `heard`: messages as they were heard, of incidents he may read. `handover`: the hand-over sheet, which lists what incidents owe. */
export const OFFERS = ['statistics', 'operation', 'audit', 'heard', 'handover'] as const;
export type Offer = (typeof OFFERS)[number];

/** By the one policy of rights, as the roster stands; pure. What is offered may still be refused on a single incident or shift. */
export function offersTo(roster: Roster, person: PersonId): readonly Offer[] {
  const caller = { is: 'person', roster, person } as const;
  const holdsContent = rolesOf(roster, person).length > 0 && !onlyApart(roster, person);
  const runs = may(caller, 'read_operation').is === 'yes';
  const isOffered: Readonly<Record<Offer, boolean>> = {
    statistics: may(caller, 'read_statistics').is === 'yes',
    operation: runs,
    audit: may(caller, 'read_audit').is === 'yes',
    heard: runs && holdsContent,
    handover: holdsContent,
  };
  return OFFERS.filter((offer) => isOffered[offer]);
}
