/** What can have happened to one entry of the standing registers; its kind is data of the profile, what it rests on is data of the pack. */
import type { Audience, Done, Rang, TextRef } from '../incident/events';
import type { Instant } from '../instant';
import type { PersonId } from '../roster/roster';

/** How much there is of something, and the least there should be. */
export interface Amount {
  readonly value: number;
  readonly minimum: number | null;
  readonly unit: string;
}

type Act = Done & { readonly told: Audience };

/** Everything an entry is folded from. */
export type RegisterEvent =
  | (Act & {
      readonly type: 'ItemEntered';
      readonly n: number;
      readonly kind: string;
      /** Entry of the pack it rests on, e.g. one of its safeguards. */
      readonly about: string | null;
      readonly title: TextRef;
      readonly owner: PersonId;
      readonly county: string | null;
      readonly amount: Amount | null;
      /** Incident it comes from, e.g. for what a review wants improved. */
      readonly incident: number | null;
      readonly nextAt: Instant;
    })
  /** `short`: less than the minimum was found. */
  | (Act & {
      readonly type: 'ItemChecked';
      readonly inOrder: boolean;
      readonly short: boolean;
      readonly amount: number | null;
      readonly text: TextRef | null;
      readonly nextAt: Instant;
    })
  /** Null stays as it was. */
  | (Act & {
      readonly type: 'ItemChanged';
      readonly title: TextRef | null;
      readonly owner: PersonId | null;
      readonly amount: Amount | null;
      readonly nextAt: Instant | null;
      readonly reason: TextRef;
    })
  | (Act & { readonly type: 'ItemClosed'; readonly reason: TextRef })
  | Rang;

/** The event of one type. */
export type RegisterEventOf<T extends RegisterEvent['type']> = Extract<RegisterEvent, { type: T }>;
