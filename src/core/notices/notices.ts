/** `notices(event) -> intents`: who is owed a message because of this event, why, and until when. */
import type { Asked, AskKind, IncidentEvent, Recorded, Ring } from '../incident/events';
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
      return [echo(event.conversation, version), ...reported(event, when), ...told(event, 'report_known', version)];
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
        ...event.stoodDownIn.map((room) => page('level_change_notice', room, version, at, [])),
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

/** The officer is called; where the matter is sensitive the leader is paged beside him; the leader is told privately in any case. */
function reported(event: Of<'IncidentReported'>, { version, at }: At): readonly Intent[] {
  const called = calls(event.asked, { version, at });
  const isFirst = (i: Intent): boolean => i.purpose === 'first_mention' && i.leg === 'page';
  const room = event.told.rooms[0] ?? event.room;
  const alone = event.paged.length > 0 && room !== null && !called.some(isFirst) ? [page('first_mention', room, version, at, [])] : [];
  return [
    ...[...called, ...alone].map((i) => (isFirst(i) ? { ...i, people: [...i.people, ...event.paged] } : i)),
    ...event.told.people.map((person) => privately('leader_told', person, version, LANE.urgent)),
  ];
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
  const purposes = [...new Set(asked.map(purposeOf))];
  return purposes.flatMap((purpose) => {
    const called = asked.filter((a) => purposeOf(a) === purpose);
    const rooms = [...new Set(called.flatMap((a) => a.room ?? []))];
    const people = [...new Set(called.map((a) => a.person))];
    return [
      ...rooms.flatMap((room) => {
        const there = [...new Set(called.flatMap((a) => (a.room === room ? [a.person] : [])))];
        const paging = page(purpose, room, version, at, there);
        return [paging, { ...paging, leg: 'show' as const }];
      }),
      ...people.map((person) => privately(purpose, person, version, LANE.urgent)),
    ];
  });
}

const PURPOSE_OF: Readonly<Record<AskKind, Intent['purpose']>> = {
  duty_ack: 'first_mention',
  prior_handling: 'prior_handling',
  call_out: 'call_out',
};

function purposeOf(asked: Asked): Intent['purpose'] {
  return PURPOSE_OF[asked.kind];
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
  /** Whom each ring is reported to: one message a person, also to somebody with two roles. */
  const reportedTo = (r: Ring): readonly PersonId[] => [
    ...(r.actions.includes('tell_duty_leader') ? event.leaders : []),
    ...(r.actions.includes('tell_office') ? event.office : []),
    ...(r.actions.includes('tell_commander') ? event.commanders : []),
  ];
  const dial = by('dial_list');
  return [
    ...grouped(by('room_again'), (r) => r.rooms).map(([room, rings]) => ring('reminder', { room }, 'page', rings, { version, at }, [])),
    ...grouped(by('private_again'), (r) => r.people).map(([person, rings]) =>
      ring('reminder', { person }, 'show', rings, { version, at }, []),
    ),
    ...grouped(event.rings, (r) => [...new Set(reportedTo(r))]).map(([person, rings]) =>
      ring('escalation', { person }, 'show', rings, { version, at }, skipped),
    ),
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
    people: [...new Set(rings.flatMap((r) => (r.ask === null ? r.people : [])))],
    skipped,
    topic: `${purpose}:${leg}:${version}`,
    relevantUntil: at + 6 * HOUR,
  });
}

/** One merged message each room or person. */
function grouped(rings: readonly Ring[], keysOf: (ring: Ring) => readonly string[]): readonly (readonly [string, readonly Ring[]])[] {
  const groups = new Map<string, Ring[]>();
  for (const r of rings) for (const key of keysOf(r)) groups.set(key, [...(groups.get(key) ?? []), r]);
  return [...groups];
}
