/** What the server tells of roster, duty room, figures and long work, and the names that only these pages need. */
import { onScopeDispose } from 'vue';

export type DutyRole = 'duty_officer' | 'duty_leader';

export interface Kept {
  readonly person: string;
  readonly role: DutyRole;
  readonly from: string;
  readonly until: string;
  readonly begins: string;
  readonly isPart: boolean;
}

export interface RosterGap {
  readonly day: string;
  readonly role: DutyRole;
  readonly holiday: string | null;
  readonly has: number;
  readonly needs: number;
}

export interface DayShown {
  readonly day: string;
  readonly kind: 'workday' | 'worked_weekend' | 'weekend' | 'holiday';
  readonly holiday: string | null;
  readonly kept: readonly Kept[];
  readonly gaps: readonly RosterGap[];
}

export interface MonthShown {
  readonly month: string;
  readonly today: string;
  readonly changeAt: number;
  readonly able: Readonly<Record<DutyRole, readonly string[]>>;
  readonly days: readonly DayShown[];
}

export interface Obligation {
  readonly n: number;
  readonly key: string;
  readonly kind: string;
  readonly people: readonly string[];
  readonly dueAt: string;
}

export interface Swap {
  readonly id: string;
  readonly number: number | null;
  readonly proposer: string;
  readonly other: string;
  readonly role: DutyRole;
  readonly mine: string;
  readonly theirs: string | null;
  readonly reason: string | null;
  readonly stage: 'asked' | 'consented' | 'approved' | 'refused' | 'withdrawn';
  readonly waitsFor: readonly string[];
}

export interface Seat {
  readonly person: string;
  readonly role: DutyRole;
}

export interface Duty {
  readonly at: string;
  readonly may: { readonly read: boolean; readonly keepRoster: boolean };
  readonly shift: {
    readonly n: number;
    readonly status: 'unopened' | 'open' | 'handed_over' | 'closed';
    readonly openedAt: string;
    readonly until: string | null;
    readonly special: boolean;
    readonly seats: readonly (Seat & { readonly signedInAt: string | null })[];
    readonly handedOver: { readonly by: string; readonly at: string } | null;
    readonly closed: { readonly by: string; readonly at: string } | null;
  } | null;
  readonly swaps: readonly Swap[];
  readonly sheet: {
    readonly to: readonly Seat[];
    readonly until: string | null;
    readonly own: readonly string[];
    readonly obligations: readonly Obligation[];
    readonly documents: string | null;
    readonly equipment: string | null;
    readonly notes: string | null;
  } | null;
  readonly obligations: readonly Obligation[];
  readonly own: readonly { readonly key: string; readonly kind: string; readonly owner: string; readonly dueAt: string }[];
}

export interface DutyLog {
  readonly n: number;
  readonly from: string;
  readonly until: string | null;
  readonly seats: readonly Seat[];
  readonly entries: readonly {
    readonly at: string;
    readonly by: string;
    readonly entry: number | null;
    readonly text: string | null;
    readonly incident: number | null;
    readonly corrects: number | null;
    readonly did: string | null;
  }[];
}

export interface SheetCell {
  readonly ref: string;
  readonly text: string;
  readonly area: string | null;
  readonly day: string | null;
}

export interface MonthRead {
  readonly is: 'faults' | 'preview' | 'imported' | 'unchanged';
  readonly month: string | null;
  readonly faults: readonly { readonly ref: string; readonly code: string; readonly zh: string }[];
  readonly changes: readonly {
    readonly day: string;
    readonly role: DutyRole;
    readonly before: readonly string[];
    readonly after: readonly string[];
  }[];
  readonly sheet: readonly (readonly (SheetCell | null)[])[];
}

/** Asks again now and then while somebody looks at the page: shifts and swaps tell no stream. */
export function everySeconds(seconds: number, again: () => unknown): void {
  const timer = setInterval(() => {
    if (!document.hidden) again();
  }, seconds * 1000);
  onScopeDispose(() => clearInterval(timer));
}
