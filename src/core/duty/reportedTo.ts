/** To whom rings of streams that are no incident are reported: the same people as for an incident. */
import { dutyRooms, keeping, standInOf, unique } from '../incident/audience';
import { boundTo } from '../incident/authority';
import type { Scene } from '../incident/decide/scene';
import type { Instant } from '../instant';
import type { Rang } from '../notices/work';
import { holders, type PersonId } from '../roster/roster';

/** Where the silent one is himself the next to be told, his recorded stand-in is told as well. */
export function reportedTo({ rules, roster }: Scene, at: Instant, silent: readonly PersonId[]): Omit<Rang, 'rings' | 'unfilled'> {
  const beside = (people: readonly PersonId[]): readonly PersonId[] =>
    unique([...people, ...people.filter((p) => silent.includes(p)).flatMap((p) => standInOf(roster, p) ?? [])]);
  return {
    leaders: beside(keeping(roster, 'duty_leader', at)),
    office: holders(roster, 'emergency_office'),
    commanders: beside(unique([...holders(roster, 'director'), ...boundTo(rules, roster, rules.pack.command.commander)]).slice(0, 1)),
    dutyRooms: dutyRooms(roster),
  };
}
