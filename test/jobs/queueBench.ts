/** What the tests of the alarm clock share: a backend that can be harmed, clocks of several processes on it, and counted runs. */
import { afterEach, beforeAll } from '@jest/globals';
import pino from 'pino';
import { realPace } from '../../src/jobs/pace';
import { createWake, type WakeOptions } from '../../src/jobs/queue';
import type { Pace } from '../../src/ports/clock';
import type { Wake } from '../../src/ports/wake';

/** A backend under test, with what may happen to it behind the queue's back. */
export interface PortableBackend {
  open(): Promise<WakeOptions['backend']>;
  /** Throws away everything that the queue has stored, as a dropped schema or a flush does. */
  lose(): Promise<void>;
  /** Deletes the jobs alone. */
  loseJobs(): Promise<void>;
  /** Cuts every connection that any queue has. */
  cut(): Promise<void>;
  /** Ids of the alarms that are set. */
  alarms(): Promise<readonly string[]>;
}

export interface Bench {
  /** One more process on the backend; stopped after the test. Its timer looks so rarely that no test sees it, unless told otherwise. */
  wake(options?: Partial<WakeOptions>): Promise<Wake>;
}

/** So many times faster than real time. */
const HASTE = 40;
/** Machines' time for tests of what takes seconds: all that is waited for and measured by it passes faster. */
export const hastyPace: Pace = {
  mono: () => realPace.mono() * HASTE,
  sleep: (ms, stop) => realPace.sleep(ms / HASTE, stop),
};
/** A process that lives so fast. Only the queue's own times, an alarm's delay among them, stay real. */
export const hasty = { pace: hastyPace, clock: { now: () => Math.floor(hastyPace.mono()) } } as const;

const NEVER_MS = 2 ** 30;

/** To be called inside a `describe`. */
export function openBench(backend: PortableBackend): Bench {
  let where: WakeOptions['backend'];
  const wakes: Wake[] = [];
  beforeAll(async () => {
    where = await backend.open();
  });
  afterEach(async () => {
    await Promise.all(wakes.splice(0).map((wake) => wake.stop()));
  });
  return {
    wake: async (options) => {
      const log = pino({ level: 'silent' });
      const usual = { backend: where, clock: { now: Date.now }, pace: realPace, log, mode: 'queue', timerMs: NEVER_MS } as const;
      const made = await createWake({ ...usual, ...options });
      wakes.push(made);
      return made;
    },
  };
}

export interface Counter {
  work(): Promise<void>;
  count(): number;
  /** Resolves at the `n`th run; a fault after 10 s. */
  reach(n: number): Promise<void>;
}

/** Counts runs; each takes as long as `until`. */
export function counter(until: Promise<unknown> = Promise.resolve()): Counter {
  let count = 0;
  return {
    work: async () => {
      count += 1;
      await until;
    },
    count: () => count,
    reach: (n) => eventually(() => count >= n, `${n} runs`),
  };
}

const KEEPING_ALIVE = new Set(['Timeout', 'TCPSocketWrap', 'TCPConnectWrap', 'PipeWrap']);
/** How many timers and connections keep this process alive. */
export function handles(): number {
  return process.getActiveResourcesInfo().filter((kind) => KEEPING_ALIVE.has(kind)).length;
}

/** Looks every 5 ms until it holds; a fault after 10 s. */
export async function eventually(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`still not so after 10 s: ${what}`);
    await realPace.sleep(5);
  }
}
