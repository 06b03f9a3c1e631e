/** What people and clocks can want of an entry of the registers. */
import type { Envelope } from '../incident/commands';
import type { TextRef } from '../incident/events';
import type { Instant } from '../instant';
import type { PersonId } from '../roster/roster';
import type { Amount } from './events';

/** Everything that can be wanted of one entry. */
export type RegisterCommand =
  | {
      readonly type: 'EnterItem';
      readonly n: number;
      readonly kind: string;
      readonly about: string | null;
      readonly title: TextRef | null;
      readonly owner: PersonId;
      readonly county: string | null;
      readonly amount: Amount | null;
      readonly incident: number | null;
      /** Null takes the interval of its kind. */
      readonly nextAt: Instant | null;
    }
  | {
      readonly type: 'CheckItem';
      readonly inOrder: boolean;
      readonly amount: number | null;
      /** What was found; for a late check why it is late. */
      readonly text: TextRef | null;
      readonly nextAt: Instant | null;
    }
  | {
      readonly type: 'ChangeItem';
      readonly title: TextRef | null;
      readonly owner: PersonId | null;
      readonly amount: Amount | null;
      readonly nextAt: Instant | null;
      readonly reason: TextRef | null;
    }
  | { readonly type: 'CloseItem'; readonly reason: TextRef | null; readonly confirmed: boolean }
  | { readonly type: 'RingDeadlines'; readonly keys: readonly string[] };

/** The command of one type. */
export type RegisterCommandOf<T extends RegisterCommand['type']> = Extract<RegisterCommand, { type: T }>;
/** A command with who said it and when. */
export type RegisterEnvelope = Envelope<RegisterCommand>;
