/** One bell on BullMQ: rings lanes in whatever process listens, and one alarm for this process's next due moment. */
import { randomUUID } from 'node:crypto';
import type { Queue, Worker } from 'bullmq';
import { LANES, type Lane } from '../../ports/wake';

/** Queue and worker on one backend; `close` also ends the connections made for them. */
export interface BellParts {
  readonly queue: Queue;
  readonly worker: Worker;
  close(): Promise<void>;
}

export interface Bell {
  /** Adds a content-free job; several rings of one lane in a row become one or two. */
  ring(lane: Lane): void;
  /** Rings `due` and `send` in `ms`; null takes the alarm back. A later call replaces the earlier one. */
  arm(ms: number | null): void;
  /** From now on this process takes jobs; before, it only rings for others. May be called again. */
  listen(): void;
  close(): Promise<void>;
}

/** Lanes in which a due moment makes work. */
const ALARM = 'alarm';
const ALARM_LANES: readonly Lane[] = ['due', 'send'];
/** Two moments this near are one; ringing early is harmless. */
const SAME_MS = 20;
const TRUST_MS = 10_000;
/** By age only: a count makes concurrent completions deadlock on PostgreSQL. */
const KEEP = { removeOnComplete: { age: 60 }, removeOnFail: { age: 3600 } };

/** Puts the bell on open parts. A fault of theirs goes to `unwell`, never to the caller. */
export function bellOn({ queue, worker, close }: BellParts, unwell: (fault: unknown) => void): Bell {
  const rings = new Map(LANES.map((lane) => [lane, onceAtATime(() => addLane(queue, lane).catch(unwell))]));
  const alarm = alarmOn(queue);
  let wanted: number | null = null;
  const arming = onceAtATime(() => alarm(wanted).catch(unwell));
  return {
    ring: (lane) => rings.get(lane)?.(),
    arm: (ms) => {
      wanted = ms === null ? null : performance.now() + ms;
      arming();
    },
    listen: () => {
      if (!worker.isRunning()) worker.run().catch(unwell);
    },
    close,
  };
}

/** Sets the one alarm to a moment of `performance.now()`. What is set already is left alone for a while, then set anew: it may be lost. */
function alarmOn(queue: Queue): (at: number | null) => Promise<void> {
  let armed: { readonly id: string; readonly at: number; readonly since: number } | null = null;
  return async (at) => {
    const now = performance.now();
    if (armed && at !== null && armed.at > now && at >= armed.at && at - armed.at < SAME_MS && now - armed.since < TRUST_MS) return;
    const old = armed;
    armed = null;
    if (old) await queue.remove(old.id);
    if (at === null) return;
    const id = `${ALARM}-${randomUUID()}`;
    await queue.add(ALARM, {}, { ...KEEP, jobId: id, delay: Math.max(0, Math.round(at - now)) });
    armed = { id, at, since: now };
  };
}

/** What a worker does with a job: passes it on. It never waits for the lane, so no job is ever long or stalled. */
export function passOn(name: string, rung: (lane: Lane) => void): void {
  for (const lane of LANES) if (name === lane || (name === ALARM && ALARM_LANES.includes(lane))) rung(lane);
}

async function addLane(queue: Queue, lane: Lane): Promise<void> {
  await queue.add(lane, {}, { ...KEEP, deduplication: { id: lane, keepLastIfActive: true } });
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
