/** Accounts of the platform and persons of the roster: the only place where the two meet. */
import type { PersonId } from '../../core/roster/roster';
import type { DingtalkBinding } from './settings';

export interface Accounts {
  personOf(account: string): PersonId | null;
  /** The bound userid, or null for a person without one. */
  useridOf(person: PersonId): string | null;
  /** A telephone by which groups may call a person without a userid, or null. */
  mobileOf(person: PersonId): string | null;
}

/** Userids are compared as they are written: the dossier names no other rule. */
export function createAccounts(binding: DingtalkBinding): Accounts {
  const userids = new Map(Object.entries(binding.people));
  const people = new Map([...userids].map(([person, userid]) => [userid, person]));
  return {
    personOf: (account) => people.get(account) ?? null,
    useridOf: (person) => userids.get(person) ?? null,
    mobileOf: (person) => binding.mobiles[person] ?? null,
  };
}
