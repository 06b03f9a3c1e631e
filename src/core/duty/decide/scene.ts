/** What the rules of a shift share: what they may answer, who says it, who is told. */
import { dutyRooms, keeping, unique } from '../../incident/audience';
import { type Concerned, mayAs } from '../../incident/authority';
import type { Envelope } from '../../incident/commands';
import type { Scene } from '../../incident/decide/scene';
import type { Audience, Done } from '../../incident/events';
import type { Confirm, Refusal } from '../../incident/refusal';
import type { Instant } from '../../instant';
import type { PersonId, RoomId, Roster } from '../../roster/roster';
import type { DutyCommand } from '../commands';
import type { DutyAsked, DutyEvent } from '../events';
import type { DutyState } from '../state';
import { timingOf } from '../times';

export type { Scene };
/** Events, a refusal that teaches, or a question; nothing else comes of a command. */
export type DutyDecision = { readonly is: 'events'; readonly events: readonly DutyEvent[] } | Refusal | Confirm;

/** A command whose speaker the roster knows. */
export interface Said<C extends DutyCommand = DutyCommand> {
  readonly command: C;
  readonly by: PersonId;
  readonly room: RoomId | null;
  readonly conversation: string;
  readonly at: Instant;
  readonly seed: string;
}

/** Decides one kind of command of a person on a shift that is not closed. Pure. */
export type Rule<C extends DutyCommand> = (scene: Scene, state: DutyState, said: Said<C>) => DutyDecision;

/** Accepted with these events; none only for rings nobody owes. */
export function happened(...events: readonly DutyEvent[]): DutyDecision {
  return { is: 'events', events };
}

/** The common part of an act's event. */
export function done({ by, conversation }: Pick<Said, 'by' | 'conversation'>): Done {
  return { v: 1, by, conversation };
}

/** No county and no stand-in of an incident: powers in the duty room hang on the roster alone. */
export const NO_MATTER: Concerned = { county: null, standIn: null };

/** Who may do what the duty leader and the emergency office do; the director always may. */
export function inCharge(scene: Scene, at: Instant): readonly PersonId[] {
  return mayAs(scene, ['duty_leader', 'emergency_office'], NO_MATTER, at);
}

/** The duty room and the leader on duty, and these people beside them; not the one who said it. */
export function toldBeside(
  { roster }: Scene,
  { by, room, at }: Pick<Said, 'by' | 'room' | 'at'>,
  people: readonly PersonId[] = [],
): Audience {
  return {
    rooms: dutyRooms(roster).filter((id) => id !== room),
    people: unique([...keeping(roster, 'duty_leader', at), ...people]).filter((id) => id !== by),
  };
}

/** Roles of the roster by which a person keeps duty. */
export function mayFill(roster: Roster, person: PersonId, role: string): boolean {
  return roster.grants.some((grant) => grant.person === person && grant.role === role);
}

/** Where the duty room is asked. */
export function dutyRoom({ roster }: Scene): RoomId | null {
  return dutyRooms(roster)[0] ?? null;
}

/** The said command as an envelope's parts. */
export function saidIn<C extends DutyCommand>({ actor, at, seed }: Envelope<DutyCommand>, by: PersonId, command: C): Said<C> {
  return { command, by, room: actor.room, conversation: actor.conversation, at, seed };
}

/** The ask to be there; none where the profile gives no term for it. */
export function askedToSignIn(scene: Scene, { at, seed }: Pick<Said, 'at' | 'seed'>, person: PersonId): readonly DutyAsked[] {
  const timing = timingOf(scene.rules, 'sign_in');
  if (timing === null) return [];
  return [
    { id: `${seed}-in-${person}`, kind: 'sign_in', person, room: dutyRoom(scene), dueAt: at + timing.term, standInFor: null, swap: null },
  ];
}
