/** Every obligation of an incident with its moment, as a pure function of rules and state. */
import type { AskKind } from '../incident/events';
import { type AskState, hasEnded, type IncidentState } from '../incident/state';
import { type Instant, MINUTE } from '../instant';
import type { LadderAction } from '../plans/profileSchema';
import { minutesOf, type Rulebook, stepOf } from '../plans/rulebook';
import type { Deadline, DeadlineStatus } from './deadline';

/** Which step of the profile times an ask. */
const STEP_OF: Readonly<Record<AskKind, string>> = { duty_ack: 'duty_ack', prior_handling: 'task_ack', call_out: 'group_ack' };

/**
 * All deadlines of the incident, open or closed (starts: decisions.md section 2). After the end of the response every open one
 * is void. Pure; the same state always gives the same rows.
 */
export function deadlines(rules: Rulebook, state: IncidentState): readonly Deadline[] {
  const found = [assess(rules, state), activate(rules, state), ...Object.values(state.asks).map((ask) => ofAsk(rules, state, ask))];
  return found.flatMap((d) =>
    d === null ? [] : [hasEnded(state) && d.status === 'open' ? { ...d, status: 'void' as const, nextAt: null, why: '响应已终止' } : d],
  );
}

function assess(rules: Rulebook, state: IncidentState): Deadline | null {
  if (rules.pack.level_scheme === 'none') return null;
  const setAt = state.levels[0]?.at ?? null;
  return build(rules, state, { key: 'assess', step: 'assess', owner: 'duty_leader', baseAt: state.receivedAt, metAt: setAt });
}

function activate(rules: Rulebook, state: IncidentState): Deadline | null {
  const baseAt = rules.pack.level_scheme === 'none' ? state.receivedAt : state.levels[0]?.at;
  if (baseAt === undefined) return null;
  return build(rules, state, {
    key: 'activate',
    step: 'activate',
    owner: rules.pack.command.commander,
    baseAt,
    metAt: state.activated?.at ?? null,
  });
}

function ofAsk(rules: Rulebook, state: IncidentState, ask: AskState): Deadline {
  const built = build(rules, state, {
    key: askKey(ask),
    step: STEP_OF[ask.kind],
    owner: ask.person,
    baseAt: ask.kind === 'duty_ack' && ask.standInFor === null ? state.receivedAt : ask.askedAt,
    metAt: ask.answeredAt,
  });
  return ask.stoodDownAt !== null && ask.answer === null ? { ...built, status: 'void', nextAt: null, why: '已解除集结' } : built;
}

/** Deadline key of an ask. */
export function askKey(ask: Pick<AskState, 'id' | 'kind'>): string {
  return `${STEP_OF[ask.kind]}:${ask.id}`;
}

interface Obligation {
  readonly key: string;
  readonly step: string;
  readonly owner: string;
  readonly baseAt: Instant;
  readonly metAt: Instant | null;
}

function build(rules: Rulebook, state: IncidentState, o: Obligation): Deadline {
  const { dueAt, why } = dueOf(rules, state, o);
  const stage = state.rings[o.key] ?? 0;
  const status: DeadlineStatus = o.metAt === null ? 'open' : o.metAt < dueAt ? 'met' : 'missed';
  const nextAt = status === 'open' ? (ringMoments(rules, o.baseAt, dueAt)[stage] ?? null) : null;
  return {
    key: o.key,
    kind: o.step,
    owner: o.owner,
    baseAt: o.baseAt,
    dueAt,
    nextAt,
    stage,
    status,
    basis: stepOf(rules, o.step).basis,
    why,
  };
}

/** Due by the level in force at the start; each later change of level may only bring it nearer: min(old, change + new minutes). */
function dueOf(rules: Rulebook, state: IncidentState, o: Obligation): { dueAt: Instant; why: string } {
  const before = state.levels.filter((l) => l.at <= o.baseAt).at(-1)?.rank ?? null;
  let dueAt = o.baseAt + minutesOf(rules, o.step, before) * MINUTE;
  let why = '';
  for (const change of state.levels) {
    if (change.at <= o.baseAt || change.at >= (o.metAt ?? dueAt)) continue;
    const recounted = change.at + minutesOf(rules, o.step, change.rank) * MINUTE;
    if (recounted < dueAt) [dueAt, why] = [recounted, '改级重计'];
  }
  return { dueAt, why };
}

/** Moments of all rings: the ladder within the term, then one each further term. */
function ringMoments(rules: Rulebook, baseAt: Instant, dueAt: Instant): readonly Instant[] {
  const term = dueAt - baseAt;
  const within = rules.profile.ladder.map((rung) => baseAt + Math.round((term * rung.at) / 100));
  const over = rules.profile.overtime.map((_, i) => dueAt + term * (i + 1));
  return [...within, ...over];
}

export interface RingHeard {
  readonly stage: number;
  readonly percent: number;
  readonly actions: readonly LadderAction[];
}

/**
 * What is to be heard of an open deadline at `now`; null when nothing. Rings slept through (the program was down) are heard as one:
 * counted and named by the gravest, with the actions of all, each once, so that nobody's stand-in is forgotten.
 */
export function ringHeard(rules: Rulebook, deadline: Deadline, now: Instant): RingHeard | null {
  if (deadline.status !== 'open' || deadline.nextAt === null || deadline.nextAt > now) return null;
  const passed = ringMoments(rules, deadline.baseAt, deadline.dueAt).filter((at) => at <= now).length;
  const { ladder, overtime } = rules.profile;
  const actions = [...ladder, ...overtime].slice(deadline.stage, passed).flatMap((rung) => rung.do);
  return { stage: passed, percent: ladder[passed - 1]?.at ?? 100 * (passed - ladder.length + 1), actions: [...new Set(actions)] };
}
