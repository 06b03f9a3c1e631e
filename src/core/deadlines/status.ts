/** What has become of an obligation: done, late, set aside, or silenced with the response it belonged to. */
import type { IncidentState, IncidentStatus } from '../incident/state';
import { afterMinute, type Instant } from '../instant';
import type { Deadline, DeadlineStatus } from './deadline';
import type { Due } from './due';
import { type Rungs, ringAt } from './terms';

/** How an incident left the response: obligations of the response end there. */
export interface Ending {
  /** Null where the moment is not kept: everything is then void. */
  readonly at: Instant | null;
  readonly why: string;
  /** The record is closed: nothing runs any more. */
  readonly closed: boolean;
}

const WHY: Readonly<Partial<Record<IncidentStatus, string>>> = {
  terminated: '响应已终止',
  reviewing: '响应已终止',
  archived: '已归档',
  transferred: '已转办',
  dismissed: '不列为突发事件',
  merged: '已并案',
};

/** Null while the incident lives. */
export function endingOf({ status, terminated, left }: IncidentState): Ending | null {
  const why = WHY[status];
  if (why === undefined) return null;
  const at = terminated?.at ?? (status === 'merged' ? null : (left?.at ?? null));
  return { at, why, closed: status === 'archived' || status === 'merged' };
}

/** One obligation as reckoned, before it is known what became of it. */
export interface Owed extends Pick<Deadline, 'key' | 'kind' | 'owner' | 'baseAt' | 'dueAt' | 'basis' | 'why'> {
  readonly rungs: Rungs;
  readonly doneAt: Instant | null;
  /** Set aside: the words that say so. */
  readonly voidWhy: string | null;
  /** Goes on after the response has ended. */
  readonly lasting: boolean;
}

export type Done = Pick<Owed, 'doneAt' | 'voidWhy'>;

/** What is owed, put together. Written out in full, as every row is: spreading costs more than the reckoning itself. */
export function owedOf(who: Pick<Owed, 'key' | 'kind' | 'owner' | 'rungs' | 'lasting'>, due: Due, done: Done, why: string = due.why): Owed {
  return {
    key: who.key,
    kind: who.kind,
    owner: who.owner,
    baseAt: due.baseAt,
    dueAt: due.dueAt,
    basis: due.basis,
    why,
    rungs: who.rungs,
    doneAt: done.doneAt,
    voidWhy: done.voidWhy,
    lasting: who.lasting,
  };
}

/** The row of an obligation. Overdue stays open until the late act; after the end it is missed if its moment had passed, else void. */
export function rowOf(state: Pick<IncidentState, 'rings'>, ending: Ending | null, owed: Owed): Deadline {
  const stage = state.rings[owed.key] ?? 0;
  const status = statusOf(ending, owed, stage);
  const ended = ending !== null && owed.doneAt === null && status !== 'open';
  return {
    key: owed.key,
    kind: owed.kind,
    owner: owed.owner,
    baseAt: owed.baseAt,
    dueAt: owed.dueAt,
    nextAt: status === 'open' ? ringAt(owed.rungs, stage, owed.baseAt, owed.dueAt) : null,
    stage,
    status,
    basis: owed.basis,
    why: owed.voidWhy ?? (ended ? ending.why : owed.why),
  };
}

function statusOf(ending: Ending | null, owed: Owed, stage: number): DeadlineStatus {
  const { doneAt, dueAt, baseAt, lasting } = owed;
  if (owed.voidWhy !== null) return 'void';
  if (doneAt !== null) return afterMinute(doneAt, dueAt) ? 'missed' : 'met';
  if (ending === null) return 'open';
  if (ending.closed && lasting) return stage > 0 && stage >= owed.rungs.shares.length ? 'missed' : 'void';
  if (!ending.closed && (lasting || (ending.at !== null && baseAt >= ending.at))) return 'open';
  return ending.at !== null && afterMinute(ending.at, dueAt) ? 'missed' : 'void';
}
