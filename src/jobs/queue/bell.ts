/** One bell on BullMQ and its server: rings lanes in whatever process listens, and one alarm for this process's next due moment. */
import { randomUUID } from 'node:crypto';
import type { Queue } from 'bullmq';
import type { Pace } from '../../ports/clock';
import { LANES, type Lane } from '../../ports/wake';
import { openParts, type QueueBackend } from './openParts';

export interface Bell {
  /** Rings a lane elsewhere without content; several rings of one lane in a row become one or two. Never throws. */
  ring(lane: Lane): void;
  /** Sets the one alarm to a moment of `Pace.mono()`; null takes it back. A later call replaces the earlier one. Never throws. */
  armAt(at: number | null): void;
  /** From now on this process hears rings and alarms; before, it only rings for others. May be called again. Never rejects. */
  listen(): Promise<void>;
  /** `isAway` when the server does not answer: it is waited for two seconds at most either way. Never rejects. */
  close(isAway: boolean): Promise<void>;
}

export interface BellOptions {
  readonly backend: QueueBackend;
  readonly pace: Pace;
  /** Told of each ring that is heard here. */
  readonly rung: (lane: Lane) => void;
  /** Whether a ring of our own that all hear is told to `rung` too. */
  readonly echo: boolean;
  /** Told of every fault until the bell is closed. */
  readonly unwell: (fault: unknown) => void;
}

/**
 * A lane whose work may be one process's alone is heard by all: only the owner of a robot's long connection may send there.
 * In the other lanes any process can do all the work, so one takes the job and the others rest.
 */
const HEARD_BY_ALL: ReadonlySet<Lane> = new Set<Lane>(['send']);
/** A process with work of its own has rung itself already. Of `send` others hear at once, of the rest when its first work is done: so often at most. */
const REST_MS: Readonly<Record<Lane, number>> = { inbox: 250, due: 250, send: 25 };
const ALARM = 'alarm';
/** Lanes in which a due moment makes work. */
export const ALARM_LANES: readonly Lane[] = ['due', 'send'];
/** An alarm so much before or after the moment that is wanted stays as it is: whoever is rung too early arms again. */
const EARLY_MS = 20;
const LATE_MS = 2;
/** An alarm may be lost; one set so long ago is set anew. */
const TRUST_MS = 10_000;
/** By age only: a count makes concurrent completions deadlock on PostgreSQL. */
const KEEP = { removeOnComplete: { age: 60 }, removeOnFail: { age: 3600 } };

/** Opens the queue and puts a bell on it. Throws when the backend cannot be reached, and for a Redis that may drop alarms. */
export async function openBell({ backend, pace, rung, echo, unwell }: BellOptions): Promise<Bell> {
  const me = randomUUID();
  const closing = new AbortController();
  let isListening = false;
  const lost = (fault: unknown): void => {
    if (!closing.signal.aborted) unwell(fault);
  };
  const { queue, tell, listen, close } = await openParts(backend, {
    taken: (jobName) => {
      for (const lane of lanesOf(jobName)) {
        rung(lane);
        if (HEARD_BY_ALL.has(lane)) ring(lane);
      }
    },
    heard: (word) => {
      const [lane, from] = word.split(' ');
      if (echo || from !== me) lanesOf(lane ?? '').forEach(rung);
    },
    opened: () => HEARD_BY_ALL.forEach(rung),
    lost,
  });
  const rest = async (lane: Lane): Promise<void> => {
    if (isListening && !echo) await pace.sleep(REST_MS[lane], closing.signal);
  };
  const tellAll = async (lane: Lane): Promise<void> => {
    await tell(`${lane} ${me}`).catch(lost);
    await rest(lane);
  };
  const giveToOne = async (lane: Lane): Promise<void> => {
    await rest(lane);
    await addJob(queue, lane).catch(lost);
  };
  const rings = new Map(LANES.map((lane) => [lane, onceAtATime(() => (HEARD_BY_ALL.has(lane) ? tellAll(lane) : giveToOne(lane)))]));
  const ring = (lane: Lane): void => rings.get(lane)?.();
  return {
    ring,
    armAt: alarmOn(queue, pace, lost),
    listen: () => {
      isListening = true;
      return listen().catch(lost);
    },
    close: (isAway) => {
      closing.abort();
      return close(isAway);
    },
  };
}

function lanesOf(name: string): readonly Lane[] {
  return name === ALARM ? ALARM_LANES : LANES.filter((lane) => lane === name);
}

async function addJob(queue: Queue, lane: Lane): Promise<void> {
  await queue.add(lane, {}, { ...KEEP, deduplication: { id: lane, keepLastIfActive: true } });
}

function alarmOn(queue: Queue, pace: Pace, lost: (fault: unknown) => void): (at: number | null) => void {
  let wanted: number | null = null;
  let armed: { readonly id: string; readonly at: number; readonly since: number } | null = null;
  const set = async (at: number | null): Promise<void> => {
    const now = pace.mono();
    const isTrusted = armed !== null && armed.at > now && now - armed.since < TRUST_MS;
    if (armed && isTrusted && at !== null && at - armed.at <= EARLY_MS && armed.at - at <= LATE_MS) return;
    const old = armed;
    armed = null;
    if (old) await queue.remove(old.id);
    if (at === null) return;
    const id = `${ALARM}-${randomUUID()}`;
    await queue.add(ALARM, {}, { ...KEEP, jobId: id, delay: Math.max(0, Math.round(at - now)) });
    armed = { id, at, since: now };
  };
  const arming = onceAtATime(() => set(wanted).catch(lost));
  return (at) => {
    wanted = at;
    arming();
  };
}

/** At most one call in flight; calls during it become exactly one more. `work` must not throw. */
function onceAtATime(work: () => Promise<void>): () => void {
  let wanted = false;
  let busy = false;
  const run = async (): Promise<void> => {
    busy = true;
    while (wanted) {
      wanted = false;
      await work();
    }
    busy = false;
  };
  return () => {
    wanted = true;
    if (!busy) void run();
  };
}
