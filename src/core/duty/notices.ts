/** `notices(event) -> intents`: who is owed a message because of something in a shift. */
import type { Recorded } from '../incident/events';
import { HOUR } from '../instant';
import { type Intent, intent, LANE } from '../notices/intent';
import { type At, answer, page, privately, told } from '../notices/legs';
import { rang } from '../notices/work';
import type { DutyAsked, DutyEvent } from './events';

/** Pure: everybody addressed stands in the event, which every intent bears. */
export function notices({ event, version, at }: Recorded<DutyEvent>): readonly Intent[] {
  return owed(event, { version, at }).map((one) => ({ ...one, standing: event }));
}

function owed(event: DutyEvent, when: At): readonly Intent[] {
  switch (event.type) {
    case 'DigestDue':
      return event.to.map((person) => privately('summary', person, when, LANE.digest, { relevantUntil: when.at + 6 * HOUR }));
    case 'DeskOpened':
      return [];
    case 'AllowanceNoted':
    case 'CalendarNoted':
    case 'RosterImported':
      return [
        ...told(event.told.rooms, 'act_noted', when),
        ...event.told.people.map((person) => privately('act_noted', person, when, LANE.notice)),
      ];
    case 'DeadlinesRang':
      return [...rang(event, when), ...calls(event.asked, when), ...silentCounties(event, when)];
    default:
      return acted(event, when);
  }
}

type Act = Exclude<
  DutyEvent,
  { type: 'DeskOpened' | 'RosterImported' | 'AllowanceNoted' | 'CalendarNoted' | 'DigestDue' | 'DeadlinesRang' }
>;

/** Whoever is asked is told by that. A shift opened by a take-over is announced and answered by the take-over. */
function acted(act: Act, when: At): readonly Intent[] {
  const asked = 'asked' in act ? act.asked : [];
  const coming = act.type === 'HandedOver' ? act.to : [];
  const people = act.told.people.filter((person) => !coming.includes(person) && !asked.some((ask) => ask.person === person));
  return [
    ...(act.type === 'ShiftOpened' && act.left !== null ? [] : [answer('act_noted', act.conversation, when)]),
    ...told(act.told.rooms, 'act_noted', when),
    ...people.map((person) => privately('act_noted', person, when, LANE.notice)),
    ...coming.map((person) => privately('decision_asked', person, when, LANE.urgent)),
    ...calls(asked, when),
  ];
}

/** One message a room that @s all asked there, and each privately, by a message with a button; a swap waits for a decision. */
function calls(asked: readonly DutyAsked[], when: At): readonly Intent[] {
  const rooms = [...new Set(asked.flatMap(({ room }) => room ?? []))];
  return [
    ...rooms.map((room) => page('call_out', { room }, when, [...new Set(asked.flatMap((a) => (a.room === room ? [a.person] : [])))])),
    ...asked.map(({ kind, person }) => privately(kind === 'swap' ? 'decision_asked' : 'call_out', person, when, LANE.urgent)),
  ];
}

/** Counties that did not report are named in the duty room, where someone rings them up. */
function silentCounties(event: Extract<DutyEvent, { type: 'DeadlinesRang' }>, { version }: At): readonly Intent[] {
  if (event.silent.length === 0) return [];
  const keys = event.rings.flatMap((ring) => (ring.kind === 'zero_report' && ring.percent >= 100 ? [ring.key] : []));
  return event.dutyRooms.map((room) =>
    intent({ purpose: 'act_noted', to: { room }, leg: 'show', lane: LANE.notice, version, topic: `silent:${version}`, keys }),
  );
}
