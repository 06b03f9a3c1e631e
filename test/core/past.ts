/** What happened before, as events: each builder gives a valid default, the test states only what matters. */
import type { Suggestion } from '../../src/core/grading/suggest';
import type { Asked, IncidentEvent, TextRef } from '../../src/core/incident/events';
import type { Instant } from '../../src/core/instant';
import { type Found, NO_FIELDS, type ReportFields } from '../../src/core/report/fields';

/** The six groups of the consumer plan as interfaces.md section 7 names their people: leader first. */
export const GROUP_PEOPLE: readonly (readonly [string, string])[] = [
  ['coord1', 'coordination'],
  ['coord2', 'coordination'],
  ['site1', 'on_site'],
  ['site2', 'on_site'],
  ['inv1', 'investigation'],
  ['inv2', 'investigation'],
  ['op1', 'opinion'],
  ['op2', 'opinion'],
  ['legal1', 'legal'],
  ['legal2', 'legal'],
  ['log1', 'logistics'],
  ['log2', 'logistics'],
];
export const GROUPS: readonly string[] = GROUP_PEOPLE.map(([person]) => person);
export const SUMMARY_READERS = ['director', 'deputy1', 'leader1'];

/** A moment of the day of the tests, 11 March 2026 at +08:00: `09:20`, `09:20:30`, or a whole ISO string. */
export function clock(time: string): Instant {
  return Date.parse(time.includes('T') ? time : `2026-03-11T${time.length === 5 ? `${time}:00` : time}+08:00`);
}

export interface Past {
  readonly at: Instant;
  readonly event: IncidentEvent;
}

type Of<T extends IncidentEvent['type']> = Extract<IncidentEvent, { type: T }>;
type Some<T extends IncidentEvent['type']> = Partial<Omit<Of<T>, 'type' | 'v'>>;

export const words = (id: string): TextRef => ({ id, commitment: `hash of ${id}` });
export const told = <T>(value: T): Found<T> => ({ value, spans: [{ start: 0, end: 1 }] });
export const NOTHING_TOLD: ReportFields = NO_FIELDS;

export function proposal(rank: number | null, category: string | null = 'concentrated_complaints'): Suggestion {
  return { plan: 'consumer-mass-event', category, categoryGround: null, rank, grounds: [] };
}

export function ask(kind: Asked['kind'], person: string, more: Partial<Asked> = {}): Asked {
  const room = kind === 'duty_ack' ? 'duty' : kind === 'call_out' ? 'hq' : 'county-hubin';
  return { id: `${kind}-${person}`, kind, person, room, group: null, standInFor: null, ...more };
}
export const COUNTY_TASK = ask('prior_handling', 'hubin1');
export const GROUP_CALLS: readonly Asked[] = GROUP_PEOPLE.map(([person, group]) => ask('call_out', person, { group }));

/** At 09:00 the officer on duty reports a matter of 湖滨区 in the duty room; its head is asked for prior handling; Ⅲ is proposed. */
export function reported(some: Some<'IncidentReported'> = {}, at = '09:00'): Past {
  const event: IncidentEvent = {
    type: 'IncidentReported',
    v: 1,
    n: 1,
    receivedAt: clock(at),
    plan: 'consumer-mass-event',
    text: words('report'),
    by: 'duty1',
    room: 'duty',
    conversation: 'chat-duty',
    unverified: false,
    fields: NOTHING_TOLD,
    facts: [],
    suggestion: proposal(3),
    county: 'hubin',
    asked: [COUNTY_TASK],
    told: { rooms: [], people: ['leader1'] },
    paged: [],
    ...some,
  };
  return { at: clock(at), event };
}

export function levelSet(rank: number, at = '09:10', some: Some<'LevelSet'> = {}): Past {
  const status = rank <= 2 ? ('proposed' as const) : ('confirmed_by_us' as const);
  const event: IncidentEvent = {
    type: 'LevelSet',
    v: 2,
    rank,
    status,
    by: 'director',
    conversation: 'chat-hq',
    reason: null,
    suggested: rank,
    told: { rooms: ['duty'], people: [] },
    mayActivate: [],
    ...some,
  };
  return { at: clock(at), event };
}

