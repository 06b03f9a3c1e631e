/** The sign of life of this process for the watchdog, with how long ago each of its long connections heard anything. */
import type { Pool } from 'pg';
import { type Rulebook, TASK_DONE } from '../core/plans/rulebook';
import { type Roster, roomsOf } from '../core/roster/roster';
import { realPace } from '../jobs/pace';
import type { Log } from '../ports/log';
import type { Platform } from '../ports/platform';
import type { Settings } from '../settings';
import { type Beat, beat, ended, expectOnly } from '../store/watch';
import { realIds } from './chance';
import type { Storage } from './storage';
import { leaveNote } from './watchNote';

/** So many beats may be lost before the process counts as silent. */
const BEATS = 4;

export interface Living {
  readonly platforms: readonly Platform[];
  readonly roster: Roster;
  readonly log: Log;
  /** For each long connection that is held here, how many milliseconds ago it heard anything. */
  readonly heard: () => Readonly<Record<string, number>>;
}

/**
 * From here on the watchdog misses this process; where settings do not say so, a note tells it where the database is and where it
 * can speak. Beats until the answer is called, which says that the end was in order. A beat that fails is left out.
 */
export async function beWatched(
  { pool, url, rulebooks }: Storage,
  settings: Settings,
  { platforms, roster, log, heard }: Living,
): Promise<() => Promise<void>> {
  leaveNote(settings.dataDir, {
    databaseUrl: settings.databaseUrl === null ? url : null,
    webhook: settings.sandbox === 'off' ? null : webhookOf(platforms, roster),
  });
  const role = settings.role === 'watchdog' ? 'all' : settings.role;
  const { silenceMs } = settings.watchdog;
  const one = { id: realIds.next(), role, lastMs: silenceMs, labels: labelsOf(rulebooks.current) };
  if (role !== 'web')
    await expectOnly(
      pool,
      platforms.flatMap(({ connection }) => connection?.id ?? []),
    );
  const give = (): Promise<void> => beat(pool, { ...one, heard: heard() });
  await give();
  return beating({ pool, one, give, everyMs: silenceMs / BEATS, log });
}

interface Beating {
  readonly pool: Pool;
  readonly one: Omit<Beat, 'heard'>;
  readonly give: () => Promise<void>;
  readonly everyMs: number;
  readonly log: Log;
}

function beating({ pool, one, give, everyMs, log }: Beating): () => Promise<void> {
  const stopping = new AbortController();
  const beats = (async () => {
    for (;;) {
      await realPace.sleep(everyMs, stopping.signal);
      if (stopping.signal.aborted) return;
      await give().catch((cause: unknown) => log.warn({ cause }, 'a sign of life for the watchdog was lost'));
    }
  })();
  return async () => {
    stopping.abort();
    await beats;
    await ended(pool, one.id);
  };
}

/** The simulated duty room's. */
function webhookOf(platforms: readonly Platform[], roster: Roster): string | null {
  const [room] = roomsOf(roster, 'duty');
  return room === undefined ? null : (platforms.map((p) => p.alarmUrl?.(room.id) ?? null).find((url) => url !== null) ?? null);
}

/** What people read for each kind of deadline. */
function labelsOf(rulebooks: readonly Rulebook[]): Readonly<Record<string, string>> {
  const steps = rulebooks.flatMap(({ profile }) => [...profile.steps, ...profile.duty, ...profile.register]);
  return { ...Object.fromEntries(steps.map(({ id, zh }) => [id, zh])), [TASK_DONE]: '完成任务' };
}
