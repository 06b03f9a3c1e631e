/** 代行: a deputy is recorded as holding the commander's powers until the next shift (decisions.md section 1). */
import { deadlines } from '../../deadlines/deadlines';
import { DECISION } from '../../deadlines/work';
import { DAY, type Instant } from '../../instant';
import { holders, holds, nameOf, type Roster } from '../../roster/roster';
import { commandRooms, dutyRooms, toldBut, unique } from '../audience';
import { boundTo, isDeputy, mayDo } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/**
 * The duty leader once it is offered, the director at any time. Refuses `not_authorised`, `not_offered`, `not_a_deputy`,
 * `not_the_commander`, `reason_required`; asks for a code. A later record takes the place of the one before.
 */
export function nameStandIn(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'NameStandIn'>): Decision {
  const { rules, roster } = scene;
  const { actor, at } = envelope;
  const { person, reason } = command;
  const by = knownPerson(actor);
  if (by.is === 'refusal') return by;
  const usage = `#${state.n} 代行 @人 理由`;
  const may = mayDo(scene, 'stand_in', state, at);
  if (!may.includes(by.id)) return refuse('not_authorised', '登记代行不在您的权限内。', usage, may);
  if (!holds(roster, by.id, 'director') && !isOffered(scene, state, at))
    return refuse('not_offered', '启动决定未到提请代行的时候，此前只能由局长指定。', usage, holders(roster, 'director'));
  const deputies = unique(rules.pack.command.deputies.flatMap((role) => boundTo(rules, roster, role)));
  if (!isDeputy(scene, person)) return refuse('not_a_deputy', '代行的人须是预案所列的副职。', usage, deputies);
  const commanders = boundTo(rules, roster, rules.pack.command.commander);
  const standsFor = command.standsFor ?? commanders[0];
  if (standsFor === undefined || standsFor === person || !commanders.includes(standsFor))
    return refuse('not_the_commander', '只能代行预案所列指挥人的职责。', usage, commanders);
  if (reason === null) return refuse('reason_required', '代行须写明理由。', usage);
  const effect = `由${nameOf(roster, person)}代行${nameOf(roster, standsFor)}在事件 #${state.n} 中的职责，至下一班带班领导接班或局长撤销为止`;
  if (!command.confirmed) return { is: 'confirm', effect, pages: [person], open: [] };
  return happened({
    ...doneBy(scene, envelope, by.id),
    type: 'StandInNamed',
    person,
    standsFor,
    reason,
    until: nextShift(roster, at),
    told: toldBut(actor, [...dutyRooms(roster), ...commandRooms(rules, roster)], [person, ...holders(roster, 'director')]),
  });
}

/** The decision on activation is still open and so much of its term has passed that the duty leader is told of it. */
function isOffered({ rules }: Scene, state: IncidentState, at: Instant): boolean {
  const decision = deadlines(rules, state).find((d) => d.key === DECISION && d.status === 'open');
  const share = rules.profile.ladder.find((rung) => rung.do.includes('tell_duty_leader'))?.at ?? 100;
  return decision !== undefined && at >= decision.baseAt + ((decision.dueAt - decision.baseAt) * share) / 100;
}

/** Where the roster does not say when the duty leader is relieved: a shift lasts a day at most. */
const LONGEST_SHIFT = DAY;

function nextShift(roster: Roster, at: Instant): Instant {
  const leaders = roster.shifts.filter((shift) => shift.role === 'duty_leader');
  const changes = leaders.flatMap(({ from, until }) => [from, ...(until === null ? [] : [until])]).filter((change) => change > at);
  return Math.min(at + LONGEST_SHIFT, ...changes);
}
