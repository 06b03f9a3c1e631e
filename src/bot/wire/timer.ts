/** Time limits on the injected pace, so that a test can let them pass without waiting. */
import type { Pace } from '../../ports/clock';

/** Runs `act` once after `ms` of real time unless the returned function was called before. */
export function after(pace: Pace, ms: number, act: () => void): () => void {
  const cancel = new AbortController();
  const ring = () => {
    if (!cancel.signal.aborted) act();
  };
  pace.sleep(ms, cancel.signal).then(ring, () => undefined);
  return () => cancel.abort('in time');
}

/** Waits `ms` or until `stop`, whichever comes first; never rejects. */
export async function pause(pace: Pace, ms: number, stop: AbortSignal): Promise<void> {
  if (!stop.aborted) await pace.sleep(ms, stop).catch(() => undefined);
}
