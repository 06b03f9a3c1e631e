/** Work that takes its time and can be left: rows that outlive the page and the process, so that whoever comes back finds how far it is. */

export const WORK_KINDS = ['import_month', 'export_statistics', 'export_audit', 'bundle'] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

/** How far it is: `step` is a stable word of the kind, `total` null where nobody can say how much there is. */
export interface WorkProgress {
  readonly step: string;
  readonly done: number;
  readonly total: number | null;
}

/** What came of it. `answer` is data for the page, `file` is kept for a day. */
export interface WorkResult {
  readonly answer: unknown;
  readonly file: { readonly name: string; readonly bytes: Uint8Array } | null;
}

/** `broken_off`: the process that worked at it gave no sign of life any more. */
export type WorkState = 'running' | 'done' | 'failed' | 'broken_off';

/** A piece of work as its owner sees it. Moments in epoch milliseconds, real. */
export interface WorkRow extends WorkProgress {
  readonly id: string;
  readonly kind: WorkKind;
  readonly about: unknown;
  readonly state: WorkState;
  readonly attempt: number;
  readonly begunAt: number;
  readonly endedAt: number | null;
  /** Stable word for what went wrong; null where nothing did. */
  readonly fault: string | null;
  readonly answer: unknown;
  /** Name of the file that can be fetched. */
  readonly file: string | null;
}

/** An attempt that this process works at; a later one takes it away. */
export interface Attempt {
  readonly owner: string;
  readonly id: string;
  readonly attempt: number;
}

/** Rows of long work. `owner` is a person or a system; nobody sees what is another's. */
export interface LongWork {
  /** Null where the same id was begun before: a repeat is the same work. Rows that ended more than a day ago go. */
  begin(owner: string, work: { readonly id: string; readonly kind: WorkKind; readonly about: unknown }): Promise<Attempt | null>;
  /** A new attempt at what broke off or failed; null where it runs, is done, or is not there. */
  again(owner: string, id: string): Promise<Attempt | null>;
  /** Also a sign of life. False: another attempt has it. */
  advance(attempt: Attempt, progress: WorkProgress): Promise<boolean>;
  /** A sign of life. */
  beat(attempt: Attempt): Promise<void>;
  /** False: another attempt has it, and what came of this one is not kept. */
  end(attempt: Attempt, how: WorkResult | { readonly fault: string }): Promise<boolean>;
  /** What was asked, whole; null where it is not there. */
  about(owner: string, id: string): Promise<unknown>;
  find(owner: string, id: string): Promise<WorkRow | null>;
  /** The newest first. */
  list(owner: string, limit: number): Promise<readonly WorkRow[]>;
  /** Null where there is none, or it is no longer kept. */
  file(owner: string, id: string): Promise<{ readonly name: string; readonly bytes: Uint8Array } | null>;
  /** What runs now, of everybody: how often each has moved. For open pages. */
  running(): Promise<readonly { readonly owner: string; readonly id: string; readonly moves: number }[]>;
}
