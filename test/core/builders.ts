/** What the tests of the core are told with: the shipped rules and roster, a past of events, one command, and what it must answer. */
import { resolve } from 'node:path';
import { readBureau } from '../../src/config/bureau';
import { readRulebooks } from '../../src/config/rulebooks';
import type { Deadline } from '../../src/core/deadlines/deadline';
import { deadlines } from '../../src/core/deadlines/deadlines';
import type { Suggestion } from '../../src/core/grading/suggest';
import type { IncidentCommand } from '../../src/core/incident/commands';
import { decide } from '../../src/core/incident/decide';
import type { Decision, Scene } from '../../src/core/incident/decide/scene';
import type { Asked, IncidentEvent, Recorded, TextRef } from '../../src/core/incident/events';
import { evolve } from '../../src/core/incident/evolve';
import type { Confirm, Refusal } from '../../src/core/incident/refusal';
import type { IncidentState } from '../../src/core/incident/state';
import { type Instant, MINUTE } from '../../src/core/instant';
import type { Rulebook } from '../../src/core/plans/rulebook';
import type { Found, ReportFields } from '../../src/core/report/fields';
import type { Grant, Roster, Shift } from '../../src/core/roster/roster';
import { sha256 } from '../../src/wiring/chance';

export const CONFIG = resolve(__dirname, '../../config');
export const RULES: Rulebook = shippedRules();
export const ROSTER: Roster = shippedRoster();
const HERE: Scene = { rules: RULES, roster: ROSTER };

