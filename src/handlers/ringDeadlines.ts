/** All rings of one incident that are due now become one command. */
import type { IncidentCommand } from '../core/incident/commands';
import type { Deps } from './deps';
import { execute, type Outcome } from './execute';

/** Works one stream; `idle` when nothing rings any more, `busy` when somebody else works it. May run twice. */
export async function ringDeadlines(deps: Deps, stream: string): Promise<Outcome | 'idle' | 'busy'> {
  const seed = deps.ids.next();
  return deps.store.transact({ streams: [stream], busy: 'skip' }, async (tx) => {
    const now = deps.clock.now();
    const ringing = await tx.ringing(stream, now);
    const row = ringing.length === 0 ? null : await tx.stream(stream);
    if (row === null) return 'idle';
    const command: IncidentCommand = { type: 'RingDeadlines', keys: ringing.map((d) => d.key) };
    const actor = { person: null, room: null, conversation: '' };
    return execute(tx, deps, {
      stream: row,
      envelope: { command, actor, at: now, seed },
      cause: { kind: 'due', id: seed },
      texts: [],
      origin: null,
    });
  });
}
