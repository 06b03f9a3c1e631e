/** The store on PostgreSQL: every verb of the port joined to the file that knows its tables. */
import type { Pool } from 'pg';
import type { Dispatch } from '../ports/sending';
import type { Store, Tx } from '../ports/store';
import type { StreamWrite } from '../ports/streams';
import { answer, cancel, hold } from './postgres/deliveries';
import { countAttempt, heardSince, received, settleInbox, takeIn } from './postgres/intake';
import { rulebook, saveRulebook, texts } from './postgres/library';
import { lock } from './postgres/locks';
import { askPrompt, closePrompt, openPrompt } from './postgres/prompts';
import { erase, purgesDue } from './postgres/purge';
import { heed, receiptsDue, told, undelivered, unheeded, unheededStreams } from './postgres/reach';
import { frozen, outlets, posts, queued, reserve } from './postgres/sending';
import { type EndedAt, settleAll } from './postgres/settling';
import {
  events,
  incidentActs,
  incidentsSince,
  newestStream,
  openStream,
  peeks,
  ringing,
  streamByN,
  streams,
  streamsNotIn,
} from './postgres/streams';
import { nextMoment, overdueDispatches, rest, sendable, waiting } from './postgres/waiting';
import { write } from './postgres/writing';
import { lockedShifts, replaceShifts } from './roster/shifts';
import type { Queryable } from './sql';
import { together } from './together';
import { inTransaction, repeating, steppingAside } from './transaction';

export { createLongWork } from './postgres/longWork';
export { createMeter } from './postgres/meter';
export { createCredentials, createSessions } from './postgres/sessions';
export { createTokenShelf } from './postgres/tokenShelf';
export { createUsedSignatures } from './postgres/usedSignatures';
export { createViews } from './postgres/views';

/** Where the store says that it repeated a transaction; a pino logger fits. */
export interface StoreLog {
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/**
 * The store over a migrated database. Every fault is a StoreFault with `retryable`; faults of the caller's own `work` pass
 * through unchanged after a rollback.
 */
export function createStore(pool: Pool, { log }: { readonly log: StoreLog }): Store {
  const repeated = (fault: { readonly tried: string; readonly found: { readonly code: string } }) =>
    log.warn({ tried: fault.tried, code: fault.found.code }, 'transaction lost a race and runs again');
  return {
    purgesDue: (kept, now, limit) => purgesDue(pool, kept, now, limit),
    takeIn: (batch) => repeating(() => takeIn(pool, batch), steppingAside(repeated)),
    waiting: (lane, now, limit, mine) => waiting(pool, lane, now, limit, mine),
    sendable: (now, limit, mine) => sendable(pool, now, limit, mine),
    nextMoment: (mine) => nextMoment(pool, mine),
    rest: (now) => rest(pool, now),
    countAttempt: (conversation) => countAttempt(pool, conversation),
    overdueDispatches: (limit) => overdueDispatches(pool, limit),
    unheededStreams: (limit) => unheededStreams(pool, limit),
    receiptsDue: (now, limit) => receiptsDue(pool, now, limit),
    transact: (locks, work) => inTransaction(pool, async (on) => ((await lock(on, locks)) ? work(txOn(on)) : 'busy'), repeated),
    saveRulebook: (book) => saveRulebook(pool, book),
  };
}

/** The verbs of one transaction. Those on a stream or an outlet are merged when several of these are worked on at once. */
function txOn(on: Queryable): Tx {
  const stream = together((ids: readonly string[]) => streams(on, ids));
  const peek = together((ids: readonly string[]) => peeks(on, ids));
  const rings = together((asked: Parameters<typeof ringing>[1]) => ringing(on, asked));
  const waitingFor = together((asked: Parameters<typeof undelivered>[1]) => undelivered(on, asked));
  const written = together(done((changes: readonly StreamWrite[]) => write(on, changes)));
  const outlet = together((ids: readonly string[]) => outlets(on, ids));
  const queuedAt = together((asked: Parameters<typeof queued>[1]) => queued(on, asked));
  const textsOf = together((asked: Parameters<typeof texts>[1]) => texts(on, asked));
  const reserved = together(done((calls: readonly Dispatch[]) => reserve(on, calls)));
  const settled = together(done((ended: readonly EndedAt[]) => settleAll(on, ended)));
  return {
    received: (conversation) => received(on, conversation),
    settleInbox: (id, outcome) => settleInbox(on, id, outcome),
    heardSince: (id, since) => heardSince(on, id, since),
    openPrompt: (conversation, person) => openPrompt(on, conversation, person),
    askPrompt: (prompt) => askPrompt(on, prompt),
    closePrompt: (id, state) => closePrompt(on, id, state),
    openStream: (kind, mode, id, book) => openStream(on, kind, mode, id, book),
    stream,
    peek,
    events: (id, after, limit) => events(on, id, after, limit),
    streamByN: (kind, n, mode) => streamByN(on, kind, n, mode),
    newestStream: (kind, mode) => newestStream(on, kind, mode),
    streamsNotIn: (kind, statuses) => streamsNotIn(on, kind, statuses),
    incidentsSince: (which, limit) => incidentsSince(on, which, limit),
    incidentActs: (mode, span, limit) => incidentActs(on, mode, span, limit),
    write: written,
    reply: (inbox, deliveries) => answer(on, inbox, deliveries),
    ringing: (id, now) => rings({ stream: id, now }),
    outlet,
    queued: (id, now, limit) => queuedAt({ outlet: id, now, limit }),
    posts: (places, since) => posts(on, places, since),
    frozen: (dispatch) => frozen(on, dispatch),
    cancel: (ids, why) => cancel(on, ids, why),
    hold: (ids, until, why) => hold(on, ids, until, why),
    reserve: reserved,
    settle: (dispatch, attempt, how, now) => settled({ dispatch, attempt, how, now }),
    undelivered: (stream, purposes) => waitingFor({ stream, purposes }),
    unheeded: (id) => unheeded(on, id),
    heed: (read) => heed(on, read),
    told: (dispatch, what, now) => told(on, dispatch, what, now),
    texts: textsOf,
    erase: (id, kept, now, limit) => erase(on, id, kept, now, limit),
    rulebook: (hash) => rulebook(on, hash),
    shifts: () => lockedShifts(on),
    replaceShifts: (shifts) => replaceShifts(on, shifts),
  };
}

/** Work that answers nothing, as `together` wants it. */
function done<I>(work: (items: readonly I[]) => Promise<void>): (items: readonly I[]) => Promise<readonly undefined[]> {
  return async (items) => {
    await work(items);
    return items.map(() => undefined);
  };
}
