/** Keeps one platform connection open in exactly one process: claims its lease, runs it, renews, and lets go. */
import type { TakeIn } from '../handlers/takeIn';
import type { Pace } from '../ports/clock';
import type { Leases } from '../ports/leases';
import type { Log } from '../ports/log';
import type { Connection, ConnectionState } from '../ports/platform';

/** After a sudden end of the owner nobody hears the robot for so long: short, and still three renewals. */
const LEASE_MS = 9_000;
const RENEW_MS = 3_000;
/** How often an instance that stands by looks whether the lease has run out. */
const STANDBY_MS = 1_000;
/** After being kicked by a newer connection of somebody else: never fight for it. */
const KICKED_MS = 60_000;

export interface Holding {
  readonly pace: Pace;
  readonly leases: Leases;
  readonly log: Log;
  readonly takeIn: TakeIn;
  /** Told at every change; `standby` while another instance owns the connection. */
  readonly changed: (is: ConnectionState['is'] | 'standby') => void;
  /** Told of every sign of life of the platform, also the answers to our own heartbeat. */
  readonly heard: () => void;
}

/**
 * Runs until `stop`; a lost lease ends the connection at once, a kicked or refused one rests before it tries again. While the
 * database is away nobody can tell who owns it, nor take it over or send: the connection stays, and what it hears is kept for the
 * database's return. An owner who alone does not reach the database is put out by the platform when another one connects.
 */
export async function holdConnection(connection: Connection, holding: Holding, stop: AbortSignal): Promise<void> {
  const { leases, pace, log, changed } = holding;
  while (!stop.aborted) {
    const epoch = await leases.claim(connection.id, LEASE_MS).catch(() => null);
    if (epoch === null) {
      changed('standby');
      await rest(pace, STANDBY_MS, stop);
      continue;
    }
    log.info({ connection: connection.id, epoch }, 'this instance owns the connection');
    const last = await own(connection, holding, stop);
    await leases.release(connection.id).catch(() => undefined);
    if (!stop.aborted) await rest(pace, last === 'kicked' || last === 'refused' ? KICKED_MS : RENEW_MS, stop);
  }
}

async function own(
  connection: Connection,
  { pace, leases, log, takeIn, changed, heard }: Holding,
  stop: AbortSignal,
): Promise<ConnectionState['is']> {
  const lost = new AbortController();
  const ended = AbortSignal.any([stop, lost.signal]);
  let last: ConnectionState['is'] = 'closed';
  const renewing = (async () => {
    while (!ended.aborted) {
      await rest(pace, RENEW_MS, ended);
      if (ended.aborted) return;
      const renewed = await leases.renew(connection.id, LEASE_MS).catch(() => null);
      if (renewed === false) lost.abort();
    }
  })();
  const state = (is: ConnectionState): void => {
    last = is.is;
    changed(is.is);
    log.info({ connection: connection.id, is: is.is, why: is.why }, 'connection changed');
  };
  await connection
    .run({ take: async (message) => void (await takeIn.take(message)), state, heard }, ended)
    .catch((cause: unknown) => log.error({ connection: connection.id, cause }, 'the connection failed'));
  lost.abort();
  await renewing;
  changed('closed');
  return last;
}

async function rest(pace: Pace, ms: number, stop: AbortSignal): Promise<void> {
  await pace.sleep(ms, stop).catch(() => undefined);
}
