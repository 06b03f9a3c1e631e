/** The app's clock: database time plus the sandbox's offset, carried on by this process's monotonic time between two measurings. */
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Instant } from '../core/instant';
import type { Clock } from '../ports/clock';
import { listenOn } from './ear';
import { broken } from './fault';
import { rows } from './sql';

/** How often the database is asked anew. */
const MEASURE_EVERY_MS = 30_000;
/** A step back up to this long is waited out; a longer one is a clock that was set, or a sandbox that was reset. */
const WAITED_OUT_MS = 2_000;
/** Who moves the clock says his name and the new offset here. */
const CHANNEL = 'fenghuo_clock';

/** The clock with the handles of its owner; everybody else sees only `now`. */
export interface DatabaseClock extends Clock {
  /** The sandbox's offset in milliseconds as last read or set here. */
  offsetMs(): number;
  /** Persists a new offset and tells who follows. Refused (StoreFault `broken`) unless the database is stamped sandbox. */
  setOffset(ms: number): Promise<void>;
  /** Measures at once: after another process, or a reset, has moved the offset. */
  refresh(): Promise<void>;
  /**
   * From now on this clock moves with that of whichever process sets a new offset, at once: two instances would else tell times that
   * lie hours apart until the next measuring. Takes one connection, until the answer is called; for sandboxes, since no other clock is moved.
   */
  follow(): Promise<() => Promise<void>>;
  /** Ends the measuring; `now` goes on. */
  stop(): void;
}

interface Measure {
  /** Real database time in epoch milliseconds when the monotonic clock of this process read `mono`. */
  readonly real: number;
  readonly mono: number;
  readonly offset: number;
}

/**
 * Measures once and then every 30 s. While the database does not answer, time goes on from the last measuring. `now` is a
 * whole number of milliseconds and does not run backward over a measuring, up to steps of 2 s.
 */
export async function createClock(pool: Pool): Promise<DatabaseClock> {
  let base = await measure(pool);
  let last = -Infinity;
  let moves = 0;
  const me = randomUUID();
  const moveTo = (offset: number): void => {
    moves += 1;
    base = { ...base, offset };
  };
  const refresh = async () => {
    const before = moves;
    const measured = await measure(pool);
    base = before === moves ? measured : { ...measured, offset: base.offset };
  };
  // A database that is away is seen and told elsewhere; the clock only has to go on.
  const timer = setInterval(() => refresh().catch(() => {}), MEASURE_EVERY_MS).unref();
  return {
    now: () => {
      last = steady(last, Math.floor(base.real + performance.now() - base.mono) + base.offset);
      return last;
    },
    offsetMs: () => base.offset,
    setOffset: async (ms) => {
      const [moved] = await rows(pool, MOVE, [Math.round(ms), CHANNEL, me]);
      if (!moved) throw broken('clock.move', 'only the clock of a database stamped sandbox can be moved');
      moveTo(Math.round(ms));
    },
    refresh,
    follow: () =>
      listenOn(pool, CHANNEL, {
        heard: (word) => {
          const [from, offset] = word.split(' ');
          if (from !== me) moveTo(Number(offset));
        },
        opened: refresh,
      }),
    stop: () => clearInterval(timer),
  };
}

/** The moment to tell after `last`: small steps back stand still, large ones are taken. */
export function steady(last: Instant, next: Instant): Instant {
  return next < last && last - next <= WAITED_OUT_MS ? last : next;
}

/** The database read its clock somewhere between question and answer: the middle is off by half the way at most. */
async function measure(pool: Pool): Promise<Measure> {
  const before = performance.now();
  const [row] = await rows<{ real: number; offset: number }>(pool, READ);
  const after = performance.now();
  if (!row) throw broken('clock.read', 'the row of the clock is missing');
  return { real: row.real, mono: (before + after) / 2, offset: row.offset };
}

const READ = {
  name: 'clock.read',
  text: `SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS real, offset_ms::float8 AS offset FROM sandbox_clock`,
};
const MOVE = {
  name: 'clock.move',
  text: `
    WITH moved AS (
      UPDATE sandbox_clock SET offset_ms = $1 WHERE EXISTS (SELECT 1 FROM stamp WHERE kind = 'sandbox') RETURNING offset_ms
    )
    SELECT pg_notify($2, $3 || ' ' || offset_ms) FROM moved`,
};
