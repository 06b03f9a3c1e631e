/** Seats nobody of the directory fills: the simulation goes on with the seat's own title in the place of a name, and says so. */
import { boundTo } from '../incident/authority';
import type { Rulebook } from '../plans/rulebook';
import { type Grant, holders, type Person, type Roster } from '../roster/roster';

interface Seat {
  readonly zh: string;
  readonly grant: Omit<Grant, 'person'>;
}

/** The roster with a stand-by for every seat without which nobody would be asked, and the titles of those seats. */
export function filled(rules: Rulebook, roster: Roster): { readonly roster: Roster; readonly vacant: readonly string[] } {
  const seats = vacantSeats(rules, roster);
  const people = seats.map(({ zh }, i): Person => ({ id: `vacant-${i}`, name: `（${zh}）`, post: '空缺', phone: null }));
  const grants = seats.flatMap(({ grant }, i): Grant[] => people.slice(i, i + 1).map(({ id }) => ({ ...grant, person: id })));
  const known = new Map([...roster.people, ...people.map((p): [string, Person] => [p.id, p])]);
  return { roster: { ...roster, people: known, grants: [...roster.grants, ...grants] }, vacant: seats.map(({ zh }) => zh) };
}

/** Commander, the first deputy, every group; the posts of the duty itself belong to every directory. */
function vacantSeats(rules: Rulebook, roster: Roster): readonly Seat[] {
  const { command, groups } = rules.pack;
  const empty = (roles: readonly string[]): boolean => roles.every((role) => boundTo(rules, roster, role).length === 0);
  const first = [[command.commander], command.deputies].flatMap((roles) => (empty(roles) ? roles.slice(0, 1) : []));
  const unled = groups.filter(({ id }) => holders(roster, 'group_leader', id).length + holders(roster, 'group_member', id).length === 0);
  return [
    ...first.map((role) => seatOf(rules, role)),
    ...unled.map(({ id, zh }) => ({ zh: `${zh}负责人`, grant: { role: 'group_leader', scope: id } })),
  ];
}

function seatOf({ pack }: Rulebook, slot: string): Seat {
  const role = pack.roles.find(({ id }) => id === slot);
  const { bound_to: bound } = role ?? {};
  return { zh: role?.zh ?? slot, grant: { role: bound?.role ?? slot, scope: bound?.scope ?? pack.pack } };
}
