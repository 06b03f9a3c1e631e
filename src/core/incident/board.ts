/** The roll-call board 点名册: everybody called, who has answered what after how many minutes, who is on the scene. A view, always as of now. */
import { type Instant, MINUTE } from '../instant';
import type { PersonId, RoomId } from '../roster/roster';
import type { AskKind } from './events';
import type { AskState, IncidentState } from './state';

export interface BoardRow {
  readonly ask: string;
  readonly person: PersonId;
  readonly kind: AskKind;
  readonly group: string | null;
  readonly room: RoomId | null;
  readonly standInFor: PersonId | null;
  readonly askedAt: Instant;
  readonly standing: 'waiting' | 'acknowledged' | 'cannot_come' | 'stood_down';
  readonly answeredAt: Instant | null;
  /** Whole minutes from the call to the answer; null while there is none. */
  readonly answerMinutes: number | null;
  /** When this person said he was on the scene, after this call. */
  readonly arrivedAt: Instant | null;
  readonly arrivalMinutes: number | null;
}

/** Calls stand on the board; tasks, directives and papers have lists of their own. */
const CALLS: readonly AskKind[] = ['duty_ack', 'prior_handling', 'call_out'];

/** One row a call, in the order they were made. Pure. */
export function boardOf({ asks, arrivals }: IncidentState): readonly BoardRow[] {
  const calls = Object.values(asks).filter((ask) => CALLS.includes(ask.kind));
  return calls
    .sort((a, b) => a.version - b.version || counterOf(a) - counterOf(b))
    .map((ask) => rowOf(ask, arrivals?.[ask.person] ?? null));
}

function rowOf(ask: AskState, arrival: Instant | null): BoardRow {
  const { id, person, kind, group, room, standInFor, askedAt, answeredAt } = ask;
  const arrivedAt = arrival !== null && arrival >= askedAt ? arrival : null;
  return {
    ...{ ask: id, person, kind, group, room, standInFor, askedAt, standing: standingOf(ask), answeredAt },
    answerMinutes: minutesFrom(askedAt, answeredAt),
    arrivedAt,
    arrivalMinutes: minutesFrom(askedAt, arrivedAt),
  };
}

function standingOf({ answer, stoodDownAt }: AskState): BoardRow['standing'] {
  return stoodDownAt !== null ? 'stood_down' : (answer ?? 'waiting');
}

function minutesFrom(from: Instant, to: Instant | null): number | null {
  return to === null ? null : Math.floor((to - from) / MINUTE);
}

/** Calls of one event are told apart by the counter at the end of their ids. */
function counterOf({ id }: AskState): number {
  return Number(/\d+$/.exec(id)?.[0] ?? 0);
}
