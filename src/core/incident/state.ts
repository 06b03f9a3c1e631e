/** What an incident is now, folded from its events. */
import type { Suggestion } from '../grading/suggest';
import type { Instant } from '../instant';
import type { MeasuredFact, ReportFields } from '../report/fields';
import type { PersonId, RoomId } from '../roster/roster';
import type { Asked, Given, LevelStatus, SiteStep, TextRef } from './events';
import type { Via } from './events/intake';
import type { Unreached } from './events/work';
import type { Paper } from './papers/paper';
import type { WorkRecord } from './records/record';

/** Raised when what is folded changes its shape: older snapshots are then folded anew from the events. */
export const STATE_V = 4;

export type IncidentStatus =
  | 'intake'
  | 'verifying'
  | 'assessing'
  | 'monitoring'
  | 'transferred'
  | 'dismissed'
  | 'merged'
  | 'responding'
  | 'terminating'
  | 'terminated'
  | 'reviewing'
  | 'archived';

/** Statuses in which nobody is called or reminded to act in the response any more. `merged` is ours: the joined report goes on elsewhere. */
export const ENDED: readonly IncidentStatus[] = ['transferred', 'dismissed', 'merged', 'terminated', 'reviewing', 'archived'];

/** All others. */
export const UNDER_WAY: readonly IncidentStatus[] = ['intake', 'verifying', 'assessing', 'monitoring', 'responding', 'terminating'];

export interface AskState extends Asked {
  readonly askedAt: Instant;
  /** Version of the event that asked; a button of that message carries it. */
  readonly version: number;
  readonly answeredAt: Instant | null;
  readonly answer: 'acknowledged' | 'cannot_come' | null;
  /** Ways that did not reach this person, oldest first; absent: none failed. */
  readonly notReached?: readonly { readonly at: Instant; readonly by: Unreached['by']; readonly code: string }[];
  /** When a new level ceased to call this person, whether or not he had answered. */
  readonly stoodDownAt: Instant | null;
}

export interface LevelStep {
  /** Version of the event; a notice about it finds it again by this. */
  readonly version: number;
  readonly at: Instant;
  readonly rank: number;
  readonly status: LevelStatus;
  readonly by: PersonId;
  readonly reason: TextRef | null;
}

/** One value of one measure, oldest first in its list; the last one is in force. */
export interface FigureStep {
  readonly at: Instant;
  readonly fact: MeasuredFact;
  readonly by: PersonId | null;
  readonly source: TextRef | null;
  readonly verified: boolean;
}

export interface TaskState extends Given {
  /** Missing only for tasks folded before it was kept. */
  readonly givenBy?: PersonId;
  readonly givenAt: Instant;
  readonly version: number;
  readonly doneAt: Instant | null;
  readonly report: TextRef | null;
  readonly evidence: readonly string[];
  /** When whoever gave it found it done; null again once it was sent back. */
  readonly checkedAt?: Instant | null;
  /** How often it was sent back. */
  readonly returned: number;
}

export interface DirectiveState {
  readonly id: string;
  readonly version: number;
  readonly leader: PersonId;
  readonly words: TextRef;
  readonly receivedAt: Instant;
  readonly dueAt: Instant | null;
  readonly assignee: PersonId | null;
  readonly answeredAt: Instant | null;
  readonly answer: TextRef | null;
}

export interface OralApproval {
  readonly id: string;
  readonly version: number;
  readonly act: string;
  readonly who: PersonId;
  readonly recordedBy: PersonId;
  readonly approvedAt: Instant;
  readonly words: TextRef;
  readonly confirmedAt: Instant | null;
}

/** How an obligation ended: done (perhaps late, with its reason), or set aside by a named person. */
export interface Met {
  readonly doneAt: Instant;
  readonly by: PersonId;
  readonly lines: readonly string[];
  readonly text: TextRef | null;
  readonly lateReason: TextRef | null;
  readonly waived: boolean;
}

export interface StandIn {
  readonly person: PersonId;
  readonly standsFor: PersonId;
  readonly from: Instant;
  readonly until: Instant;
  readonly reason: TextRef;
}

/** An act with a moment, a person and words. */
export interface Act {
  readonly version: number;
  readonly at: Instant;
  readonly by: PersonId;
  readonly text: TextRef | null;
}

