/** What the tests of the standing registers are told with: one entry lived step by step, one command and its answer. */
import type { Deadline } from '../../../src/core/deadlines/deadline';
import type { Scene } from '../../../src/core/incident/decide/scene';
import type { Recorded } from '../../../src/core/incident/events';
import type { Confirm, Refusal } from '../../../src/core/incident/refusal';
import type { Instant } from '../../../src/core/instant';
import type { Intent } from '../../../src/core/notices/intent';
import type { RegisterCommand, RegisterCommandOf } from '../../../src/core/register/commands';
import { deadlines } from '../../../src/core/register/deadlines';
import { decide } from '../../../src/core/register/decide';
import type { RegisterDecision } from '../../../src/core/register/decide/scene';
import type { RegisterEvent } from '../../../src/core/register/events';
import { evolve } from '../../../src/core/register/evolve';
import { notices } from '../../../src/core/register/notices';
import type { RegisterState } from '../../../src/core/register/state';
import { clock, NETWORK, ROSTER, RULES, words } from '../builders';

export { clock, NETWORK, ROSTER, RULES, words };

/** 9 o'clock of a day of 2026. */
export const on = (date: string, time = '09:00'): Instant => clock(`2026-${date}T${time}:00+08:00`);

type Entering = RegisterCommandOf<'EnterItem'>;

/** 防护服 of the emergency stock, looked after by 后勤组 log1. */
export const enter = (some: Partial<Entering> = {}): Entering => ({
  type: 'EnterItem',
  n: 5,
  kind: 'material',
  about: 'supplies',
  title: words('防护服'),
  owner: 'log1',
  county: null,
  amount: { value: 50, minimum: 30, unit: '套' },
  incident: null,
  nextAt: null,
  ...some,
});
export const check = (some: Partial<RegisterCommandOf<'CheckItem'>> = {}): RegisterCommand => ({
  ...{ type: 'CheckItem', inOrder: true, amount: null, text: null, nextAt: null },
  ...some,
});
export const change = (some: Partial<RegisterCommandOf<'ChangeItem'>> = {}): RegisterCommand => ({
  ...{ type: 'ChangeItem', title: null, owner: null, amount: null, nextAt: null },
  reason: words('理由'),
  ...some,
});
export const close = (some: Partial<RegisterCommandOf<'CloseItem'>> = {}): RegisterCommand => ({
  ...{ type: 'CloseItem', confirmed: true },
  reason: words('用完'),
  ...some,
});

export interface Kept {
  readonly history: readonly Recorded<RegisterEvent>[];
  readonly state: RegisterState;
  when(who: string | null, command: RegisterCommand, at: Instant): RegisterDecision;
  after(who: string | null, command: RegisterCommand, at: Instant): Kept;
  rows(): readonly Deadline[];
  rung(at: Instant): Kept;
  owed(): readonly Intent[];
  under(scene: Scene): Kept;
}

/** An entry of 11 March by the emergency office, or nothing yet. */
export function item(some: Partial<Entering> = {}, scene: Scene = { rules: RULES, roster: ROSTER }): Kept {
  return nothing(scene).after('office1', enter(some), on('03-11'));
}

export function nothing(scene: Scene = { rules: RULES, roster: ROSTER }): Kept {
  return kept(scene, []);
}

function kept(scene: Scene, history: readonly Recorded<RegisterEvent>[]): Kept {
  const state = history.reduce<RegisterState | null>((s, r) => evolve(s, r), null);
  const now = (): RegisterState => {
    if (state === null) throw new Error('nothing was entered');
    return state;
  };
  const when: Kept['when'] = (who, command, at) =>
    decide(scene, state, { command, actor: { person: who, room: null, conversation: `chat-${who}` }, at, seed: 'seed' });
  const rows = (): readonly Deadline[] => deadlines(scene.rules, now());
  const after: Kept['after'] = (who, command, at) => {
    const decision = when(who, command, at);
    if (decision.is !== 'events') throw new Error(`expected events, was told ${JSON.stringify(decision)}`);
    return kept(scene, [...history, ...decision.events.map((event, i) => ({ version: history.length + 1 + i, at, event }))]);
  };
  return {
    history,
    get state() {
      return now();
    },
    when,
    after,
    rows,
    rung: (at) => {
      const keys = rows().flatMap(({ key, nextAt }) => (nextAt !== null && nextAt <= at ? [key] : []));
      return after(null, { type: 'RingDeadlines', keys }, at);
    },
    under: (changed) => kept(changed, history),
    owed: () => history.slice(-1).flatMap((r) => notices(r)),
  };
}

export function refusal(decision: RegisterDecision): Refusal {
  if (decision.is !== 'refusal') throw new Error(`expected a refusal, got ${JSON.stringify(decision)}`);
  return decision;
}

export function question(decision: RegisterDecision): Confirm {
  if (decision.is !== 'confirm') throw new Error(`expected a question, got ${JSON.stringify(decision)}`);
  return decision;
}
