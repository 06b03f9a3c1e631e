/** The papers of the duty room for whoever only looks: the shift with its swaps and its hand-over sheet, and the log of one shift. */
import { deadlines, HANDOVER } from '../core/duty/deadlines';
import type { Obligation } from '../core/duty/events';
import { type ShownLog, shownLog } from '../core/duty/shown';
import type { DutyState } from '../core/duty/state';
import type { Tx } from '../ports/store';
import type { Deps } from './deps';
import { obligationsNow, openedShift } from './duty';

/** One of the duty room's own open duties. */
export interface OwnDuty {
  readonly key: string;
  readonly kind: string;
  readonly owner: string;
  readonly dueAt: number;
}

/** The shift that stands and what it owes now, whether or not it stands on the sheet already. */
export interface DutyPapers {
  readonly state: DutyState;
  readonly obligations: readonly Obligation[];
  readonly own: readonly OwnDuty[];
}

/** Of the shift that stands, or of the one of this number; null where there is none. What is over owes nothing any more. Locks nothing. */
export function readDutyPapers(deps: Deps, n: number | null): Promise<DutyPapers | null> {
  return looked(deps, async (tx) => {
    const shift = await openedShift(tx, n);
    if (shift === null) return null;
    const { row, state } = shift;
    if (state.status === 'closed') return { state, obligations: [], own: [] };
    const at = deps.clock.now();
    const roster = await deps.directory.at(at);
    const rules = await deps.rulebooks.of(tx, row.rulebook);
    const own = deadlines(rules, state).filter(({ status, key, kind }) => status === 'open' && key !== HANDOVER && kind !== 'digest');
    return {
      state,
      obligations: await obligationsNow(tx, deps, roster, at),
      own: own.map(({ key, kind, owner, dueAt }) => ({ key, kind, owner, dueAt })),
    };
  });
}

/** So many acts of one shift are shown; a day has some hundreds. */
const MOST_ACTS = 500;

/** 值班日志 of the shift that stands, or of the one of this number; null where there is none. Locks nothing. */
export function readDutyLog(deps: Deps, n: number | null): Promise<{ readonly log: ShownLog; readonly state: DutyState } | null> {
  return looked(deps, (tx) => dutyLogIn(tx, n, deps.clock.now()));
}

/** The same inside a transaction. `now` ends what has not ended yet. */
export async function dutyLogIn(
  tx: Tx,
  n: number | null,
  now: number,
): Promise<{ readonly log: ShownLog; readonly state: DutyState } | null> {
  const shift = await openedShift(tx, n);
  if (shift === null) return null;
  const { row, state } = shift;
  const span = { from: state.openedAt, until: state.closed?.at ?? now + 1 };
  const log = shownLog(state, await tx.events(row.id, 0, MOST_ACTS), await tx.incidentActs('real', span, MOST_ACTS));
  return { log, state };
}

async function looked<T>({ store }: Pick<Deps, 'store'>, look: (tx: Tx) => Promise<T>): Promise<T> {
  const found = await store.transact({ busy: 'wait' }, look);
  if (found === 'busy') throw new Error('the shift could not be read');
  return found;
}