export interface IncidentState {
  readonly n: number;
  readonly status: IncidentStatus;
  readonly plan: string;
  readonly text: TextRef;
  readonly reportedBy: PersonId | null;
  readonly reportedRoom: RoomId | null;
  readonly unverified: boolean;
  /** The earliest of all reports that were joined. */
  readonly receivedAt: Instant;
  readonly fields: ReportFields;
  /** The newest of each measure. */
  readonly facts: readonly MeasuredFact[];
  /** Every value there was, by measure. */
  readonly figures: Readonly<Record<string, readonly FigureStep[]>>;
  readonly suggestion: Suggestion;
  readonly county: string | null;
  /** Who compared fields and words; null again once there were new ones, missing before. */
  readonly readingChecked?: { readonly at: Instant; readonly by: PersonId } | null;
  /** Which text the spans of a field point into; a later message may have told it. */
  readonly toldIn: Readonly<Record<string, TextRef>>;
  readonly supplements: readonly (Act & { readonly text: TextRef; readonly how: string })[];
  readonly verified: (Act & { readonly outcome: 'confirmed' | 'refuted' }) | null;
  readonly sensitive: boolean;
  /** Since when; null or missing where it is not. */
  readonly sensitiveAt?: Instant | null;
  /** The first proposal; in a level-free plan the activation's term starts here. */
  readonly assessed: (Act & { readonly category: string | null; readonly rank: number | null; readonly trigger: string | null }) | null;
  /** Incident level 事件级别: steps, oldest first; the last one is in force. Empty while ungraded. */
  readonly levels: readonly LevelStep[];
  /** Response level 响应级别; empty before activation. */
  readonly responseLevels: readonly LevelStep[];
  /** Warning level 预警级别; null when none is in force. */
  readonly warning: (Act & { readonly rank: number | null }) | null;
  readonly activated: { readonly at: Instant; readonly by: PersonId; readonly rank: number | null; readonly version: number } | null;
  /** The higher organ that commands, when one took over. */
  readonly takenOver: Act | null;
  readonly standIn: StandIn | null;
  /** Who was asked, and when, to decide on activation in the place of those who are silent. */
  readonly deciders?: { readonly people: readonly PersonId[]; readonly at: Instant };
  readonly approvals: Readonly<Record<string, OralApproval>>;
  readonly asks: Readonly<Record<string, AskState>>;
  readonly tasks: Readonly<Record<string, TaskState>>;
  readonly directives: Readonly<Record<string, DirectiveState>>;
  /** Work records of all kinds, by id. */
  readonly records: Readonly<Record<string, WorkRecord>>;
  /** Papers on their way out and gone out, by id. */
  readonly papers: Readonly<Record<string, Paper>>;
  readonly calls: readonly (Act & {
    readonly id: string;
    readonly party: string | null;
    readonly spokeWith: TextRef | null;
    readonly calledAt: Instant;
  })[];
  /** Obligations done or waived, by deadline key. */
  readonly met: Readonly<Record<string, Met>>;
  readonly progress: readonly (Act & { readonly text: TextRef; readonly group: string | null; readonly step?: SiteStep })[];
  /** Who takes part beside those whom the plan names, and who of these does not any more; missing where nobody was changed. */
  readonly members?: Readonly<Record<PersonId, { readonly is: 'added' | 'removed'; readonly group: string | null }>>;
  /** Rings heard, by deadline key. */
  readonly rings: Readonly<Record<string, number>>;
  readonly termination: (Act & { readonly grounds: readonly string[] }) | null;
  readonly terminated: { readonly at: Instant; readonly by: PersonId; readonly reason: TextRef; readonly open: readonly string[] } | null;
  readonly reopened: readonly Act[];
  /** Why it left the main course: dismissed, monitored, transferred. */
  readonly left: (Act & { readonly organ: string | null; readonly receipt: Instant | null }) | null;
  readonly mergedInto: number | null;
  readonly absorbed: readonly number[];
  readonly splitFrom: number | null;
  readonly splitOff: readonly number[];
  /** When each person last said he was on the scene; missing before the first. */
  readonly arrivals?: Readonly<Record<PersonId, Instant>>;
  /** Widened for rooms that may see summaries; missing where nobody widened it. */
  readonly exposure?: 'summary';
  /** The last decision on keeping or destroying personal data; missing before the first. */
  readonly retention?: Retention;
  /** When personal data were last erased. */
  readonly purgedAt?: Instant;
  /** The system that reported it; missing where a person did. */
  readonly via?: Via;
  /** Incidents that may be the same matter; missing where none was. */
  readonly like?: readonly number[];
}

export interface Retention {
  readonly decision: 'hold' | 'purge';
  readonly by: PersonId;
  readonly at: Instant;
  /** Until when they may be kept; null where they are to be destroyed at once. */
  readonly until: Instant | null;
}

/** The incident level in force, or null while ungraded. */
export function rankOf(state: IncidentState): number | null {
  return state.levels.at(-1)?.rank ?? null;
}

/** The response level in force, or null before activation and in a level-free plan. */
export function responseRankOf(state: IncidentState): number | null {
  return state.responseLevels.at(-1)?.rank ?? null;
}

/** Asks that still wait for an answer, in the order they were made. */
export function openAsks(state: IncidentState): readonly AskState[] {
  const open = Object.values(state.asks).filter((ask) => ask.answer === null && ask.stoodDownAt === null);
  // A stored state comes back with its keys in another order.
  return open.sort((a, b) => a.askedAt - b.askedAt || a.version - b.version);
}

export function hasEnded(state: IncidentState): boolean {
  return ENDED.includes(state.status);
}

/** Measured facts with the newer ones in the place of what they measure anew. */
export function newestFacts(old: readonly MeasuredFact[], told: readonly MeasuredFact[]): readonly MeasuredFact[] {
  return [...old.filter((f) => !told.some((newer) => newer.measure === f.measure)), ...told];
}

/** The entry an event made, or the newest where the notice is about the state as a whole. */
export function entryOf<T extends { readonly version: number }>(entries: readonly T[], version: number): T | undefined {
  return entries.find((entry) => entry.version === version) ?? entries.at(-1);
}
