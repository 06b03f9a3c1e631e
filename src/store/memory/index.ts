/** The in-memory twin of the store: the same contract as on PostgreSQL, giving way at every await, so that a simulation can interleave and crash there. */
import type { Store, Tx } from '../../ports/store';
import { answer, cancel, hold } from './deliveries';
import { askPrompt, countAttempt, endPrompt, heardSince, openPrompt, received, settleInbox, takeIn } from './intake';
import { lock } from './locks';
import { alone, createLook, inTransaction, type Process } from './process';
import { erase, purgesDue } from './purge';
import { heed, receiptsDue, told, undelivered, unheeded, unheededStreams } from './reach';
import { frozen, outlet, posts, queued, reserve } from './sending';
import { settle } from './settling';
import { lockedShifts, replaceShifts } from './shifts';
import {
  events,
  incidentActs,
  incidentsSince,
  newestStream,
  openStream,
  peek,
  ringing,
  stream,
  streamByN,
  streamsNotIn,
  write,
} from './streams';
import type { Open } from './transaction';
import { nextMoment, overdueDispatches, rest, sendable, waiting } from './waiting';
import type { World } from './world';

export { createMemoryLeases } from './leases';
export { createProcess, kill, type Process } from './process';
export { createWorld, type World } from './world';

/** The store as one process sees it; several processes share a world as several instances share a database. For tests only: nothing outlives the world. */
export function createMemoryStore(world: World, process: Process): Store {
  const look = createLook(world, process);
  return {
    purgesDue: (kept, now, limit) => look('purgesDue', (on) => purgesDue(on, kept, now, limit)),
    takeIn: (rows) => alone(world, process, 'takeIn', (on) => takeIn(on, rows)),
    waiting: (lane, now, limit, mine) => look(`waiting ${lane}`, (on) => waiting(on, lane, now, limit, mine)),
    sendable: (now, limit, mine) => look('waiting send', (on) => sendable(on, now, limit, mine)),
    nextMoment: (mine) => look('nextMoment', (on) => nextMoment(on, mine)),
    rest: (now) => look('rest', (on) => rest(on, now)),
    countAttempt: (conversation) => alone(world, process, 'countAttempt', (on) => countAttempt(on, conversation)),
    overdueDispatches: (limit) => look('overdueDispatches', (on) => overdueDispatches(on, limit)),
    unheededStreams: (limit) => look('unheededStreams', (on) => unheededStreams(on, limit)),
    receiptsDue: (now, limit) => look('receiptsDue', (on) => receiptsDue(on, now, limit)),
    transact: (locks, work) =>
      inTransaction(world, process, async (tx) => ((await tx.run('lock', (on) => lock(on, locks))) ? work(txOn(tx)) : 'busy')),
    saveRulebook: ({ hash, pack, profile }) =>
      alone(world, process, 'saveRulebook', async (on) => {
        await on.lock('rulebooks', hash);
        if (on.get('rulebooks', hash) === undefined) on.put('rulebooks', hash, { hash, pack, profile });
      }),
  };
}

function txOn(tx: Open): Tx {
  return {
    received: (conversation) => tx.run('received', (on) => received(on, conversation)),
    settleInbox: (id, outcome) => tx.run('settleInbox', (on) => settleInbox(on, id, outcome)),
    heardSince: (id, since) => tx.run('heardSince', (on) => heardSince(on, id, since)),
    openPrompt: (conversation, person) => tx.run('openPrompt', (on) => openPrompt(on, conversation, person)),
    askPrompt: (prompt) => tx.run('askPrompt', (on) => askPrompt(on, prompt)),
    closePrompt: (id, state) => tx.run('closePrompt', (on) => endPrompt(on, id, state)),
    openStream: (kind, mode, id, rulebook) => tx.run('openStream', (on) => openStream(on, kind, mode, id, rulebook)),
    stream: (id) => tx.run('stream', (on) => stream(on, id)),
    peek: (id) => tx.run('peek', (on) => peek(on, id)),
    events: (id, after, limit) => tx.run('events', (on) => events(on, id, after, limit)),
    streamByN: (kind, n, mode) => tx.run('streamByN', (on) => streamByN(on, kind, n, mode)),
    newestStream: (kind, mode) => tx.run('newestStream', (on) => newestStream(on, kind, mode)),
    streamsNotIn: (kind, statuses) => tx.run('streamsNotIn', (on) => streamsNotIn(on, kind, statuses)),
    incidentsSince: (which, limit) => tx.run('incidentsSince', (on) => incidentsSince(on, which, limit)),
    incidentActs: (mode, span, limit) => tx.run('incidentActs', (on) => incidentActs(on, mode, span, limit)),
    write: (change) => tx.run('write', (on) => write(on, change)),
    reply: (inbox, deliveries) => tx.run('reply', (on) => answer(on, inbox, deliveries)),
    ringing: (id, now) => tx.run('ringing', (on) => ringing(on, id, now)),
    outlet: (id) => tx.run('outlet', (on) => outlet(on, id)),
    queued: (id, now, limit) => tx.run('queued', (on) => queued(on, id, now, limit)),
    posts: (places, since) => tx.run('posts', (on) => posts(on, places, since)),
    frozen: (dispatch) => tx.run('frozen', (on) => frozen(on, dispatch)),
    cancel: (ids, why) => tx.run('cancel', (on) => cancel(on, ids, why)),
    hold: (ids, until, why) => tx.run('hold', (on) => hold(on, ids, until, why)),
    reserve: (dispatch) => tx.run('reserve', (on) => reserve(on, dispatch)),
    settle: (dispatch, attempt, how, now) => tx.run('settle', (on) => settle(on, dispatch, attempt, how, now)),
    undelivered: (id, purposes) => tx.run('undelivered', (on) => undelivered(on, id, purposes)),
    unheeded: (id) => tx.run('unheeded', (on) => unheeded(on, id)),
    heed: (read) => tx.run('heed', (on) => heed(on, read)),
    told: (dispatch, what, now) => tx.run('told', (on) => told(on, dispatch, what, now)),
    texts: (ids) => tx.run('texts', (on) => new Map(ids.flatMap((id) => on.get('vault', id) ?? []).map((text) => [text.id, text.body]))),
    erase: (id, kept, _, limit) => tx.run('erase', (on) => erase(on, id, kept, limit)),
    rulebook: (hash) =>
      tx.run('rulebook', (on) => {
        const found = on.get('rulebooks', hash);
        return found === undefined ? null : { pack: found.pack, profile: found.profile };
      }),
    shifts: () => tx.run('shifts', (on) => lockedShifts(on)),
    replaceShifts: (shifts) => tx.run('replaceShifts', (on) => replaceShifts(on, shifts)),
  };
}
