/** How many calls of one caller are answered: a bucket each, in this process, so that one loud system cannot drown the duty room. */
import { TooSoon } from '../errors';

/** `burst` at once, then `perMinute`; a failed sign-in costs from a bucket of its address. */
export interface Limit {
  readonly burst: number;
  readonly perMinute: number;
}

export const LIMITS = {
  read: { burst: 400, perMinute: 6_000 },
  command: { burst: 60, perMinute: 300 },
  report: { burst: 60, perMinute: 300 },
  refused: { burst: 60, perMinute: 60 },
} as const satisfies Readonly<Record<string, Limit>>;
export type Limited = keyof typeof LIMITS;

/** More callers than this are not remembered at once; the longest silent is forgotten first. */
const MOST_CALLERS = 10_000;

export interface Limits {
  /** Throws TooSoon 429 `too_many` with the seconds to wait, when the caller's bucket is empty. */
  take(kind: Limited, caller: string): void;
}

/** `mono` in milliseconds, real. */
export function createLimits(mono: () => number): Limits {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take: (kind, caller) => {
      const { burst, perMinute } = LIMITS[kind];
      const key = `${kind}:${caller}`;
      const now = mono();
      const before = buckets.get(key) ?? { left: burst, at: now };
      const left = Math.min(burst, before.left + ((now - before.at) * perMinute) / 60_000);
      buckets.delete(key);
      buckets.set(key, { left: Math.max(0, left < 1 ? left : left - 1), at: now });
      for (const oldest of buckets.keys()) if (buckets.size > MOST_CALLERS) buckets.delete(oldest);
      if (left >= 1) return;
      throw new TooSoon(((1 - left) * 60_000) / perMinute, 'too_many', '调用过于频繁。', (seconds) => `请在 ${seconds} 秒后再试`);
    },
  };
}
