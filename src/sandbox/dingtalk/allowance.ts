/** What the organisation may still call: by the second for each API, by the month in all (dossier 4.3), both on the sandbox clock. */
import { RateWindow } from '../rateWindow';

const BEIJING_MS = 8 * 3_600_000;

/** The month in the bureau's time as `2026-08`; quotas run on UTC+8. */
export function monthOf(now: number): string {
  return new Date(now + BEIJING_MS).toISOString().slice(0, 7);
}

/** Counts by month; a new month starts at nothing. */
export class MonthCount {
  private month = '';
  private count = 0;

  constructor(private readonly now: () => number) {}

  get used(): number {
    return this.month === monthOf(this.now()) ? this.count : 0;
  }

  /** True, and counted, when `weight` more stay within `max`. */
  take(max: number, weight = 1): boolean {
    const used = this.used;
    if (used + weight > max) return false;
    this.month = monthOf(this.now());
    this.count = used + weight;
    return true;
  }

  wipe(): void {
    this.count = 0;
  }
}

/** Seconds and months together. A call that is refused is not counted. */
export class Allowance {
  private seconds = new Map<number, RateWindow>();
  private readonly months: MonthCount;

  constructor(private readonly now: () => number) {
    this.months = new MonthCount(now);
  }

  /** Metered calls of this month. */
  get used(): number {
    return this.months.used;
  }

  month(max: number): boolean {
    return this.months.take(max);
  }

  second(api: string, max: number): boolean {
    const window = this.seconds.get(max) ?? new RateWindow([{ perMs: 1000, max }]);
    this.seconds.set(max, window);
    return window.take(api, this.now());
  }

  wipe(): void {
    this.seconds = new Map();
    this.months.wipe();
  }
}
