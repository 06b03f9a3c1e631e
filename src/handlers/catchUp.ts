/** After a change of program: what is owed newly must not stay silent until somebody happens to act on the incident. */
import { ENDED } from '../core/incident/state';
import type { Deps } from './deps';
import { execute } from './execute';
import { INCIDENT } from './incident';
import { isCurrent } from './recall';

/**
 * Saves every incident that is under way in the shape of this program, with the deadlines and asks this program knows; changes no
 * event. Where the shapes agree it is one look. Answers how many were saved. One at fault is logged and left as it is. May run
 * twice, and in several processes at once.
 */
export async function catchUp(deps: Deps): Promise<number> {
  const open = await deps.store.transact({ busy: 'wait' }, (tx) => tx.streamsNotIn('incident', ENDED));
  const foreign = (open === 'busy' ? [] : open).filter(({ stateV }) => stateV !== INCIDENT.v);
  let saved = 0;
  for (const { id } of foreign) {
    const done = await catchUpOne(deps, id).catch((cause: unknown) => {
      deps.log.error({ stream: id, cause }, 'an incident could not be read anew');
      return false;
    });
    if (done) saved += 1;
  }
  return saved;
}

/** Rings of nothing: the rows are put right and nobody is told. False where there was nothing to do. */
async function catchUpOne(deps: Deps, id: string): Promise<boolean> {
  const seed = deps.ids.next();
  const outcome = await deps.store.transact({ streams: [id], busy: 'wait' }, async (tx) => {
    const stream = await tx.stream(id);
    if (stream === null || isCurrent(INCIDENT, stream)) return null;
    const actor = { person: null, room: null, conversation: '' };
    const envelope = { command: { type: 'RingDeadlines' as const, keys: [] }, actor, at: deps.clock.now(), seed };
    return execute(tx, deps, { stream, envelope, cause: { kind: 'due', id: seed }, texts: [], origin: null });
  });
  return outcome !== 'busy' && outcome?.is === 'done';
}
