/** Answers that belong to no incident event: refusals, questions, choices, help; stored as data, worded at sending. */
import type { DutyNow, ShownLog } from '../core/duty/shown';
import type { TextRef } from '../core/incident/events';
import type { Confirm, Refusal } from '../core/incident/refusal';
import type { Instant } from '../core/instant';
import type { UnderWay } from '../core/notices/compose/duty/view';
import type { PersonId } from '../core/roster/roster';
import type { StreamKind } from '../ports/streams';

export interface ListedIncident {
  readonly n: number;
  readonly county: string | null;
  readonly level: string | null;
}

/** Entries of the registers that are kept, the next to be checked first; their words by reference. */
export interface ShownRegisters {
  readonly is: 'registers';
  readonly entries: readonly {
    readonly n: number;
    readonly kindZh: string;
    readonly title: TextRef;
    readonly owner: PersonId;
    readonly dueAt: Instant | null;
    readonly short: boolean;
  }[];
}

export type Reply =
  | Refusal
  /** `of`: the kind of stream whose number it is; where it is missing, an incident. */
  | ({ readonly code: string; readonly n: number; readonly of?: StreamKind } & Confirm)
  /** `prompt`: what waits for the answer, so that a button answers this question and no later one; absent when nothing waits. */
  | { readonly is: 'choice'; readonly incidents: readonly ListedIncident[]; readonly prompt?: string }
  | { readonly is: 'list'; readonly incidents: readonly ListedIncident[] }
  /** `line`: what was typed, with the nearest verb in it. */
  | { readonly is: 'unknown_verb'; readonly nearest: readonly string[]; readonly line?: string }
  | { readonly is: 'overview'; readonly incidents: readonly UnderWay[] }
  | { readonly is: 'help'; readonly verbs: readonly string[] }
  /** What works here now; about which incidents. */
  | { readonly is: 'help_here'; readonly incidents: readonly number[]; readonly verbs: readonly string[] }
  /** One verb; `now`: why it does not work, null where it does. */
  | { readonly is: 'help_verb'; readonly verb: string; readonly now: string | null }
  | DutyNow
  | ShownLog
  | ShownRegisters
  /** One question of several; `why`: what was wrong with the answer before. */
  | {
      readonly is: 'asked';
      readonly n: number | null;
      readonly title: string;
      readonly step: number;
      readonly of: number;
      readonly ask: string;
      readonly optional: boolean;
      readonly why: string | null;
    }
  /** The questions are over; `kept`: what was told before stands. */
  | { readonly is: 'left'; readonly n: number | null; readonly kept: boolean }
  /** Too many messages within a minute, of one person or in one room; said once a minute. */
  | { readonly is: 'limited'; readonly of: 'person' | 'room'; readonly most: number }
  | { readonly is: 'greeting' }
  | { readonly is: 'stopped' };

/** A reply of one kind. */
export type Shown<K extends Reply['is']> = Extract<Reply, { readonly is: K }>;

/** Minutes a confirmation code is good for (interfaces.md section 4). */
export const CODE_MINUTES = 5;
/** Minutes in which an answer to one of several questions is awaited. */
export const ASKING_MINUTES = 10;
