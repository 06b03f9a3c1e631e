/** The month's allowance of server calls (dossier 4.3): counted over all instances, said at 70 and 90 percent, its last tenth kept for the urgent. */
import { type Instant, localMinute } from '../../core/instant';
import type { Clock } from '../../ports/clock';
import type { Meter } from '../../ports/platform';
import type { Log } from '../wire/log';

/** What of a month is used, of what is allowed. */
export interface Used {
  readonly used: number;
  readonly allowed: number;
}

export interface Budget {
  /** May a call be made now? Only urgent ones may use the last tenth, and what the platform gives beyond it. */
  may(urgent: boolean): boolean;
  /** A call is made. */
  count(): void;
  /** The platform says that the month is used up: nothing but urgent calls until the next one begins. */
  empty(): void;
  /** What is known of this month. */
  now(): Used;
}

/** Whose budget it is, and who keeps and hears of it. */
export interface BudgetParts {
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
const RESERVE_FROM = 0.9;
/** So many calls, or the calls of so many milliseconds, are counted here before the shared count is told; a crash forgets no more. */
const TOLD_AFTER = 20;
const TOLD_AFTER_MS = 60_000;
const MONTH_SIGNS = 7;

interface Month {
  readonly name: string;
  shared: number;
  untold: number;
  readonly warned: Set<number>;
  isEmpty: boolean;
}

export function createBudget({ name, allowed, clock, log, meter, passed }: BudgetParts): Budget {
  let month: Month = monthOf(clock.now());
  let toldAt = Number.NEGATIVE_INFINITY;
  const known = (): Used => ({ used: month.shared + month.untold, allowed });

  /** The first instance to pass a share says it for all; without a shared count each process says it. */
  const tellOnce = async (percent: number, used: Used): Promise<void> => {
    const times = await meter?.add(`${name}:${month.name}:${percent}%`, 1, monthEnd(clock.now())).catch(() => 1);
    if (times === undefined || times === 1) passed?.(percent, used);
  };
  const warn = (): void => {
    const { used } = known();
    for (const percent of WARN_AT) {
      if (allowed === 0 || used * 100 < allowed * percent || month.warned.has(percent)) continue;
      month.warned.add(percent);
      log[percent >= 90 ? 'error' : 'warn']({ budget: name, percent, used, allowed }, 'dingtalk: calls of the month are running out');
      void tellOnce(percent, { used, allowed });
    }
  };
  const tell = async (of: Month): Promise<void> => {
    const calls = of.untold;
    toldAt = clock.now();
    of.untold = 0;
    of.shared += calls;
    try {
      const all = (await meter?.add(`${name}:${of.name}`, calls, monthEnd(clock.now()))) ?? of.shared;
      of.shared = Math.max(of.shared, all);
    } catch {
      log.warn({ budget: name }, 'dingtalk: the shared count of calls is not reached');
    }
    if (of === month) warn();
  };
  const current = (): Month => {
    const at = monthName(clock.now());
    if (at !== month.name) month = monthOf(clock.now());
    return month;
  };
  return {
    may(urgent) {
      const of = current();
      return urgent || !(of.isEmpty || (allowed > 0 && of.shared + of.untold >= allowed * RESERVE_FROM));
    },
    count() {
      const of = current();
      of.untold += 1;
      if (of.untold >= TOLD_AFTER || clock.now() - toldAt >= TOLD_AFTER_MS) void tell(of);
      else warn();
    },
    empty() {
      current().isEmpty = true;
    },
    now: () => {
      current();
      return known();
    },
  };
}

function monthOf(at: Instant): Month {
  return { name: monthName(at), shared: 0, untold: 0, warned: new Set(), isEmpty: false };
}

function monthName(at: Instant): string {
  return localMinute(at).slice(0, MONTH_SIGNS);
}

/** When the next month begins; quotas run on the clock of Shanghai (dossier 9). */
export function monthEnd(at: Instant): Instant {
  const [year = 0, month = 1] = monthName(at).split('-').map(Number);
  const [nextYear, next] = month === 12 ? [year + 1, 1] : [year, month + 1];
  return Date.parse(`${nextYear}-${String(next).padStart(2, '0')}-01T00:00:00+08:00`);
}
