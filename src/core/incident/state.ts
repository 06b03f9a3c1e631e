/** What an incident is now, folded from its events. */
import type { Suggestion } from '../grading/suggest';
import type { Instant } from '../instant';
import type { MeasuredFact, ReportFields } from '../report/fields';
import type { PersonId, RoomId } from '../roster/roster';
import type { Asked, LevelStatus, TextRef } from './events';

export type IncidentStatus = 'intake' | 'assessing' | 'responding' | 'terminated';

/** Statuses in which nothing is expected of anybody any more. */
export const ENDED: readonly IncidentStatus[] = ['terminated'];

export interface AskState extends Asked {
  readonly askedAt: Instant;
  /** Version of the event that asked; a button of that message carries it. */
  readonly version: number;
  readonly answeredAt: Instant | null;
  readonly answer: 'acknowledged' | null;
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

export interface IncidentState {
  readonly n: number;
  readonly status: IncidentStatus;
  readonly plan: string;
  readonly text: TextRef;
  readonly reportedBy: PersonId | null;
  readonly reportedRoom: RoomId | null;
  readonly unverified: boolean;
  readonly receivedAt: Instant;
  readonly fields: ReportFields;
  readonly facts: readonly MeasuredFact[];
  readonly suggestion: Suggestion;
  readonly county: string | null;
  /** Which text the spans of a field point into; a later message may have told it. */
  readonly toldIn: Readonly<Record<string, TextRef>>;
  readonly supplements: readonly {
    readonly version: number;
    readonly at: Instant;
    readonly by: PersonId;
    readonly text: TextRef;
    readonly how: string;
  }[];
  /** Level steps, oldest first; the last one is in force. Empty while ungraded. */
  readonly levels: readonly LevelStep[];
  readonly activated: { readonly at: Instant; readonly by: PersonId; readonly rank: number | null; readonly version: number } | null;
  readonly asks: Readonly<Record<string, AskState>>;
  readonly progress: readonly {
    readonly version: number;
    readonly at: Instant;
    readonly by: PersonId;
    readonly group: string | null;
    readonly text: TextRef;
  }[];
  /** Rings heard, by deadline key. */
  readonly rings: Readonly<Record<string, number>>;
  readonly terminated: { readonly at: Instant; readonly by: PersonId; readonly reason: TextRef; readonly open: readonly string[] } | null;
}

/** The level in force, or null while ungraded. */
export function rankOf(state: IncidentState): number | null {
  return state.levels.at(-1)?.rank ?? null;
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
