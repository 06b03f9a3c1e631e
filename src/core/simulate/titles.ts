/** By what post a person is spoken of in a simulation: the plan's group, the plan's role, else the directory's own. */
import { boundTo } from '../incident/authority';
import type { Rulebook } from '../plans/rulebook';
import { holds, type PersonId, type Roster } from '../roster/roster';

/** Never empty for a person of the directory. */
export function titleOf(rules: Rulebook, roster: Roster, person: PersonId): string {
  const group = rules.pack.groups.flatMap(({ id, zh }) => {
    if (holds(roster, person, 'group_leader', id)) return [`${zh}负责人`];
    return holds(roster, person, 'group_member', id) ? [`${zh}成员`] : [];
  });
  const role = rules.pack.roles.find(({ id }) => boundTo(rules, roster, id).includes(person));
  return group[0] ?? role?.zh ?? roster.people.get(person)?.post ?? '不在册';
}
