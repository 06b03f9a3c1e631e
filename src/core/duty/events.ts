/** What can have happened in one shift of the duty room. Every event names the people asked and told, so nothing has to be guessed later. */

import type { Holiday, YearWanted } from '../calendar/calendar';
import type { Audience, Done, Rang, TextRef } from '../incident/events';
import type { Instant } from '../instant';
import type { LadderPort } from '../plans/profileSchema';
import type { RosterGap } from '../roster/gaps';
import type { Change } from '../roster/month/replace';
import type { PersonId, RoomId, Shift } from '../roster/roster';

/** One place of the shift and who fills it. */
export interface Seat {
  readonly person: PersonId;
  readonly role: Shift['role'];
}

/** 签到, 查岗, 换班: what a named person is asked to answer; each has its term in the profile. */
export type DutyAskKind = 'sign_in' | 'roll_call' | 'swap';

/** One person asked one thing by the duty room. */
export interface DutyAsked {
  readonly id: string;
  readonly kind: DutyAskKind;
  readonly person: PersonId;
  /** Where it is asked besides privately; null where it is nobody else's business. */
  readonly room: RoomId | null;
  readonly dueAt: Instant;
  /** Called because this person did not answer. */
  readonly standInFor: PersonId | null;
  /** The swap it is about. */
  readonly swap: string | null;
}

/** Something owed in any running incident, as the sheet of the hand-over lists it; `people` owe it now. */
export interface Obligation {
  /** Number of the incident. */
  readonly n: number;
  readonly key: string;
  readonly kind: string;
  readonly people: readonly PersonId[];
  readonly dueAt: Instant;
}

/** Who reports for a county in a special period, and where it is asked. */
export interface CountyDesk {
  readonly county: string;
  readonly person: PersonId | null;
  readonly room: RoomId | null;
}

/** A special period 特殊时期: zero reports every day until it is ended or `until` has come. */
export interface Special {
  readonly title: TextRef;
  readonly since: Instant;
  readonly until: Instant | null;
  readonly endedAt: Instant | null;
  readonly desks: readonly CountyDesk[];
}

/** 换班 between two people of one role; approved before the first of both shifts begins (procedure section 11). */
export interface Swap {
  readonly id: string;
  readonly proposer: PersonId;
  readonly other: PersonId;
  readonly role: Shift['role'];
  /** Start of the proposer's shift, and of the one taken in return. */
  readonly mine: Instant;
  readonly theirs: Instant | null;
  readonly reason: TextRef;
  /** `asked`: the other has not answered; `consented`: the duty leader has not. */
  readonly stage: 'asked' | 'consented' | 'approved' | 'refused' | 'withdrawn';
}

/** How a duty of a fixed moment was done. */
export interface DutyDone {
  readonly at: Instant;
  readonly by: PersonId | null;
  readonly text: TextRef | null;
  readonly lateReason: TextRef | null;
}

/** A duty of a fixed moment that the shift before left undone, with the rings it has heard. */
export interface Carried {
  readonly key: string;
  readonly kind: 'zero_report' | 'zero_report_upward' | 'digest';
  readonly owner: string;
  readonly baseAt: Instant;
  readonly dueAt: Instant;
  readonly stage: number;
}

/** What one shift leaves to the next, all that is needed to open it. */
export interface Left {
  readonly shift: number;
  readonly seats: readonly Seat[];
  readonly until: Instant | null;
  readonly special: Special | null;
  readonly carried: readonly Carried[];
  /** Done ahead of its moment, and rings heard of what is still to come, by key. */
  readonly done: Readonly<Record<string, DutyDone>>;
  readonly rings: Readonly<Record<string, number>>;
  /** Swaps nobody has decided yet. */
  readonly swaps: readonly Swap[];
  /** Notes of the calendar and when they were made; missing in shifts closed before there were any. */
  readonly noted?: Readonly<Record<string, Instant>>;
}

/** 交接班单: fixed when it was made; both sides confirm this list and no other. */
export interface HandoverSheet {
  readonly to: readonly Seat[];
  /** End of the shift taken over, null where the roster names none. */
  readonly until: Instant | null;
  readonly obligations: readonly Obligation[];
  /** Keys of the duty room's own open duties. */
  readonly own: readonly string[];
  /** 文件钥匙, 设备故障, 其他: null is written 无. */
  readonly documents: TextRef | null;
  readonly equipment: TextRef | null;
  readonly notes: TextRef | null;
}

type Act = Done & { readonly told: Audience };
type Asking = Act & { readonly asked: readonly DutyAsked[] };

