/** What a long connection has heard is offered until it is stored, in the order of hearing. */
import type { Inbound } from '../../ports/platform';
import { backoff } from './backoff';
import type { AdapterDeps } from './deps';
import { pause } from './timer';

/** Between a connection and the store. */
export interface Inbox {
  /** True when the message is stored; false when that was given up after the end. Never rejects. */
  put(message: Inbound): Promise<boolean>;
  /** Resolves when nothing waits any more. */
  settled(): Promise<unknown>;
}

/** What was heard is offered so long after the end of the connection, and so often. */
const LAST_TRIES_MS = 5_000;
const TRY_AGAIN_MS = 500;

/**
 * One after the other, each offered again until `take` has stored it. After `stop` it is offered some seconds more: the database may be
 * coming back.
 */
export function createInbox(take: (message: Inbound) => Promise<void>, deps: AdapterDeps, stop: AbortSignal): Inbox {
  let tail: Promise<unknown> = Promise.resolve();
  let stoppedAt = Number.POSITIVE_INFINITY;
  const store = async (message: Inbound): Promise<boolean> => {
    for (let failures = 0; ; failures += 1) {
      try {
        await take(message);
        return true;
      } catch (fault) {
        deps.log.error({ failures, fault: fault instanceof Error ? fault.name : 'unknown' }, 'platform: message could not be stored');
        if (stop.aborted) stoppedAt = Math.min(stoppedAt, deps.pace.mono());
        if (deps.pace.mono() >= stoppedAt + LAST_TRIES_MS) return false;
        await (stop.aborted ? deps.pace.sleep(TRY_AGAIN_MS) : pause(deps.pace, backoff(failures), stop));
      }
    }
  };
  return {
    put(message) {
      const stored = tail.then(() => store(message));
      tail = stored;
      return stored;
    },
    settled: () => tail,
  };
}
