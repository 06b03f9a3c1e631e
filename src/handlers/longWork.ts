/** Work that can be left: begun by a call that does not wait for it, done in this process, told step by step, begun again where it broke off. */
import type { Pace } from '../ports/clock';
import type { Log } from '../ports/log';
import type { Attempt, LongWork, WorkKind, WorkProgress, WorkResult } from '../ports/longWork';

/** Tells how far it is; throws `Superseded` where another attempt has taken the work. */
export type Tell = (step: string, done?: number, total?: number | null) => Promise<void>;

/** Does one kind of work. It may be begun any number of times: each is the same from its beginning, and what is decided is decided once. */
export type DoWork = (about: unknown, tell: Tell) => Promise<WorkResult>;

export interface LongWorks {
  /** Answers at once. A repeat of the same id begins nothing. */
  begin(owner: string, work: { readonly id: string; readonly kind: WorkKind; readonly about: unknown }, how: DoWork): Promise<void>;
  /** What broke off or failed, from its beginning; nothing where it runs or is done. */
  again(owner: string, id: string, how: DoWork): Promise<void>;
  /** Waits for what runs; what takes longer than a stop may take is broken off and can be begun again. */
  stop(): Promise<void>;
}

export interface LongWorkPorts {
  readonly rows: LongWork;
  readonly pace: Pace;
  readonly log: Log;
}

/** Another attempt works at it now. */
class Superseded extends Error {}

/** Well within the time after which a silent process is taken for dead. */
const BEAT_MS = 5_000;
/** Pages look so often; more is not worth a row. */
const TELL_MS = 200;
const STOP_MS = 10_000;

/** Work of one process. */
export function createLongWorks(ports: LongWorkPorts): LongWorks {
  const running = new Set<Promise<void>>();
  const run = (attempt: Attempt | null, about: unknown, how: DoWork): void => {
    if (attempt === null) return;
    const work: Promise<void> = attemptAt(ports, attempt, about, how).finally(() => running.delete(work));
    running.add(work);
  };
  return {
    begin: async (owner, work, how) => run(await ports.rows.begin(owner, work), work.about, how),
    again: async (owner, id, how) => {
      const about = await ports.rows.about(owner, id);
      run(await ports.rows.again(owner, id), about, how);
    },
    stop: async () => {
      await Promise.race([Promise.all(running), ports.pace.sleep(STOP_MS)]);
    },
  };
}

/** Never throws: what goes wrong stands in the row. */
async function attemptAt({ rows, pace, log }: LongWorkPorts, attempt: Attempt, about: unknown, how: DoWork): Promise<void> {
  const beating = new AbortController();
  void beat(rows, pace, attempt, beating.signal);
  try {
    const result = await how(about, teller(rows, pace, attempt));
    await rows.end(attempt, result);
  } catch (cause) {
    if (cause instanceof Superseded) return;
    log.error({ work: attempt.id, cause }, 'long work failed');
    await rows.end(attempt, { fault: 'internal' }).catch(() => false);
  } finally {
    beating.abort();
  }
}

/** A step is told when it changes, what moves inside it now and then, its end always. */
function teller(rows: LongWork, pace: Pace, attempt: Attempt): Tell {
  let told: WorkProgress & { readonly at: number } = { step: '', done: 0, total: null, at: Number.NEGATIVE_INFINITY };
  return async (step, done = 0, total = null) => {
    const isNews = step !== told.step || done === total || pace.mono() - told.at >= TELL_MS;
    if (!isNews) return;
    told = { step, done, total, at: pace.mono() };
    if (!(await rows.advance(attempt, { step, done, total }))) throw new Superseded();
  };
}

async function beat(rows: LongWork, pace: Pace, attempt: Attempt, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await pace.sleep(BEAT_MS, stop);
    if (!stop.aborted) await rows.beat(attempt).catch(() => undefined);
  }
}