export function levelChanged(from: number, to: number, at: string, some: Some<'LevelChanged'> = {}): Past {
  const status = to <= 2 ? ('proposed' as const) : ('confirmed_by_us' as const);
  const event: IncidentEvent = {
    type: 'LevelChanged',
    v: 2,
    from,
    to,
    status,
    by: 'director',
    conversation: 'chat-hq',
    reason: words('why-changed'),
    asked: [],
    stoodDown: [],
    stoodDownIn: [],
    told: { rooms: ['duty', 'county-hubin'], people: [] },
    summaries: [],
    ...some,
  };
  return { at: clock(at), event };
}

/** At 09:20 the director starts the response; by default the six groups are called. */
export function activated(
  rank: number | null = 3,
  asked: readonly Asked[] = GROUP_CALLS,
  at = '09:20',
  some: Some<'ResponseActivated'> = {},
): Past {
  const event: IncidentEvent = {
    type: 'ResponseActivated',
    v: 1,
    rank,
    by: 'director',
    conversation: 'chat-hq',
    asked,
    told: { rooms: ['duty', 'county-hubin'], people: [] },
    summaries: SUMMARY_READERS,
    ...some,
  };
  return { at: clock(at), event };
}

export function acknowledged(by: string, asks: readonly string[], at: string): Past {
  return { at: clock(at), event: { type: 'Acknowledged', v: 1, asks, by, conversation: 'chat-hq', via: 'text' } };
}

export function rang(some: Some<'DeadlinesRang'>, at: string): Past {
  const nobody = {
    rings: [],
    asked: [],
    leaders: ['leader1'],
    office: ['office1'],
    commanders: ['director', 'deputy1'],
    dutyRooms: ['duty'],
  };
  return { at: clock(at), event: { type: 'DeadlinesRang', v: 1, ...nobody, ...some } };
}

export function supplemented(some: Some<'IncidentSupplemented'>, at: string): Past {
  const event: IncidentEvent = {
    type: 'IncidentSupplemented',
    v: 1,
    how: 'supplement',
    text: words('supplement'),
    by: 'duty1',
    conversation: 'chat-duty',
    fields: {},
    facts: [],
    suggestion: proposal(3),
    county: 'hubin',
    asked: [],
    told: { rooms: [], people: [] },
    ...some,
  };
  return { at: clock(at), event };
}

export function terminated(at: string, some: Some<'ResponseTerminated'> = {}): Past {
  const event: IncidentEvent = {
    type: 'ResponseTerminated',
    v: 1,
    by: 'director',
    conversation: 'chat-hq',
    reason: words('why-ended'),
    open: [],
    told: { rooms: ['duty', 'county-hubin'], people: [] },
    summaries: SUMMARY_READERS,
    ...some,
  };
  return { at: clock(at), event };
}

/** One event as it stands in the past; for acts that have no builder of their own. */
export function happenedAt(at: string, event: IncidentEvent): Past {
  return { at: clock(at), event };
}

/** Common part of an act of this person. */
export const done = (by: string) => ({ v: 1 as const, by, conversation: 'chat-duty' });
export const NOBODY_TOLD = { rooms: [], people: [] };

/** 研判: the section in charge proposes. */
export function assessed(rank: number | null, at = '09:05', some: Some<'AssessmentProposed'> = {}): Past {
  const proposed = { category: null, rank, trigger: null, text: null, mayDecide: [], told: NOBODY_TOLD };
  return happenedAt(at, { type: 'AssessmentProposed', ...done('cons2'), ...proposed, ...some });
}

/** 代行: `person` holds the powers of the director until noon. */
export function standInNamed(person: string, at = '09:12', some: Some<'StandInNamed'> = {}): Past {
  const named = { person, standsFor: 'director', reason: words('why-stand-in'), until: clock('12:00'), told: NOBODY_TOLD };
  return happenedAt(at, { type: 'StandInNamed', ...done('leader1'), ...named, ...some });
}

export function terminationProposed(at: string, some: Some<'TerminationProposed'> = {}): Past {
  const proposed = { reason: words('why-end'), grounds: [], mayDecide: ['director'], told: NOBODY_TOLD };
  return happenedAt(at, { type: 'TerminationProposed', ...done('site1'), ...proposed, ...some });
}

export function transferred(at: string, some: Some<'IncidentTransferred'> = {}): Past {
  return happenedAt(at, {
    type: 'IncidentTransferred',
    ...done('leader1'),
    organ: 'police',
    reason: words('why-transfer'),
    told: NOBODY_TOLD,
    ...some,
  });
}
