/** Erases the personal data of one incident when the moment a named person decided on has come, and records it in the incident's own chain. */
import { KEPT_KINDS, purgeAfter } from '../core/incident/retention';
import type { Tx } from '../ports/store';
import type { Erased } from '../ports/streams';
import type { Deps } from './deps';
import { execute } from './execute';
import { lockedIncident } from './incident';

/** Rows erased in one transaction. */
const BATCH = 500;

/** Incidents to be purged now, earliest first. */
export function purgesDue(deps: Deps, limit: number): Promise<readonly string[]> {
  return deps.store.purgesDue(KEPT_KINDS, deps.clock.now(), limit);
}

/**
 * One batch of one incident: erased and recorded together or not at all. `idle` when nobody wants it erased any more or nothing is left;
 * `busy` when somebody else works the incident. May run twice.
 */
export async function purge(deps: Deps, stream: string): Promise<'purged' | 'idle' | 'busy'> {
  const seed = deps.ids.next();
  return deps.store.transact({ streams: [stream], busy: 'skip' }, (tx) => purgeIn(tx, deps, stream, seed));
}

async function purgeIn(tx: Tx, deps: Deps, stream: string, seed: string): Promise<'purged' | 'idle'> {
  const row = await tx.stream(stream);
  const state = row === null ? null : await lockedIncident(tx, row);
  const now = deps.clock.now();
  const due = state === null ? null : purgeAfter(state);
  if (row === null || due === null || due > now) return 'idle';
  const erased = await tx.erase(stream, KEPT_KINDS, now, BATCH);
  if (total(erased) === 0) return 'idle';
  const actor = { person: null, room: null, conversation: '' };
  const outcome = await execute(tx, deps, {
    stream: row,
    envelope: { command: { type: 'RecordPurge', ...erased }, actor, at: now, seed },
    cause: { kind: 'due', id: seed },
    texts: [],
    origin: null,
  });
  if (outcome.is !== 'done') throw new Error(`the purge of ${stream} was answered with ${outcome.is}`);
  return 'purged';
}

function total({ texts, messages, payloads }: Erased): number {
  return texts + messages + payloads;
}
