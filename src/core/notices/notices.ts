/** `notices(event) -> intents`: who is owed a message because of this event, why, and until when. */
import type { Asked, IncidentEvent, Recorded, Ring } from '../incident/events';
import { DAY, HOUR, type Instant } from '../instant';
import type { LadderAction } from '../plans/profileSchema';
import type { PersonId, RoomId } from '../roster/roster';
import { type Intent, intent, LANE } from './intent';

type Of<T extends IncidentEvent['type']> = Extract<IncidentEvent, { type: T }>;
type At = { readonly version: number; readonly at: Instant };

/** Pure: everybody addressed stands in the event. */
export function notices({ event, version, at }: Recorded<IncidentEvent>): readonly Intent[] {
  const when = { version, at };
  switch (event.type) {
    case 'IncidentReported':
      return [
        echo(event.conversation, version),
        ...reported(event, when),
        ...calls(event.asked, when),
        ...told(event, 'report_known', version),
      ];
    case 'IncidentSupplemented':
      return [echo(event.conversation, version), ...calls(event.asked, when), ...told(event, 'report_known', version)];
    case 'LevelSet':
      return [
        answer('level_noted', event.conversation, version),
        ...told(event, 'level_noted', version),
        ...event.mayActivate.map((p) => privately('activation_asked', p, version, LANE.answer)),
      ];
    case 'ResponseActivated':
      return [
        answer('activation_notice', event.conversation, version),
        ...calls(event.asked, when),
        ...activated(event, 'activation_notice', version),
        ...summaries(event.summaries, version),
      ];
    case 'Acknowledged':
      return [answer('ack_noted', event.conversation, version, [event.by])];
    case 'DeadlinesRang':
      return [...rang(event, when), ...calls(event.asked, when)];
    case 'ProgressReported':
      return [answer('progress_noted', event.conversation, version), ...told(event, 'progress_noted', version)];
    case 'LevelChanged':
      return [
        answer('level_change_notice', event.conversation, version),
        ...calls(event.asked, when),
        ...told(event, 'level_change_notice', version),
        ...summaries(event.summaries, version),
      ];
    case 'ResponseTerminated':
      return [
        answer('termination_notice', event.conversation, version),
        ...told(event, 'termination_notice', version),
        ...summaries(event.summaries, version),
      ];
    default:
      return event satisfies never;
  }
}

/** An answer in the conversation that asked, by its own ticket where that still lives. */
function answer(purpose: Intent['purpose'], conversation: string, version: number, people: readonly PersonId[] = []): Intent {
  return intent({
    purpose,
    to: { conversation },
    leg: 'show',
    lane: LANE.answer,
    version,
    people,
    answers: true,
    topic: `${purpose}:${version}`,
  });
}

function echo(conversation: string, version: number): Intent {
  return answer('echo', conversation, version);
}

function privately(purpose: Intent['purpose'], person: PersonId, version: number, lane: number): Intent {
  return intent({ purpose, to: { person }, leg: 'show', lane, version, topic: `${purpose}:${version}` });
}

/** The first mention: the on-duty officer, and the leader where the matter is sensitive; the leader is told privately in any case. */
function reported(event: Of<'IncidentReported'>, { version, at }: At): readonly Intent[] {
  const officers = event.asked.filter((a) => a.kind === 'duty_ack');
  const rooms = [...new Set(officers.flatMap((a) => a.room ?? []))];
  const pagedIn = rooms.length > 0 ? rooms : event.paged.length > 0 ? dutyRoomOf(event) : [];
  return [
    ...pagedIn.map((room) => page('first_mention', room, version, at, [...officers.map((a) => a.person), ...event.paged])),
    ...event.told.people.map((person) => privately('leader_told', person, version, LANE.urgent)),
  ];
}

/** Where a leader is paged when no officer is: the duty room told, else the room the report came from. */
function dutyRoomOf(event: Of<'IncidentReported'>): readonly RoomId[] {
  return [event.told.rooms[0] ?? event.room].filter((room) => room !== null);
}

function page(purpose: Intent['purpose'], room: RoomId, version: number, at: Instant, people: readonly PersonId[]): Intent {
  return intent({
    purpose,
    to: { room },
    leg: 'page',
    lane: LANE.urgent,
    version,
    people,
    topic: `${purpose}:${version}`,
    relevantUntil: at + DAY,
  });
}

