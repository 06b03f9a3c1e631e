/** A bell that outlives its queue: while BullMQ is unwell rings fall silent, and it is opened anew every 10 s. */
import type { Logger } from 'pino';
import type { Pace } from '../../ports/clock';
import { LANES, type Lane } from '../../ports/wake';
import { type Bell, bellOn, passOn } from './bell';
import { EvictingRedis, openParts, type QueueBackend } from './openParts';

export interface MendingBell extends Bell {
  healthy(): boolean;
  /** Opens the queue anew when it is unwell and the last try was 10 s ago; returns at once. */
  mend(): void;
}

export interface MendingBellOptions {
  readonly backend: QueueBackend;
  readonly pace: Pace;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  readonly rung: (lane: Lane) => void;
}

const MEND_EVERY_MS = 10_000;
const TELL_EVERY_MS = 60_000;

/** Throws only for a Redis that may drop alarms; any other fault makes the bell unwell. */
export async function mendingBell({ backend, pace, log, rung }: MendingBellOptions): Promise<MendingBell> {
  let bell: Bell | null = null;
  let isHealthy = false;
  let closed = false;
  let mending: Promise<void> | null = null;
  let triedAt = pace.mono();
  let armedFor: number | null = null;
  let listening = false;
  const tell = atMostEvery(TELL_EVERY_MS, pace, (fault) => log.warn({ err: fault }, '提醒队列暂不可用，由定时检查代替，并会自动恢复。'));

  const open = async (): Promise<void> => {
    triedAt = pace.mono();
    let mine = true;
    const unwell = (fault: unknown): void => {
      if (!mine || closed) return;
      isHealthy = false;
      tell(fault);
    };
    const parts = await openParts(backend, (name) => passOn(name, rung), unwell);
    const next = bellOn(parts, unwell);
    bell = {
      ...next,
      close: () => {
        mine = false;
        return next.close();
      },
    };
    isHealthy = true;
    if (listening) bell.listen();
    if (armedFor !== null) bell.arm(Math.max(0, armedFor - pace.mono()));
  };
  const reopen = async (): Promise<void> => {
    const old = bell;
    bell = null;
    await old?.close().catch(tell);
    try {
      await open();
      log.info({}, '提醒队列已恢复。');
      for (const lane of LANES) rung(lane);
    } catch (fault) {
      tell(fault);
    }
  };
  await open().catch((fault) => {
    if (fault instanceof EvictingRedis) throw fault;
    tell(fault);
  });
  return {
    healthy: () => isHealthy,
    ring: (lane) => bell?.ring(lane),
    arm: (ms) => {
      armedFor = ms === null ? null : pace.mono() + ms;
      bell?.arm(ms);
    },
    listen: () => {
      listening = true;
      bell?.listen();
    },
    mend: () => {
      if (isHealthy || closed || mending || pace.mono() - triedAt < MEND_EVERY_MS) return;
      mending = reopen().finally(() => {
        mending = null;
      });
    },
    close: async () => {
      closed = true;
      await mending;
      await bell?.close();
    },
  };
}

function atMostEvery(ms: number, pace: Pace, act: (fault: unknown) => void): (fault: unknown) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (fault) => {
    if (pace.mono() - last < ms) return;
    last = pace.mono();
    act(fault);
  };
}
