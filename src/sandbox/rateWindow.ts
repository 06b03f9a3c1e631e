/** Counting per key over sliding windows of the sandbox clock: so many messages a minute, so many an hour. */

const MINUTE_MS = 60_000;
const HOUR_MS = 3600_000;

/** At most `max` in any `perMs`. */
export interface Limit {
  readonly perMs: number;
  readonly max: number;
}

/** The two limits most channels have. */
export function perMinuteAndHour(minute: number, hour: number): readonly Limit[] {
  return [
    { perMs: MINUTE_MS, max: minute },
    { perMs: HOUR_MS, max: hour },
  ];
}

/** Several limits over the same calls; a call counts only when it was let through. */
export class RateWindow {
  private readonly times = new Map<string, number[]>();
  private readonly longestMs: number;

  constructor(private readonly limits: readonly Limit[]) {
    this.longestMs = Math.max(...limits.map((limit) => limit.perMs));
  }

  /** True, and counted `weight` times, when the call stays within every limit at `now` (epoch ms). */
  take(key: string, now: number, weight = 1): boolean {
    const times = this.times.get(key) ?? [];
    this.times.set(key, times);
    times.splice(0, firstAfter(times, now - this.longestMs));
    const full = this.limits.some(({ perMs, max }) => times.length - firstAfter(times, now - perMs) + weight > max);
    if (!full) for (let n = 0; n < weight; n += 1) times.push(now);
    return !full;
  }

  clear(): void {
    this.times.clear();
  }
}

/** The number of entries at or before `moment`; `times` ascend. */
function firstAfter(times: readonly number[], moment: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
