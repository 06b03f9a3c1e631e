/** Months by which the platform counts, and the word that one of them runs out: said at 70 and 90 percent, once over all instances. */
import { type Instant, localMinute } from '../../core/instant';
import type { Clock } from '../../ports/clock';
import type { Meter } from '../../ports/platform';
import type { Log } from '../wire/log';

/** What of a month is used, of what is allowed. */
export interface Used {
  readonly used: number;
  readonly allowed: number;
}

/** What is counted by the month, and who keeps and hears of it. */
export interface MonthParts {
  /** Under which the count is kept, e.g. platform, tenant and kind. */
  readonly name: string;
  /** 0: nothing is said of a limit. */
  readonly allowed: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Where instances and restarts share the count; without it each process counts its own. */
  readonly meter?: Meter | undefined;
  /** Heard once a month for each share that is passed, in percent. */
  readonly passed?: ((percent: number, used: Used) => void) | undefined;
}

const WARN_AT = [70, 90] as const;
const MONTH_SIGNS = 7;

/** To be told of every count: the log hears of each share once a process, `passed` once over all that share the meter. */
export function createWarning({ name, allowed, clock, log, meter, passed }: MonthParts, words: string): (used: number) => void {
  let month = '';
  const warned = new Set<number>();
  /** The first instance to pass a share says it for all; without a shared count each process says it. */
  const tellOnce = async (percent: number, used: Used): Promise<void> => {
    const times = await meter?.add(`${name}:${month}:${percent}%`, 1, monthEnd(clock.now())).catch(() => 1);
    if (times === undefined || times === 1) passed?.(percent, used);
  };
  return (used) => {
    const at = monthName(clock.now());
    if (at !== month) warned.clear();
    month = at;
    for (const percent of WARN_AT) {
      if (allowed === 0 || used * 100 < allowed * percent || warned.has(percent)) continue;
      warned.add(percent);
      log[percent >= 90 ? 'error' : 'warn']({ budget: name, percent, used, allowed }, words);
      void tellOnce(percent, { used, allowed });
    }
  };
}

/** Year and month on the clock of Shanghai, by which quotas run (dossier 9). */
export function monthName(at: Instant): string {
  return localMinute(at).slice(0, MONTH_SIGNS);
}

/** When the next month begins there. */
export function monthEnd(at: Instant): Instant {
  const [year = 0, month = 1] = monthName(at).split('-').map(Number);
  const [nextYear, next] = month === 12 ? [year + 1, 1] : [year, month + 1];
  return Date.parse(`${nextYear}-${String(next).padStart(2, '0')}-01T00:00:00+08:00`);
}
