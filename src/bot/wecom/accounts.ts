/** Accounts of the platform and persons of the roster: the only place where the two meet. */
import type { PersonId } from '../../core/roster/roster';
import type { WecomBinding } from './settings';

export interface Accounts {
  /** The userid as the platform compares it: plain ones in lower case, encrypted ones untouched (dossier 2.4). */
  normalise(userid: string): string;
  personOf(account: string): PersonId | null;
  /** The bound userid, lower-cased, or null for a person without one. */
  useridOf(person: PersonId): string | null;
}

export function createAccounts(binding: WecomBinding): Accounts {
  const userids = new Map(Object.entries(binding.people).map(([person, userid]) => [person, userid.toLowerCase()]));
  const people = new Map([...userids].map(([person, userid]) => [userid, person]));
  return {
    normalise: (userid) => (isEncrypted(userid) && !people.has(userid.toLowerCase()) ? userid : userid.toLowerCase()),
    personOf: (account) => people.get(account.toLowerCase()) ?? null,
    useridOf: (person) => userids.get(person) ?? null,
  };
}

/** Encrypted ids begin with `wo` and are long; they are case-sensitive. */
export function isEncrypted(userid: string): boolean {
  return /^wo[A-Za-z0-9_-]{20,}$/.test(userid);
}