/** Every ask: one message a room that @s all asked there, a card with a button beside it, and a private copy with a button each. */
function calls(asked: readonly Asked[], { version, at }: At): readonly Intent[] {
  const called = asked.filter((a) => a.kind !== 'duty_ack');
  const rooms = [...new Set(called.flatMap((a) => a.room ?? []))];
  return [
    ...rooms.flatMap((room) => {
      const there = called.filter((a) => a.room === room);
      const purpose = purposeOf(there);
      const people = there.map((a) => a.person);
      const card = intent({
        purpose,
        to: { room },
        leg: 'show',
        lane: LANE.urgent,
        version,
        people,
        topic: `${purpose}:${version}`,
        relevantUntil: at + DAY,
      });
      return [page(purpose, room, version, at, people), card];
    }),
    ...called.map((a) => privately(purposeOf([a]), a.person, version, LANE.urgent)),
  ];
}

function purposeOf(asked: readonly Asked[]): 'prior_handling' | 'call_out' {
  return asked.every((a) => a.kind === 'prior_handling') ? 'prior_handling' : 'call_out';
}

function told(
  event: { readonly told: { readonly rooms: readonly RoomId[] } },
  purpose: Intent['purpose'],
  version: number,
): readonly Intent[] {
  return event.told.rooms.map((room) =>
    intent({ purpose, to: { room }, leg: 'show', lane: LANE.notice, version, topic: `${purpose}:${version}` }),
  );
}

/** Notice of the activation in every room concerned but those where the call itself carries it. */
function activated(event: Of<'ResponseActivated'>, purpose: Intent['purpose'], version: number): readonly Intent[] {
  const calling = new Set(event.asked.flatMap((a) => a.room ?? []));
  return told({ told: { rooms: event.told.rooms.filter((room) => !calling.has(room)) } }, purpose, version);
}

function summaries(people: readonly PersonId[], version: number): readonly Intent[] {
  return people.map((person) => privately('summary', person, version, LANE.notice));
}

/** No port for these is configured yet: the rung is skipped and says so. */
const WITHOUT_PORT: readonly LadderAction[] = ['strong_reminder', 'sms', 'voice'];

function rang(event: Of<'DeadlinesRang'>, { version, at }: At): readonly Intent[] {
  const skipped = [...new Set(event.rings.flatMap((r) => r.actions.filter((a) => WITHOUT_PORT.includes(a))))];
  const by = (action: LadderAction): readonly Ring[] => event.rings.filter((r) => r.actions.includes(action));
  const tell = (people: readonly PersonId[], rings: readonly Ring[]): readonly Intent[] =>
    rings.length === 0 ? [] : people.map((person) => ring('escalation', { person }, 'show', rings, { version, at }, skipped));
  const dial = by('dial_list');
  return [
    ...grouped(by('room_again'), (r) => (r.room === null ? event.dutyRooms : [r.room])).map(([room, rings]) =>
      ring('reminder', { room }, 'page', rings, { version, at }, []),
    ),
    ...grouped(by('private_again'), (r) => (r.person === null ? [] : [r.person])).map(([person, rings]) =>
      ring('reminder', { person }, 'show', rings, { version, at }, []),
    ),
    ...tell(event.leaders, by('tell_duty_leader')),
    ...tell(event.office, by('tell_office')),
    ...tell(event.commanders, by('tell_commander')),
    ...(dial.length === 0 ? [] : event.dutyRooms.map((room) => ring('escalation', { room }, 'show', dial, { version, at }, skipped))),
  ];
}

function ring(
  purpose: 'reminder' | 'escalation',
  to: Intent['to'],
  leg: Intent['leg'],
  rings: readonly Ring[],
  { version, at }: At,
  skipped: readonly string[],
): Intent {
  return intent({
    purpose,
    to,
    leg,
    lane: LANE.urgent,
    version,
    keys: rings.map((r) => r.key),
    skipped,
    topic: `${purpose}:${leg}`,
    relevantUntil: at + 6 * HOUR,
  });
}

/** One merged message each room or person. */
function grouped(rings: readonly Ring[], keysOf: (ring: Ring) => readonly string[]): readonly (readonly [string, readonly Ring[]])[] {
  const groups = new Map<string, Ring[]>();
  for (const r of rings) for (const key of keysOf(r)) groups.set(key, [...(groups.get(key) ?? []), r]);
  return [...groups];
}
