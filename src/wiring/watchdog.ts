/** The watchdog as a process: settings in, rounds until a signal. Joins only what it needs, so that it stays small. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Pool } from 'pg';
import type { Instant } from '../core/instant';
import { realPace } from '../jobs/pace';
import type { Log } from '../ports/log';
import type { WatchRecords } from '../ports/watch';
import type { Settings } from '../settings';
import { openPool } from '../store/pool';
import { createWatchRecords } from '../store/watch';
import { ping, say } from '../watchdog/call';
import { createWatch, type Round } from '../watchdog/rounds';
import { foundNote } from './watchNote';

/** The robot's own heartbeat is twice as often. */
const DEAF_MS = 120_000;
/** A watchdog that died may be followed by another after so many rounds. */
const ROUNDS_OF_LEASE = 3;
const AWAKE_MS = 3_600_000;

/** Runs until `stop`; answers the exit code. One that a server started beside itself also ends when that server is gone and another one lives. */
export async function runWatchdog(settings: Settings, log: Log, stop: AbortSignal): Promise<number> {
  const { everyMs, silenceMs, webhook, deadman } = settings.watchdog;
  const records = following(settings, randomUUID(), log);
  const watch = createWatch({
    records,
    pace: realPace,
    log,
    limits: { lateMs: silenceMs, deafMs: DEAF_MS },
    leaseMs: everyMs * ROUNDS_OF_LEASE,
    say: async (text, pages) => {
      const url = webhook ?? foundNote(settings.dataDir)?.webhook ?? null;
      return url === null ? 'no_webhook' : say(url, text, pages);
    },
    ping: async () => (deadman === null ? null : ping(deadman)),
  });
  const isOrphan = whetherOrphan();
  let orphanedAt: Instant | null = null;
  // Without a database there is nothing else to wait for, and the process would end silently.
  const awake = setInterval(() => undefined, AWAKE_MS);
  log.info({ everyMs, silenceMs }, 'the watchdog watches');
  while (!stop.aborted) {
    const round = await watch.round();
    if (isOrphan()) orphanedAt ??= round.seen?.realNow ?? null;
    if (isOrphan() && isReplaced(round, orphanedAt, settings)) break;
    await realPace.sleep(everyMs, stop);
  }
  clearInterval(awake);
  await records.leave().catch(() => undefined);
  await records.close();
  return 0;
}

/** True once the server that started this process is gone; never for a watchdog started on its own. */
function whetherOrphan(): () => boolean {
  let isOrphan = false;
  process.once('disconnect', () => {
    isOrphan = true;
  });
  process.channel?.unref();
  return () => isOrphan;
}

/** All is well by a sign of life that its own server can no longer have given: that of one with a watchdog of its own. Or the data are gone for good. */
function isReplaced({ leads, wrong, seen }: Round, orphanedAt: Instant | null, { dataDir, watchdog }: Settings): boolean {
  if (!leads || !existsSync(dataDir)) return true;
  if (orphanedAt === null || seen === null || wrong.length > 0) return false;
  return seen.instances.some(({ beatAt }) => beatAt > orphanedAt + watchdog.silenceMs);
}

/** The database by settings, else wherever the server's last note says that it is: after a restart that may be another place. */
function following(settings: Settings, owner: string, log: Log): WatchRecords & { close(): Promise<void> } {
  let at: { readonly url: string; readonly pool: Pool; readonly records: WatchRecords } | null = null;
  const close = async (): Promise<void> => {
    const old = at;
    at = null;
    await old?.pool.end();
  };
  const now = async (): Promise<WatchRecords> => {
    const url = settings.databaseUrl ?? foundNote(settings.dataDir)?.databaseUrl ?? null;
    if (url === null) throw new Error('no server has said yet where the database is');
    if (at?.url === url) return at.records;
    await close();
    const pool = openPool(url, {
      max: 1,
      name: 'fenghuo-watchdog',
      lost: (cause) => log.warn({ cause }, 'watchdog: a database connection was lost'),
    });
    at = { url, pool, records: createWatchRecords(pool, owner) };
    return at.records;
  };
  return {
    look: async () => (await now()).look(),
    lead: async (leaseMs) => (await now()).lead(leaseMs),
    leave: async () => (await now()).leave(),
    openAlarms: async () => (await now()).openAlarms(),
    keep: async (open) => (await now()).keep(open),
    close,
  };
}
