/** One work record of an incident: a scheme, a liaison, a piece of evidence and the like, as it was opened and what was entered since. */
import type { Instant } from '../../instant';
import type { RecordKind } from '../../plans/schema/records';
import type { PersonId, RoomId } from '../../roster/roster';
import type { TextRef } from '../events/common';
import type { MoveId, Stage } from './kinds';

/** Whom it goes to: somebody of the roster, an outside or inside party of the pack, or a county bureau. */
export interface RecordTo {
  readonly kind: 'person' | 'party' | 'county';
  readonly id: string;
}

/** So many of what, e.g. 10 顶. */
export interface Amount {
  readonly value: number;
  readonly unit: string;
}

/** One line of a scheme's division of tasks. */
export interface Division {
  readonly owner: PersonId;
  readonly what: TextRef;
  readonly dueAt: Instant;
}

/** What a bulletin tells of the record at its moment, in numbers, since the bulletin before it. */
export interface Bulletin {
  readonly from: Instant;
  readonly asked: number;
  readonly answered: number;
  readonly tasks: number;
  readonly done: number;
  readonly progress: number;
  /** Work records still open. */
  readonly open: number;
  /** The last word of each group that reported anything. */
  readonly groups: readonly { readonly group: string; readonly text: TextRef }[];
}

/** Everything a kind may need beside its words; what it does not need is null or empty. */
export interface RecordDetails {
  readonly parts: Readonly<Record<string, TextRef>>;
  /** Id of the record this one belongs to. */
  readonly about: string | null;
  /** The term that was told; null: the plan's. */
  readonly dueAt: Instant | null;
  /** Milliseconds from one entry to the next. */
  readonly every: number | null;
  readonly amount: Amount | null;
  /** When it was taken, sent or received. */
  readonly takenAt: Instant | null;
  /** SHA-256 of a file, as somebody told it. */
  readonly hash: string | null;
  readonly incoming: boolean;
  readonly division: readonly Division[];
}

/** One step that was taken. */
export interface RecordEntry {
  readonly version: number;
  readonly at: Instant;
  readonly by: PersonId;
  readonly move: MoveId;
  readonly words: TextRef | null;
  readonly amount: Amount | null;
  readonly doneAt: Instant | null;
  readonly lateReason: TextRef | null;
  readonly about: string | null;
}

/** The stretch an entry is waited for, and the one before it. */
export interface Period {
  readonly n: number;
  readonly from: Instant;
  readonly before: { readonly from: Instant; readonly doneAt: Instant } | null;
}

/** A record as it stands. */
export interface WorkRecord extends RecordDetails {
  readonly id: string;
  readonly kind: RecordKind;
  /** Short number among those of its kind, from 1 without gaps. */
  readonly n: number;
  readonly version: number;
  readonly openedAt: Instant;
  readonly by: PersonId;
  /** Where it was opened. */
  readonly room: RoomId | null;
  /** Who owes what comes next. */
  readonly owner: PersonId;
  readonly to: RecordTo | null;
  readonly words: TextRef | null;
  readonly figures: Bulletin | null;
  readonly stage: Stage;
  readonly settledAt: Instant | null;
  /** The newest ones, oldest first. */
  readonly entries: readonly RecordEntry[];
  readonly given: number;
  readonly returned: number;
  readonly period: Period;
}
