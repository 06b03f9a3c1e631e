/** After a change of program: what is owed newly must not stay silent until somebody happens to act on the stream. */
import { ENDED } from '../core/incident/state';
import type { Deps } from './deps';
import { INCIDENT } from './incident';
import { DUTY, REGISTER, RINGS } from './lives';
import { isCurrent } from './recall';

/** Kinds of streams that owe anything, with the statuses in which they owe nothing more. */
const LIVES = [
  { life: INCIDENT, over: ENDED },
  { life: DUTY, over: ['closed'] },
  { life: REGISTER, over: ['closed'] },
] as const;

/**
 * Saves every stream that is under way in the shape of this program, with the deadlines and asks this program knows; changes no
 * event. Where the shapes agree it is one look. Answers how many were saved. One at fault is logged and left as it is. May run
 * twice, and in several processes at once.
 */
export async function catchUp(deps: Deps): Promise<number> {
  let saved = 0;
  for (const { life, over } of LIVES) {
    const open = await deps.store.transact({ busy: 'wait' }, (tx) => tx.streamsNotIn(life.kind, over));
    const foreign = (open === 'busy' ? [] : open).filter(({ stateV }) => stateV !== life.v);
    for (const { id } of foreign) {
      const done = await catchUpOne(deps, life, id).catch((cause: unknown) => {
        deps.log.error({ stream: id, cause }, 'a stream could not be read anew');
        return false;
      });
      if (done) saved += 1;
    }
  }
  return saved;
}

/** Rings of nothing: the rows are put right and nobody is told. False where there was nothing to do. */
async function catchUpOne(deps: Deps, life: (typeof LIVES)[number]['life'], id: string): Promise<boolean> {
  const seed = deps.ids.next();
  const outcome = await deps.store.transact({ streams: [id], busy: 'wait' }, async (tx) => {
    const stream = await tx.stream(id);
    if (stream === null || stream.kind === 'admin' || isCurrent(life, stream)) return null;
    const actor = { person: null, room: null, conversation: '' };
    const envelope = { command: { type: 'RingDeadlines' as const, keys: [] }, actor, at: deps.clock.now(), seed };
    return RINGS[stream.kind](tx, deps, { stream, envelope, cause: { kind: 'due', id: seed }, texts: [], origin: null });
  });
  return outcome !== 'busy' && outcome?.is === 'done';
}
