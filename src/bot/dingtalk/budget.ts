/** The month's allowance of server calls (dossier 4.3): counted over all instances, said at 70 and 90 percent, its last tenth kept for the urgent. */
import type { Instant } from '../../core/instant';
import { createWarning, type MonthParts, monthEnd, monthName, type Used } from './month';

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

const RESERVE_FROM = 0.9;
/** So many calls, or the calls of so many milliseconds, are counted here before the shared count is told; a crash forgets no more. */
const TOLD_AFTER = 20;
const TOLD_AFTER_MS = 60_000;

interface Month {
  readonly name: string;
  shared: number;
  untold: number;
  isEmpty: boolean;
}

/** Over the calls of one organisation. */
export function createBudget(parts: MonthParts): Budget {
  const { name, allowed, clock, log, meter } = parts;
  const warn = createWarning(parts, 'dingtalk: calls of the month are running out');
  let month: Month = monthOf(clock.now());
  let toldAt = Number.NEGATIVE_INFINITY;
  const known = (): Used => ({ used: month.shared + month.untold, allowed });
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
    if (of === month) warn(known().used);
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
      else warn(known().used);
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
  return { name: monthName(at), shared: 0, untold: 0, isEmpty: false };
}
