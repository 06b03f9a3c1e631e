/** A verb tried on one entry of the registers. */
import { refuse } from '../core/incident/refusal';
import { executeIn } from '../handlers/execute';
import { REGISTER } from '../handlers/lives';
import { type EntryOutcome, entryOfRow } from '../handlers/register';
import type { StreamRow } from '../ports/streams';
import type { Wanted } from './command';
import type { Turn } from './turn';
import { entryCommand } from './verbs/register';

/** Reads the argument with the entry as it stands and decides. */
export async function attemptOnEntry(turn: Turn, stream: StreamRow, wanted: Wanted, confirmed: boolean): Promise<EntryOutcome> {
  const { tx, deps, item, at, actor, origin, seed } = turn;
  const state = await entryOfRow(tx, stream);
  if (state === null) return refuse('no_item', '没有这一项台账。', '台账');
  const read = entryCommand({ turn, state, rest: wanted.rest, confirmed });
  if (read.is === 'refusal') return read;
  const { command, texts } = read;
  return executeIn(REGISTER, tx, deps, {
    ...{ stream, envelope: { command, actor, at, seed }, cause: { kind: 'inbox' as const, id: item.id } },
    ...{ texts, origin },
  });
}
