/** The directory with what the platforms know of it: who has an account anywhere, and who can only be telephoned. */
import type { PersonId, Roster } from '../core/roster/roster';
import type { Directory } from '../ports/directory';
import type { Reach } from '../ports/reach';

/** Marks in every roster the people no platform reaches. Worked out once for each import, since accounts are bound at the start. */
export function withReach(directory: Directory, reach: Reach): Directory {
  const lost = new WeakMap<Roster['people'], ReadonlySet<PersonId>>();
  return {
    at: async (now) => {
      const roster = await directory.at(now);
      const unreachable = lost.get(roster.people) ?? new Set([...roster.people.keys()].filter((id) => reach.toPerson(id).length === 0));
      lost.set(roster.people, unreachable);
      return { ...roster, unreachable };
    },
  };
}
