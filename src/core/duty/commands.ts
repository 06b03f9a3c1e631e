/** What people and clocks can want of a shift: imperative, with the moment and all ids it may need. */
import type { Envelope } from '../incident/commands';
import type { TextRef } from '../incident/events';
import type { Instant } from '../instant';
import type { PersonId, Shift } from '../roster/roster';
import type { Allowance, DutyEventOf, Left, Obligation } from './events';

interface Reasoned {
  readonly reason: TextRef | null;
}
/** Acts that ask before they are done carry whether they were confirmed. */
interface Confirmable {
  readonly confirmed: boolean;
}
/** Everything open in running incidents, looked up in the same transaction. */
interface Owing {
  readonly obligations: readonly Obligation[];
}

/** Everything that can be wanted of one shift; each is refused, asked back or becomes events of `DutyEvent`. */
export type DutyCommand =
  /** Once, before anybody opens a shift. */
  | { readonly type: 'OpenDesk'; readonly n: number }
  /** The first shift of all is opened from the roster; every later one with what the shift before left. */
  | { readonly type: 'OpenShift'; readonly n: number; readonly left: Left | null }
  | { readonly type: 'SignIn' }
  | { readonly type: 'WriteLog'; readonly text: TextRef | null; readonly incident: number | null; readonly corrects: number | null }
  /** 换班; `mine` and `theirs` are starts of shifts on the roster. */
  | ({ readonly type: 'ProposeSwap'; readonly mine: Instant; readonly other: PersonId; readonly theirs: Instant | null } & Reasoned)
  /** The other's consent first, then the duty leader's. */
  | ({ readonly type: 'AnswerSwap'; readonly id: string; readonly agrees: boolean } & Reasoned)
  | { readonly type: 'WithdrawSwap'; readonly id: string }
  /** 顶班 */
  | ({ readonly type: 'StandInOnDuty'; readonly absent: PersonId; readonly person: PersonId } & Reasoned)
  | ({
      readonly type: 'PrepareHandover';
      readonly documents: TextRef | null;
      readonly equipment: TextRef | null;
      readonly notes: TextRef | null;
    } & Owing)
  | ({ readonly type: 'HandOver' } & Owing & Confirmable)
  | ({ readonly type: 'TakeOver' } & Owing & Confirmable)
  | ({ readonly type: 'RefuseTakeOver' } & Reasoned)
  | ({ readonly type: 'StartSpecialPeriod'; readonly title: TextRef | null; readonly until: Instant | null } & Confirmable)
  | ({ readonly type: 'EndSpecialPeriod' } & Reasoned & Confirmable)
  /** 零报告; `county` null is the office's own upward, `text` null says that nothing happened. */
  | ({
      readonly type: 'ReportZero';
      readonly county: string | null;
      readonly text: TextRef | null;
      readonly lateReason: TextRef | null;
    } & Confirmable)
  /** 查岗 */
  | { readonly type: 'CallRoll' }
  | { readonly type: 'AnswerRoll' }
  /** What a platform charges by the month is running out, as its adapter counted it. */
  | ({ readonly type: 'NoteAllowance' } & Allowance)
  /** A month read without faults, by whoever has the API's token. */
  | {
      readonly type: 'ImportRoster';
      readonly month: string;
      readonly source: string;
      readonly shifts: readonly Shift[];
      readonly changeAt: number;
    }
  | { readonly type: 'RingDeadlines'; readonly keys: readonly string[] };

/** The command of one type. */
export type DutyCommandOf<T extends DutyCommand['type']> = Extract<DutyCommand, { type: T }>;
/** A command with who said it, when, and the seed of its ids. */
export type DutyEnvelope = Envelope<DutyCommand>;

/** The command that opens the next shift, given to its own stream in the transaction of the take-over. */
export function openingAfter({ left }: DutyEventOf<'TakenOver'>, n: number): DutyCommandOf<'OpenShift'> {
  return { type: 'OpenShift', n, left };
}