/** A year whose holidays are not known, or a holiday that begins soon, with what the roster lacks for it. */
export type CalendarNote =
  | ({ readonly is: 'year_wanted' } & YearWanted)
  | { readonly is: 'holiday_near'; readonly holiday: Holiday; readonly gaps: readonly RosterGap[] };

/** What of a platform's month is used: of reminders by this port, else of calls of its interface; `platform` as the office named it in its settings. */
export interface Allowance {
  readonly platform: string;
  readonly port?: LadderPort;
  readonly percent: number;
  readonly used: number;
  readonly allowed: number;
}

/** Everything a shift is folded from. */
export type DutyEvent =
  /** The desk before its first shift: digests and notes of the calendar, and nobody is asked anything. */
  | { readonly type: 'DeskOpened'; readonly v: 1; readonly n: number }
  | (Asking & {
      readonly type: 'ShiftOpened';
      readonly n: number;
      readonly until: Instant | null;
      readonly seats: readonly Seat[];
      readonly left: Left | null;
    })
  | (Act & { readonly type: 'SignedIn' })
  /** An entry of the log by hand; `corrects` is the version of the entry it puts right, which stays as it is. */
  | (Act & { readonly type: 'LogWritten'; readonly text: TextRef; readonly incident: number | null; readonly corrects: number | null })
  | (Asking & { readonly type: 'SwapProposed'; readonly swap: Swap })
  | (Asking & { readonly type: 'SwapConsented'; readonly id: string })
  /** The roster changes with this event and with no earlier one. */
  | (Act & { readonly type: 'SwapApproved'; readonly swap: Swap })
  | (Act & { readonly type: 'SwapRefused'; readonly id: string; readonly reason: TextRef | null })
  | (Act & { readonly type: 'SwapWithdrawn'; readonly id: string })
  /** 顶班: from now to the end of the absent one's shift. */
  | (Asking & {
      readonly type: 'OnDutyStoodIn';
      readonly absent: PersonId;
      readonly person: PersonId;
      readonly role: Shift['role'];
      readonly from: Instant;
      readonly reason: TextRef | null;
    })
  | (Act & { readonly type: 'HandoverPrepared'; readonly sheet: HandoverSheet })
  | (Act & { readonly type: 'HandedOver'; readonly to: readonly PersonId[] })
  | (Act & { readonly type: 'TakeOverRefused'; readonly reason: TextRef })
  /** Ends this shift; `left` opens the next one in the same transaction. */
  | (Act & { readonly type: 'TakenOver'; readonly left: Left })
  | (Act & { readonly type: 'SpecialPeriodStarted'; readonly special: Special })
  | (Act & { readonly type: 'SpecialPeriodEnded'; readonly reason: TextRef })
  /** `county` null is the office's own report upward; `silent` are counties that had not reported by then. */
  | (Act & {
      readonly type: 'ZeroReported';
      readonly county: string | null;
      readonly key: string;
      readonly text: TextRef | null;
      readonly lateReason: TextRef | null;
      readonly silent: readonly string[];
    })
  | (Asking & { readonly type: 'RollCalled' })
  | (Act & { readonly type: 'RollAnswered'; readonly asks: readonly string[] })
  /** Fixed hour of the leaders' digest; several slept through are one. `always`: also when there is nothing to tell. */
  | {
      readonly type: 'DigestDue';
      readonly v: 1;
      readonly keys: readonly string[];
      readonly to: readonly PersonId[];
      readonly always: boolean;
    }
  /** A month of the roster from a sheet; `source` is the digest of its cells. The rows change with this event. */
  | {
      readonly type: 'RosterImported';
      readonly v: 1;
      readonly month: string;
      readonly source: string;
      readonly from: Instant;
      readonly until: Instant;
      readonly shifts: readonly Shift[];
      readonly changes: readonly Change[];
      readonly told: Audience;
    }
  /** Once for each share that was passed. */
  | ({ readonly type: 'AllowanceNoted'; readonly v: 1; readonly told: Audience } & Allowance)
  /** Looked at with the first digest of a day. */
  | { readonly type: 'CalendarNoted'; readonly v: 1; readonly notes: readonly CalendarNote[]; readonly told: Audience }
  | (Rang & {
      readonly asked: readonly DutyAsked[];
      readonly unfilled?: readonly PersonId[];
      /** Counties whose zero report was missing at its moment. */
      readonly silent: readonly string[];
    });

/** The event of one type. */
export type DutyEventOf<T extends DutyEvent['type']> = Extract<DutyEvent, { type: T }>;
