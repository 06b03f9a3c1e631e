/** What the rules of the registers share. */
import { unique } from '../../incident/audience';
import { mayAs } from '../../incident/authority';
import type { Scene } from '../../incident/decide/scene';
import type { Audience, Done } from '../../incident/events';
import { type Confirm, type Refusal, refuse } from '../../incident/refusal';
import { afterMinute, type Instant } from '../../instant';
import type { RegisterKind } from '../../plans/profileSchema';
import { holders, type PersonId } from '../../roster/roster';
import type { RegisterCommand } from '../commands';
import type { RegisterEvent } from '../events';
import { groundsOf, latestReview } from '../times';

export type { Scene };
/** Events, a refusal that teaches, or a question. */
export type RegisterDecision = { readonly is: 'events'; readonly events: readonly RegisterEvent[] } | Refusal | Confirm;

/** A command whose speaker the roster knows. */
export interface Said<C extends RegisterCommand = RegisterCommand> {
  readonly command: C;
  readonly by: PersonId;
  readonly conversation: string;
  readonly at: Instant;
}

/** Accepted with these events; none only for rings nobody owes. */
export function happened(...events: readonly RegisterEvent[]): RegisterDecision {
  return { is: 'events', events };
}

/** The common part of an act's event. */
export function done({ by, conversation }: Said): Done {
  return { v: 1, by, conversation };
}

/** Keepers of the registers everywhere, and whom the pack names for what the entry rests on. */
export function mayKeep(scene: Scene, kind: RegisterKind, about: string | null, county: string | null, at: Instant): readonly PersonId[] {
  const ground = groundsOf(scene.rules, kind).find(({ id }) => id === about);
  const roles = ['emergency_office', 'section_in_charge', 'section_head', 'duty_leader', ...(ground?.by ?? [])];
  return mayAs(scene, roles, { county, standIn: null }, at);
}

/** Null for a moment to come, no later than the interval allows; refuses `due_passed`, `review_too_late`. */
export function badReview(scene: Scene, kind: RegisterKind, nextAt: Instant | null, at: Instant): Refusal | null {
  if (nextAt === null) return null;
  if (nextAt <= at) return refuse('due_passed', '所写的下次检查日期已经过去。', '请另写日期');
  if (afterMinute(nextAt, latestReview(scene, kind, at)))
    return refuse('review_too_late', `“${kind.zh}”的下次检查不得晚于规定的间隔。`, '请写更早的日期，或不写日期');
  return null;
}

/** Owner and these people, not the one who said it; rooms are not troubled with registers. */
export function toldTo({ by }: Said, people: readonly PersonId[]): Audience {
  return { rooms: [], people: unique(people).filter((person) => person !== by) };
}

/** The emergency office, keeper of all registers. */
export function office({ roster }: Scene): readonly PersonId[] {
  return holders(roster, 'emergency_office');
}
