/** The legs a notice goes on: the answer, the page in a room, the private message, the rooms that are told. */
import type { Asked, AskKind, Audience, EventOf, IncidentEvent } from '../incident/events';
import { DAY, type Instant } from '../instant';
import type { PersonId, RoomId } from '../roster/roster';
import { type Acted, type Intent, intent, LANE } from './intent';

/** Where an event stands. */
export interface At {
  readonly version: number;
  readonly at: Instant;
}

/** What each event of a family owes; a new event does not compile until somebody is told of it. */
export type Owed<E extends IncidentEvent> = {
  readonly [T in E['type']]: (event: EventOf<T>, when: At) => readonly Intent[];
};

/** An answer in the conversation that asked, by its own ticket where that still lives. */
export function answer(purpose: Intent['purpose'], conversation: string, { version }: At, more: Partial<Intent> = {}): Intent {
  return intent({
    purpose,
    to: { conversation },
    leg: 'show',
    lane: LANE.answer,
    version,
    answers: true,
    topic: `${purpose}:${version}`,
    ...more,
  });
}

/** A private message. */
export function privately(purpose: Intent['purpose'], person: PersonId, { version }: At, lane: number, more: Partial<Intent> = {}): Intent {
  return intent({ purpose, to: { person }, leg: 'show', lane, version, topic: `${purpose}:${version}`, ...more });
}

/** A message that really @-s these people. */
export function page(
  purpose: Intent['purpose'],
  to: { readonly room: RoomId } | { readonly conversation: string },
  { version, at }: At,
  people: readonly PersonId[],
  more: Partial<Intent> = {},
): Intent {
  return intent({
    purpose,
    to,
    leg: 'page',
    lane: LANE.urgent,
    version,
    people,
    topic: `${purpose}:${version}`,
    relevantUntil: at + DAY,
    ...more,
  });
}

/** Every ask: one message a room that @s all asked there, a card with a button beside it, and a private copy with a button each. */
export function calls(asked: readonly Asked[], when: At, act?: Acted): readonly Intent[] {
  const more = act === undefined ? {} : { act };
  const purposes = [...new Set(asked.map(purposeOf))];
  return purposes.flatMap((purpose) => {
    const called = asked.filter((a) => purposeOf(a) === purpose);
    const rooms = [...new Set(called.flatMap((a) => a.room ?? []))];
    const people = [...new Set(called.map((a) => a.person))];
    return [
      ...rooms.flatMap((room) => {
        const there = [...new Set(called.flatMap((a) => (a.room === room ? [a.person] : [])))];
        const paging = page(purpose, { room }, when, there, more);
        return [paging, { ...paging, leg: 'show' as const }];
      }),
      ...people.map((person) => privately(purpose, person, when, LANE.urgent, more)),
    ];
  });
}

/** What a call of each kind is for. */
export const PURPOSE_OF: Readonly<Record<AskKind, Intent['purpose']>> = {
  duty_ack: 'first_mention',
  prior_handling: 'prior_handling',
  call_out: 'call_out',
  task: 'task_given',
  directive: 'directive_given',
  record: 'record_asked',
  paper: 'paper_asked',
};

function purposeOf(asked: Asked): Intent['purpose'] {
  return PURPOSE_OF[asked.kind];
}

/** A quiet notice in every room that is told. */
export function told(rooms: readonly RoomId[], purpose: Intent['purpose'], { version }: At, more: Partial<Intent> = {}): readonly Intent[] {
  return rooms.map((room) =>
    intent({ purpose, to: { room }, leg: 'show', lane: LANE.notice, version, topic: `${purpose}:${version}`, ...more }),
  );
}

/** The short private summary of leaders. */
export function summaries(people: readonly PersonId[], when: At): readonly Intent[] {
  return people.map((person) => privately('summary', person, when, LANE.notice));
}

/** An act that was said somewhere; what the program does by itself was not. */
type Said = Extract<Acted, { readonly conversation: string }>;

/** Somebody did something: an answer to who did it, a notice in the rooms told, a private message to the people told. */
export function acted(act: Said & { readonly told?: Audience }, when: At): readonly Intent[] {
  const { rooms, people } = act.told ?? { rooms: [], people: [] };
  return [
    answer('act_noted', act.conversation, when, { act }),
    ...told(rooms, 'act_noted', when, { act }),
    ...people.map((person) => privately('act_noted', person, when, LANE.notice, { act })),
  ];
}

/** The same, and these people are @-ed beside it: in the first room that is told, else where it was said. */
export function actedPaging(act: Said & { readonly told: Audience }, paged: readonly PersonId[], when: At): readonly Intent[] {
  const [room] = act.told.rooms;
  const where = room === undefined ? { conversation: act.conversation } : { room };
  return [...acted(act, when), ...(paged.length === 0 ? [] : [page('act_noted', where, when, paged, { act })])];
}
