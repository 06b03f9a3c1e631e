/** 月值班表 into the roster: read against the rows as they are under their lock, previewed or carried out, recorded on the shift that stands. */

import { readMonth } from '../core/roster/month/read';
import { type Change, changesOf, monthSpan, withMonth } from '../core/roster/month/replace';
import type { Sheet, SheetFault } from '../core/roster/month/sheet';
import type { PersonId, Roster } from '../core/roster/roster';
import type { Tx } from '../ports/store';
import type { Deps } from './deps';
import { executeShift, lockShift } from './duty';

/** `preview`: nothing was written yet; `unchanged`: the roster says all of it already. */
export interface MonthImport {
  readonly is: 'faults' | 'preview' | 'imported' | 'unchanged';
  readonly month: string | null;
  readonly faults: readonly SheetFault[];
  readonly changes: readonly Change[];
}

export interface MonthSheet {
  readonly sheet: Sheet;
  /** Minute of the day at which shifts change. */
  readonly changeAt: number;
  /** False: only looked at. */
  readonly confirmed: boolean;
  /** Who takes it; missing for the office's own token. */
  readonly by?: PersonId;
}

/** All faults at once; with a single one nothing is taken. May run twice: what stands already changes nothing and tells nobody. */
export async function importMonth(deps: Deps, { sheet, changeAt, confirmed, by }: MonthSheet): Promise<MonthImport> {
  const at = deps.clock.now();
  const seed = deps.ids.next();
  const done = await deps.store.transact({ busy: 'wait' }, async (tx) => {
    const stream = await lockShift(tx);
    const roster = await rosterNow(tx, deps, at);
    const { month, shifts, faults } = readMonth(sheet, roster, at, changeAt);
    if (month === null || faults.length > 0) return { is: 'faults' as const, month, faults, changes: [] };
    const after = withMonth(roster.shifts, shifts, monthSpan(month, changeAt));
    const changes = changesOf(roster.shifts, after, month, changeAt);
    const found = { month, faults, changes };
    if (changes.length === 0) return { is: 'unchanged' as const, ...found };
    if (!confirmed || stream === null) return { is: 'preview' as const, ...found };
    const source = deps.digest.of(JSON.stringify(sheet));
    const command = { type: 'ImportRoster' as const, month, source, shifts, changeAt };
    const envelope = { command, actor: { person: by ?? null, room: null, conversation: '' }, at, seed };
    await executeShift(
      tx,
      { ...deps, directory: { at: async () => roster } },
      { stream, envelope, cause: { kind: 'import', id: source }, texts: [], origin: null },
    );
    return { is: 'imported' as const, ...found };
  });
  if (done === 'busy') throw new Error('a transaction that waits was told to skip');
  return done;
}

/** The roster with its shifts as they are in this transaction; nobody else changes them until its end. */
async function rosterNow(tx: Tx, deps: Deps, at: number): Promise<Roster> {
  return { ...(await deps.directory.at(at)), shifts: await tx.shifts() };
}
