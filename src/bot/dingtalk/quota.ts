/** What the office has bought for a month (dossier 3.5): each one is taken before it goes out, so that all instances together never use more. */
import { createWarning, type MonthParts, monthEnd, monthName } from './month';

/** One that was taken. */
export interface Taken {
  /** It reached nobody: the month has it again, unless the month is over. Call it once. */
  back(): Promise<void>;
}

export interface Quota {
  /** Takes one of this month, null where none is left. While the shared count is away, this process goes by its own. Never throws. */
  take(): Promise<Taken | null>;
}

/** A month whose limit is not said (0) is counted all the same. */
export function createQuota(parts: MonthParts): Quota {
  const { name, allowed, clock, log, meter } = parts;
  const warn = createWarning(parts, 'dingtalk: what is bought for the month is running out');
  let month = '';
  let known = 0;
  let untold = 0;
  const add = async (change: 1 | -1): Promise<number> => {
    const [of, calls] = [month, untold + change];
    untold = 0;
    known += change;
    const own = known;
    try {
      const all = (await meter?.add(`${name}:${of}`, calls, monthEnd(clock.now()))) ?? own;
      if (of === month) known = all;
      return all;
    } catch {
      if (of === month) untold += calls;
      log.warn({ quota: name }, 'dingtalk: the shared count of a bought month is not reached');
      return own;
    }
  };
  const enter = (): string => {
    const at = monthName(clock.now());
    if (at !== month) [known, untold] = [0, 0];
    month = at;
    return at;
  };
  return {
    async take() {
      const of = enter();
      const used = await add(1);
      const back = async (): Promise<void> => {
        if (enter() === of) await add(-1);
      };
      if (allowed > 0 && used > allowed) {
        await back();
        return null;
      }
      warn(used);
      return { back };
    },
  };
}
