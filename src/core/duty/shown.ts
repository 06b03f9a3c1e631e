/** What people ask the duty room to show: who is on duty, and the log of a shift. */
import type { IncidentEvent, TextRef } from '../incident/events';
import type { Instant } from '../instant';
import type { PersonId, Roster } from '../roster/roster';
import type { Seat } from './events';
import { relievedAt, seatsAt } from './shifts';
import { type DutyState, specialNow } from './state';

/** 值班: who is on duty in one step (procedure section 11), and who comes next. */
export interface DutyNow {
  readonly is: 'on_duty';
  /** Number of the shift that stands; null where none was opened: then the roster alone speaks. */
  readonly shift: number | null;
  readonly handedOver: boolean;
  readonly special: boolean;
  readonly seats: readonly (Seat & { readonly signedInAt: Instant | null })[];
  readonly until: Instant | null;
  readonly next: readonly Seat[];
}

/** The shift stands until it is taken over, also past its end; without one, whoever the roster names. */
export function dutyNow(roster: Roster, state: DutyState | null, at: Instant): DutyNow {
  const until = state === null ? relievedAt(roster, at) : state.until;
  const seats = state?.seats ?? seatsAt(roster, at);
  return {
    is: 'on_duty',
    shift: state?.n ?? null,
    handedOver: state?.status === 'handed_over',
    special: state !== null && specialNow(state, at) !== null,
    seats: seats.map((seat) => ({ ...seat, signedInAt: state?.signedIn[seat.person] ?? null })),
    until,
    next: state?.sheet?.to ?? (until === null ? [] : seatsAt(roster, Math.max(until, at))),
  };
}

/** One line of a log: by hand with its number, or what somebody did in an incident. */
export type ShownEntry =
  | {
      readonly at: Instant;
      readonly by: PersonId;
      readonly entry: number;
      readonly text: TextRef;
      readonly incident: number | null;
      readonly corrects: number | null;
    }
  | { readonly at: Instant; readonly by: PersonId; readonly incident: number; readonly did: IncidentEvent['type'] }
  | { readonly at: Instant; readonly by: PersonId; readonly duty: DutyDone };

/** What was done with the shift itself. */
export type DutyDone = 'signed_in' | 'handed_over' | 'taken_over';

/** 值班日志 of one shift, oldest first. */
export interface ShownLog {
  readonly is: 'duty_log';
  readonly n: number;
  readonly from: Instant;
  readonly until: Instant | null;
  readonly seats: readonly Seat[];
  readonly entries: readonly ShownEntry[];
}

/** An act in an incident, as its stream has it. */
export interface ActOf {
  readonly n: number;
  readonly type: string;
  readonly at: Instant;
  readonly actor: PersonId;
}

/** Entries by hand and acts in incidents in one order; the incidents' own events are the record, nothing is copied from them. */
export function shownLog(state: DutyState, acts: readonly ActOf[]): ShownLog {
  const { n, openedAt, closed, handedOver, seats, signedIn } = state;
  const entries: ShownEntry[] = [
    ...state.log.map(({ at, by, version, text, incident, corrects }) => ({ at, by, entry: version, text, incident, corrects })),
    ...acts.map(({ n: incident, type, at, actor }) => ({ at, by: actor, incident, did: type as IncidentEvent['type'] })),
    ...Object.entries(signedIn).map(([by, at]) => ({ at, by, duty: 'signed_in' as const })),
    ...(handedOver === null ? [] : [{ ...handedOver, duty: 'handed_over' as const }]),
    ...(closed === null ? [] : [{ ...closed, duty: 'taken_over' as const }]),
  ];
  return { is: 'duty_log', n, from: openedAt, until: closed?.at ?? null, seats, entries: entries.sort((a, b) => a.at - b.at) };
}
