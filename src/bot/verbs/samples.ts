/** Arguments as somebody might type them now: by trying them on the core, help finds out what works for whom, without a second policy. */

import { deadlines } from '../../core/deadlines/deadlines';
import { commanders } from '../../core/incident/audience';
import { approvalsInOrder, directivesInOrder, tasksInOrder } from '../../core/incident/numbered';
import { openAsks } from '../../core/incident/state';
import { kindZh } from '../../core/plans/rulebook';
import { holders, nameOf, type PersonId } from '../../core/roster/roster';
import { dateOf } from '../arguments/day';
import type { Said } from './row';
import type { DutySamples } from './standing';

type Samples = (said: Said) => readonly string[];

/** Nothing behind the verb. */
export const alone: Samples = () => [''];

/** Every level of the plan, each with a reason. */
export const eachLevel: Samples = ({ rules }) => rules.pack.levels.map(({ sign }) => `${sign} 理由`);

/** Every open number of a list, with words and what vouches for them. */
const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `${i + 1} 情况 凭据：照片`);
export const eachTask: Samples = ({ state }) => numbered(tasksInOrder(state).length);
export const eachDirective: Samples = ({ state }) => numbered(directivesInOrder(state).length);
export const eachApproval: Samples = ({ state }) => approvalsInOrder(state).map((_, i) => `${i + 1}`);

/** A task for the speaker himself, and for whoever is asked in the matter. */
export const eachOwner: Samples = (said) => {
  const asked = openAsks(said.state).map(({ person }) => person);
  const people = [...new Set([...(said.turn.person === null ? [] : [said.turn.person]), ...asked])];
  return people.map((person) => `${at(said, person)} 清点`);
};

/** Every task passed to whoever is asked in the matter. */
export const eachPassing: Samples = (said) => {
  const asked = [...new Set(openAsks(said.state).map(({ person }) => person))];
  return tasksInOrder(said.state).flatMap((_, i) => asked.map((person) => `${i + 1} ${at(said, person)} 人手不足`));
};

/** Somebody of the roster added, and everybody who was called let go. */
export const eachMember: Samples = (said) => {
  const called = Object.values(said.state.asks).flatMap((ask) => (ask.kind === 'call_out' ? [ask.person] : []));
  const others = [...said.turn.roster.people.keys()].filter((person) => !called.includes(person));
  return [...others.map((person) => `加 ${at(said, person)}`), ...new Set(called.map((person) => `减 ${at(said, person)} 已调离`))];
};

/** Words of each of those who lead. */
export const eachLeader: Samples = (said) => leadersOf(said).map((person) => `${at(said, person)} 从速办理`);

/** Somebody to stand in. */
export const eachDeputy: Samples = (said) => leadersOf(said).map((person) => `${at(said, person)} 在途`);

/** Nothing, while somebody stands in. */
export const whileStoodIn: Samples = ({ state }) => (state.standIn === null ? [] : ['']);

/** Acts approved by whoever commands. */
export const eachApprovable: Samples = (said) => {
  const acts = ['启动', '终止', ...said.rules.pack.levels.flatMap(({ sign }) => [`定级 ${sign}`, `调级 ${sign}`])];
  return leadersOf(said).flatMap((person) => acts.map((act) => `${act} ${at(said, person)} 刚才 同意`));
};

/** Nothing, or one of the plan's own grounds. */
export const eachTrigger: Samples = ({ rules }) => ['', ...rules.pack.activation.triggers.map(({ zh }) => zh)];
export const allCriteria: Samples = ({ rules }) => [`${rules.pack.termination.criteria.map(({ zh }) => zh).join('、')} 理由`];
export const eachParty: Samples = ({ rules }) => rules.pack.parties.slice(0, 1).map(({ zh }) => `${zh} 李处 情况`);

/** Whatever is still owed, by its name. */
export const eachOwed: Samples = ({ rules, state }) => {
  const open = deadlines(rules, state).filter(({ status }) => status === 'open');
  return [...new Set(open.map(({ kind }) => `${kindZh(rules, kind)} 理由`))];
};

function leadersOf({ rules, turn }: Said): readonly PersonId[] {
  return [...new Set([...commanders(rules, turn.roster), ...holders(turn.roster, 'director')])];
}

function at({ turn }: Pick<Said, 'turn'>, person: PersonId): string {
  return `@${nameOf(turn.roster, person)}`;
}

/** A later shift of the speaker, with everybody who fills the same post. */
export const eachSwap: DutySamples = ({ turn }) => {
  const own = turn.roster.shifts.filter(({ person, from }) => person === turn.person && from > turn.at).slice(0, 1);
  return own.flatMap(({ role, from }) => holders(turn.roster, role).map((other) => `${dateOf(from)} ${at({ turn }, other)} 有事`));
};

/** Everybody who is on this shift. */
export const eachSeat: DutySamples = ({ turn, state }) => state.seats.map(({ person }) => `@${nameOf(turn.roster, person)} 有事`);