/** A plan without levels, as the network-trade plan is. */
export const LEVEL_FREE: Rulebook = { ...RULES, pack: { ...RULES.pack, level_scheme: 'none', levels: [], thresholds: [] } };

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
export const NOTHING_TOLD: ReportFields = {
  occurredAt: null,
  place: null,
  district: null,
  cause: null,
  peopleInvolved: null,
  injured: null,
  dead: null,
  amountYuan: null,
  measures: [],
  source: null,
  contactPhone: null,
};

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
  const status = rank <= 2 ? ('proposed' as const) : ('confirmed' as const);
  const event: IncidentEvent = {
    type: 'LevelSet',
    v: 1,
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
  const status = to <= 2 ? ('proposed' as const) : ('confirmed' as const);
  const event: IncidentEvent = {
    type: 'LevelChanged',
    v: 1,
    from,
    to,
    status,
    by: 'director',
    conversation: 'chat-hq',
    reason: words('why-changed'),
    asked: [],
    stoodDown: [],
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

/** Commands; decisions come with their code given unless `unconfirmed`. */
export const report = (some: Partial<Extract<IncidentCommand, { type: 'ReportIncident' }>> = {}): IncidentCommand => ({
  type: 'ReportIncident',
  n: 1,
  text: words('report'),
  fields: NOTHING_TOLD,
  facts: [],
  suggestion: proposal(3),
  ...some,
});
export const supplement = (some: Partial<Extract<IncidentCommand, { type: 'SupplementIncident' }>> = {}): IncidentCommand => ({
  type: 'SupplementIncident',
  how: 'supplement',
  text: words('more'),
  fields: NOTHING_TOLD,
  facts: [],
  suggestion: proposal(null, null),
  ...some,
});
export const setLevel = (rank: number, reason: TextRef | null = words('why')): IncidentCommand => ({
  type: 'SetLevel',
  rank,
  reason,
  confirmed: true,
});
export const activate = (): IncidentCommand => ({ type: 'ActivateResponse', confirmed: true });
export const changeLevel = (rank: number, reason: TextRef | null = words('why')): IncidentCommand => ({
  type: 'ChangeLevel',
  rank,
  reason,
  confirmed: true,
});
export const terminate = (reason: TextRef | null = words('why')): IncidentCommand => ({
  type: 'TerminateResponse',
  reason,
  confirmed: true,
});
export const received = (call: number | null = null): IncidentCommand => ({ type: 'Acknowledge', call, via: 'text' });
export const progress = (id = 'progress'): IncidentCommand => ({ type: 'ReportProgress', text: words(id) });
export const ring = (...keys: readonly string[]): IncidentCommand => ({ type: 'RingDeadlines', keys });
export function unconfirmed(command: IncidentCommand): IncidentCommand {
  return 'confirmed' in command ? { ...command, confirmed: false } : command;
}

export interface Where {
  /** Null for a private chat. */
  readonly room?: string | null;
  readonly at?: string | Instant;
}

export interface Given {
  readonly scene: Scene;
  readonly history: readonly Recorded<IncidentEvent>[];
  /** The state after the whole past; throws when nothing happened yet. */
  readonly state: IncidentState;
  /** The same past under other rules or another roster. */
  under(changed: Partial<Scene>): Given;
  /** What is decided; by default said in the duty room one minute after the last event. */
  when(who: string | null, command: IncidentCommand, where?: Where): Decision;
  /** The past with an accepted command added. */
  after(who: string | null, command: IncidentCommand, where?: Where): Given;
  deadline(key: string): Deadline;
}

export function given(...past: readonly Past[]): Given {
  return standing(
    HERE,
    past.map(({ at, event }, i) => ({ version: i + 1, at, event })),
  );
}

function standing(scene: Scene, history: readonly Recorded<IncidentEvent>[]): Given {
  const state = history.reduce<IncidentState | null>((s, r) => evolve(s, r), null);
  const lastAt = history.at(-1)?.at ?? clock('08:59');
  const now = (): IncidentState => {
    if (state === null) throw new Error('nothing has happened yet');
    return state;
  };
  const momentOf = ({ at }: Where): Instant => (at === undefined ? lastAt + MINUTE : typeof at === 'string' ? clock(at) : at);
  const when: Given['when'] = (who, command, where = {}) =>
    decide(scene, state, {
      command,
      actor: { person: who, room: where.room === undefined ? 'duty' : where.room, conversation: `chat-${where.room ?? who}` },
      at: momentOf(where),
      seed: `seed${history.length}`,
    });
  return {
    scene,
    history,
    get state() {
      return now();
    },
    under: (changed) => standing({ ...scene, ...changed }, history),
    when,
    after: (who, command, where = {}) => {
      const added = events(when(who, command, where)).map((event, i) => ({ version: history.length + 1 + i, at: momentOf(where), event }));
      return standing(scene, [...history, ...added]);
    },
    deadline: (key) => {
      const found = deadlines(scene.rules, now()).find((d) => d.key === key);
      if (found === undefined) throw new Error(`no deadline ${key}`);
      return found;
    },
  };
}

/** The events of an accepted command. */
export function events(decision: Decision): readonly IncidentEvent[] {
  if (decision.is !== 'events') throw new Error(`expected events, was told ${JSON.stringify(decision)}`);
  return decision.events;
}

/** The one event of an accepted command, of the type expected. */
export function event<T extends IncidentEvent['type']>(decision: Decision, type: T): Of<T> {
  const all = events(decision);
  const [only] = all;
  if (all.length !== 1 || only?.type !== type) throw new Error(`expected one ${type}, got ${all.map((e) => e.type).join(', ')}`);
  return only as Of<T>;
}

export function refusal(decision: Decision): Refusal {
  if (decision.is !== 'refusal') throw new Error(`expected a refusal, got ${JSON.stringify(decision)}`);
  return decision;
}

/** The question that asks for a code. */
export function question(decision: Decision): Confirm {
  if (decision.is !== 'confirm') throw new Error(`expected a question, got ${JSON.stringify(decision)}`);
  return decision;
}

/** `accepted`, `asked` for a code, or the code of the refusal. */
export function answerTo(decision: Decision): string {
  return decision.is === 'events' ? 'accepted' : decision.is === 'confirm' ? 'asked' : decision.code;
}

export function rosterWith(more: { readonly grants?: readonly Grant[]; readonly shifts?: readonly Shift[] }): Roster {
  return { ...ROSTER, grants: [...ROSTER.grants, ...(more.grants ?? [])], shifts: more.shifts ?? ROSTER.shifts };
}

function shippedRules(): Rulebook {
  const read = readRulebooks(CONFIG, 'standard', sha256);
  if (read.is === 'faults') throw new Error(JSON.stringify(read.faults));
  const found = read.rulebooks.find((r) => r.rulebook.pack.pack === 'consumer-mass-event');
  if (found === undefined) throw new Error('the consumer plan is not shipped');
  return found.rulebook;
}

function shippedRoster(): Roster {
  const read = readBureau(resolve(CONFIG, 'sample-bureau'));
  if (read.is === 'faults') throw new Error(JSON.stringify(read.faults));
  return read.roster;
}
