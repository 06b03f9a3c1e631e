/** What the rules of levels share: naming a level, its status, and whom another level calls or stands down. */

import type { PlanLevel } from '../../plans/packSchema';
import { levelOf, type Rulebook } from '../../plans/rulebook';
import type { PersonId, RoomId } from '../../roster/roster';
import { newlyCalled, unique, wantedCalls, withIds } from '../audience';
import type { Envelope } from '../commands';
import type { Asked, LevelStatus } from '../events';
import { type Refusal, refuse } from '../refusal';
import { type AskState, hasEnded, type IncidentState } from '../state';
import type { Scene } from './scene';

/** The level a command names. Refuses `no_levels` in a level-free plan and `no_such_level`. */
export function wantedLevel(rules: Rulebook, rank: number): { readonly is: 'level'; readonly level: PlanLevel } | Refusal {
  if (rules.pack.level_scheme === 'none') return refuse('no_levels', '本预案不分级。', '');
  const level = levelOf(rules, rank);
  if (level === null) return refuse('no_such_level', '本预案没有这个级别。', `可用级别：${signs(rules)}`);
  return { is: 'level', level };
}

/** All level signs of the pack, gravest first. */
export function signs(rules: Rulebook): string {
  return rules.pack.levels.map((l) => l.sign).join('、');
}

/** What a level set by this office is: proposed where a higher organ has to confirm it. */
export function statusBy({ set }: PlanLevel): LevelStatus {
  return set.status === 'proposed' ? 'proposed' : 'confirmed_by_us';
}

/** People newly called at a level and asks withdrawn from those it no longer calls; nobody before activation and after the end. */
export interface Recall {
  readonly asked: readonly Asked[];
  readonly stoodDown: readonly string[];
  readonly stoodDownIn: readonly RoomId[];
}

export function recallAt({ rules, roster }: Scene, state: IncidentState, { seed }: Envelope, rank: number): Recall {
  if (state.activated === null || hasEnded(state)) return { asked: [], stoodDown: [], stoodDownIn: [] };
  const calls = wantedCalls(rules, roster, state, rank);
  const dismissed = noLongerCalled(state, calls);
  return {
    asked: withIds(seed, newlyCalled(state, calls)),
    stoodDown: dismissed.map((a) => a.id),
    stoodDownIn: unique(dismissed.flatMap((a) => a.room ?? [])),
  };
}

/** Everybody a change of level is told to by an @: newly called or stood down (decisions.md section 4). */
export function pagesOf(state: IncidentState, { asked, stoodDown }: Recall): readonly PersonId[] {
  return unique([...asked.map((a) => a.person), ...stoodDown.flatMap((id) => state.asks[id]?.person ?? [])]);
}

/** Members of groups whom the new level does not call, whether they have answered or not; the county stays with its incident. */
function noLongerCalled(state: IncidentState, calls: readonly { readonly person: PersonId }[]): readonly AskState[] {
  const still = new Set(calls.map((c) => c.person));
  return Object.values(state.asks).filter(
    (a) => a.kind === 'call_out' && a.group !== null && a.stoodDownAt === null && !still.has(a.standInFor ?? a.person),
  );
}
