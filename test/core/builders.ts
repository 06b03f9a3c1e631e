/** What the tests of the core are told with: the shipped rules and roster, a past of events, one command, and what it must answer. */
import { resolve } from 'node:path';
import type { Deadline } from '../../src/core/deadlines/deadline';
import { deadlines } from '../../src/core/deadlines/deadlines';
import type { IncidentCommand } from '../../src/core/incident/commands';
import { decide } from '../../src/core/incident/decide';
import type { Decision, Scene } from '../../src/core/incident/decide/scene';
import type { IncidentEvent, Recorded, TextRef } from '../../src/core/incident/events';
import { evolve } from '../../src/core/incident/evolve';
import type { Confirm, Refusal } from '../../src/core/incident/refusal';
import type { IncidentState } from '../../src/core/incident/state';
import { type Instant, MINUTE } from '../../src/core/instant';
import type { Rulebook } from '../../src/core/plans/rulebook';
import type { Grant, Roster, Shift } from '../../src/core/roster/roster';
import { shipped } from '../support/shipped';
import { clock, NOTHING_TOLD, type Past, proposal, words } from './past';

export * from './past';

export const CONFIG = resolve(__dirname, '../../config');
const SHIPPED = shipped();
export const RULES: Rulebook = shippedRules('consumer-mass-event');
/** The shipped plan without levels. */
export const NETWORK: Rulebook = shippedRules('network-trade-incident');
export const ROSTER: Roster = SHIPPED.roster;
const HERE: Scene = { rules: RULES, roster: ROSTER };

/** A plan without levels, as the network-trade plan is. */
export const LEVEL_FREE: Rulebook = { ...RULES, pack: { ...RULES.pack, level_scheme: 'none', levels: [], thresholds: [] } };

/** Commands; decisions come with their code given unless `unconfirmed`. */
export const report = (some: Partial<Extract<IncidentCommand, { type: 'ReportIncident' }>> = {}): IncidentCommand => ({
  type: 'ReportIncident',
  n: 1,
  receivedAt: clock('09:00'),
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
export const propose = (rank: number | null, trigger: string | null = null): IncidentCommand => ({
  type: 'ProposeAssessment',
  category: null,
  rank,
  trigger,
  text: words('assessment'),
});
export const changeResponseLevel = (rank: number, reason: TextRef | null = words('why')): IncidentCommand => ({
  type: 'ChangeResponseLevel',
  rank,
  reason,
  confirmed: true,
});
export const nameStandIn = (person: string, reason: TextRef | null = words('why')): IncidentCommand => ({
  type: 'NameStandIn',
  person,
  standsFor: null,
  reason,
  confirmed: true,
});
export const dismiss = (reason: TextRef | null = words('why')): IncidentCommand => ({ type: 'DismissIncident', reason, confirmed: true });
export const transfer = (organ = 'police', reason: TextRef | null = words('why')): IncidentCommand => ({
  type: 'TransferIncident',
  organ,
  reason,
  confirmed: true,
});
export const reopen = (reason: TextRef | null = words('why')): IncidentCommand => ({ type: 'ReopenIncident', reason });
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

/** The one event of this type in an accepted command, whatever else the act brought with it. */
export function event<T extends IncidentEvent['type']>(decision: Decision, type: T): Extract<IncidentEvent, { type: T }> {
  const all = events(decision);
  const [only, ...others] = all.filter((e): e is Extract<IncidentEvent, { type: T }> => e.type === type);
  if (only === undefined || others.length > 0) throw new Error(`expected one ${type}, got ${all.map((e) => e.type).join(', ')}`);
  return only;
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

function shippedRules(pack: string): Rulebook {
  const found = SHIPPED.rulebooks.find((rulebook) => rulebook.pack.pack === pack);
  if (found === undefined) throw new Error(`${pack} is not shipped`);
  return found;
}
