/** Counting per key over sliding windows of the sandbox clock: so many messages a minute, so many an hour. */

/** At most `max` in any `perMs`. */
export interface Limit {
  readonly perMs: number;
  readonly max: number;
}

/** Several limits over the same calls; a call counts only when it was let through. */
export class RateWindow {
  private readonly times = new Map<string, number[]>();
  private readonly longestMs: number;

  constructor(private readonly limits: readonly Limit[]) {
    this.longestMs = Math.max(...limits.map((limit) => limit.perMs));
  }

  /** True, and counted, when the call stays below every limit at `now` (epoch ms). */
  take(key: string, now: number): boolean {
    const times = (this.times.get(key) ?? []).filter((time) => time > now - this.longestMs);
    const full = this.limits.some(({ perMs, max }) => times.filter((time) => time > now - perMs).length >= max);
    if (!full) times.push(now);
    this.times.set(key, times);
    return !full;
  }

  clear(): void {
    this.times.clear();
  }
}
