/** What people ask the duty room to show: who is on duty, and the log of a shift. */
import type { TextRef } from '../incident/events';
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

/** One line of a log: an entry by hand with its number, what somebody did in an incident, or with the shift itself. */
export type ShownEntry = { readonly at: Instant; readonly by: PersonId } & (
  | { readonly entry: number; readonly text: TextRef; readonly incident: number | null; readonly corrects: number | null }
  | { readonly incident: number; readonly did: string }
  | { readonly duty: string }
);

/** 值班日志 of one shift, oldest first. */
export interface ShownLog {
  readonly is: 'duty_log';
  readonly n: number;
  readonly from: Instant;
  readonly until: Instant | null;
  readonly seats: readonly Seat[];
  readonly entries: readonly ShownEntry[];
}

/** An event of a person, as its stream has it: by its type alone. */
export interface ActOf {
  readonly type: string;
  readonly at: Instant;
  readonly actor: PersonId | null;
}

/**
 * Entries by hand, acts in incidents and acts on the shift, in one order. The streams' own events are the record and nothing is copied
 * from them: a copy would make every act in every incident wait for the one row of the shift.
 */
export function shownLog(state: DutyState, own: readonly ActOf[], acts: readonly (ActOf & { readonly n: number })[]): ShownLog {
  const { n, openedAt, closed, seats, log } = state;
  const entries: ShownEntry[] = [
    ...log.map(({ at, by, version, text, incident, corrects }) => ({ at, by, entry: version, text, incident, corrects })),
    ...own.flatMap(({ type, at, actor }) => (actor === null || type === 'LogWritten' ? [] : [{ at, by: actor, duty: type }])),
    ...acts.flatMap(({ n: incident, type, at, actor }) => (actor === null ? [] : [{ at, by: actor, incident, did: type }])),
  ];
  return { is: 'duty_log', n, from: openedAt, until: closed?.at ?? null, seats, entries: entries.sort((a, b) => a.at - b.at) };
}
