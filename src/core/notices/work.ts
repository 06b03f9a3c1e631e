/** Who is told of the work itself: answers, rings, tasks, directives, calls made, what was done and what was set aside. */
import { DECISION_STAND_IN } from '../deadlines/work';
import type { EventOf, Ring } from '../incident/events';
import type { WorkEvent } from '../incident/events/work';
import { HOUR } from '../instant';
import { LADDER_PORTS, type LadderAction, type LadderPort } from '../plans/profileSchema';
import type { PersonId } from '../roster/roster';
import { type Intent, intent, LANE } from './intent';
import { type At, acted, answer, calls, type Owed, page, privately } from './legs';

export const OWED_BY_WORK: Owed<WorkEvent> = {
  Acknowledged: (event, when) => [answer('ack_noted', event.conversation, when, { people: [event.by] })],
  AcknowledgementWithdrawn: acted,
  CannotCome: (event, when) => [...acted(event, when), ...calls(event.asked, when)],
  NotReached: (event, when) => [...notReached(event, when), ...calls(event.asked, when)],
  DeadlinesRang: (event, when) => [...rang(event, when), ...calls(event.asked, when), ...aboutDecision(event, when)],
  // The plan's own tasks stand in the call-out; only what a person gives is a message of its own.
  TasksGiven: (event, when) => (event.asked.length === 0 ? [] : [...acted(event, when), ...calls(event.asked, when)]),
  TaskCompleted: acted,
  TaskReturned: (event, when) => [...acted(event, when), ...calls(event.asked, when, event)],
  DirectiveReceived: (event, when) => [...acted(event, when), ...calls(event.asked, when)],
  DirectiveAnswered: acted,
  PhoneLogged: acted,
  ObligationMet: acted,
  ObligationWaived: acted,
};

/** Rings of one stream and whom they are reported to. */
export type Rang = Pick<
  EventOf<'DeadlinesRang'>,
  'rings' | 'leaders' | 'office' | 'commanders' | 'dutyRooms' | 'unfilled' | 'ports' | 'undelivered'
>;

/** An SMS that comes later than this, or a call, wakes somebody for nothing. */
const PHONE_UNTIL = HOUR;

/** Who hears of rings, and who is told that they went unheard; for every kind of stream. */
export function rang(event: Rang, when: At): readonly Intent[] {
  const skipped = LADDER_PORTS.filter((port) => !event.ports?.includes(port) && event.rings.some((r) => r.actions.includes(port)));
  const by = (...actions: readonly LadderAction[]): readonly Ring[] =>
    event.rings.filter((r) => r.actions.some((a) => actions.includes(a)));
  /** Whom each ring is reported to: one message a person, also to somebody with two roles. */
  const reportedTo = (r: Ring): readonly PersonId[] => [
    ...(r.giver === undefined ? [] : [r.giver]),
    ...(r.actions.includes('tell_duty_leader') ? event.leaders : []),
    ...(r.actions.includes('tell_office') ? event.office : []),
    ...(r.actions.includes('tell_commander') ? event.commanders : []),
  ];
  const unfilled = event.unfilled ?? [];
  const dial = by('dial_list', ...(unfilled.length === 0 ? [] : (['call_stand_in'] as const)));
  const undelivered = event.undelivered === undefined ? {} : { undelivered: event.undelivered };
  const report = { skipped, ...(unfilled.length === 0 ? {} : { unfilled }), ...undelivered };
  return [
    ...grouped(by('room_again'), (r) => r.rooms).map(([room, rings]) => ring('reminder', { room }, 'page', rings, when)),
    ...grouped(by('private_again'), (r) => r.people).map(([person, rings]) => ring('reminder', { person }, 'show', rings, when)),
    ...LADDER_PORTS.flatMap((port) =>
      grouped(event.ports?.includes(port) ? by(port) : [], (r) => r.people).map(([person, rings]) =>
        ring(port, { person }, 'page', rings, when, { by: port, relevantUntil: when.at + PHONE_UNTIL }),
      ),
    ),
    ...grouped(event.rings, (r) => [...new Set(reportedTo(r))]).map(([person, rings]) =>
      ring('escalation', { person }, 'show', rings, when, report),
    ),
    ...(dial.length === 0 ? [] : event.dutyRooms.map((room) => ring('escalation', { room }, 'show', dial, when, report))),
  ];
}

function ring(
  purpose: 'reminder' | 'escalation' | LadderPort,
  to: Intent['to'],
  leg: Intent['leg'],
  rings: readonly Ring[],
  { version, at }: At,
  more: Partial<Intent> = {},
): Intent {
  return intent({
    purpose,
    to,
    leg,
    lane: LANE.urgent,
    version,
    keys: rings.map((r) => r.key),
    people: [...new Set(rings.flatMap((r) => (r.ask === null ? r.people : [])))],
    topic: `${purpose}:${leg}:${version}`,
    relevantUntil: at + 6 * HOUR,
    ...more,
  });
}

/** The duty room is @-ed by nobody's fault: it has to ring people up; the leader on duty is told. */
function notReached({ tried, told: { rooms, people }, dial, unfilled }: EventOf<'NotReached'>, when: At): readonly Intent[] {
  const more = { people: dial, tried, ...(unfilled === undefined ? {} : { unfilled }) };
  return [
    ...rooms.map((room) => page('not_reached', { room }, when, dial, more)),
    ...people.map((person) => privately('not_reached', person, when, LANE.urgent, more)),
  ];
}

/** One merged message each room or person. */
function grouped(rings: readonly Ring[], keysOf: (ring: Ring) => readonly string[]): readonly (readonly [string, readonly Ring[]])[] {
  const groups = new Map<string, Ring[]>();
  for (const r of rings) for (const key of keysOf(r)) groups.set(key, [...(groups.get(key) ?? []), r]);
  return [...groups];
}

/** The duty leader is offered to name the deputy; then whoever may decide instead is asked, by an @ and privately. */
function aboutDecision({ deciders, standInOffered, leaders }: EventOf<'DeadlinesRang'>, when: At): readonly Intent[] {
  const fresh = { keys: [DECISION_STAND_IN] };
  return [
    ...(standInOffered === undefined
      ? []
      : leaders.map((leader) => privately('stand_in_offered', leader, when, LANE.urgent, { people: [standInOffered] }))),
    ...(deciders === undefined ? [] : deciders.rooms.map((room) => page('activation_asked', { room }, when, deciders.people, fresh))),
    ...(deciders?.people ?? []).map((person) => privately('activation_asked', person, when, LANE.urgent, fresh)),
  ];
}
