/** Entries of the registers: a new one with the next number, the ones that are kept. */

import type { Rulebook } from '../core/plans/rulebook';
import type { RegisterCommandOf } from '../core/register/commands';
import type { RegisterEvent } from '../core/register/events';
import type { RegisterState } from '../core/register/state';
import type { Tx } from '../ports/store';
import type { StreamRow } from '../ports/streams';
import type { Deps } from './deps';
import type { Said } from './duty';
import { executeIn, type Outcome, type Request } from './execute';
import { REGISTER } from './lives';
import { peekKnown, recall } from './recall';

export type EntryOutcome = Outcome<RegisterState, RegisterEvent>;

/** What is entered; its number is given here. */
export type Entered = Omit<RegisterCommandOf<'EnterItem'>, 'n'>;

/** Answers why not where the core refuses: no number is spent then. */
export async function enterEntry(
  tx: Tx,
  deps: Deps,
  rules: Rulebook,
  request: Pick<Request<never>, 'cause' | 'texts' | 'origin'> & { readonly said: Said; readonly entered: Entered },
): Promise<EntryOutcome> {
  const { said, entered, ...rest } = request;
  const roster = await deps.directory.at(said.at);
  const decision = REGISTER.decide({ rules, roster }, null, { ...said, command: { ...entered, n: 0 } });
  if (decision.is !== 'events') return decision;
  const stream = await tx.openStream('register', 'real', deps.ids.next(), rules.hash);
  return executeIn(REGISTER, tx, deps, { ...rest, stream, envelope: { ...said, command: { ...entered, n: stream.n } } });
}

/** State of an entry whose row was read. */
export function entryOfRow(tx: Tx, row: StreamRow): Promise<RegisterState | null> {
  return recall(REGISTER, row, (after, limit) => tx.events(row.id, after, limit));
}

/** Entries that are kept, with the rulebook each was entered under. */
export async function keptEntries(tx: Tx): Promise<readonly { readonly state: RegisterState; readonly rulebook: string }[]> {
  const kept = await tx.streamsNotIn('register', ['closed']);
  const known = await Promise.all(kept.map(({ id }) => peekKnown(tx, REGISTER, id)));
  return known.flatMap((entry) => (entry === null || entry.state === null ? [] : [{ state: entry.state, rulebook: entry.rulebook }]));
}
