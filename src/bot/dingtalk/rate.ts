/** How fast calls of one kind go out: evenly spaced below the platform's limit, half as fast for a while after it said too many (dossier 4.3, 7). */
import type { Pace } from '../../ports/clock';

/** A way through for the calls of one API. */
export interface Rate {
  /**
   * Waits for the next free moment; a number instead when that is so far off that the caller had better come back after so many
   * milliseconds, each at a moment of its own. `share`: how much of a call it fills, since what is sent away joins others when it comes
   * back. Urgent calls go ahead of all others that wait. Never rejects.
   */
  enter(urgent: boolean, stop: AbortSignal, share?: () => number): Promise<number | null>;
  /** The platform refused a call as one too many: half as fast from now on. */
  halve(): void;
}

/** Ten a second, a quarter of what the platform is known to take (dossier 4.3). */
const SPACING_MS = 100;
const SLOWEST_MS = 3_200;
/** As long without a refusal, and it is twice as fast again. */
const RECOVER_MS = 10_000;
/** Refusals that come together are one. */
const TOGETHER_MS = 1_000;
/** Nobody waits here longer: a call must end in time, and the wait would be seen by nobody. */
const LONGEST_WAIT_MS = 4_000;
/** Nor does who comes back when the line has grown meanwhile: whoever waits for a call gives it up soon after, and nobody would know its end. */
const LONGEST_LINE_MS = 8_000;
/** Who was sent away comes back so much before its turn, so that there is always somebody in line. */
const EARLY_MS = 2_000;
/** Who is not back by then does not come any more. */
const LATEST_MS = 5_000;

/** A part of a call that was sent away, and when it comes back. */
interface Away {
  readonly at: number;
  share: number;
}

interface Waiting {
  readonly urgent: boolean;
  go(): void;
}

/** One for each API; time is the pace's, so that windows are real ones. */
export function createRate(pace: Pace): Rate {
  let spacing = SPACING_MS;
  let slowedAt = 0;
  let last = Number.NEGATIVE_INFINITY;
  let promised = Number.NEGATIVE_INFINITY;
  const away: Away[] = [];
  const queue: Waiting[] = [];
  let turning = false;

  const gap = (): number => {
    while (spacing > SPACING_MS && pace.mono() - slowedAt >= RECOVER_MS) {
      spacing = Math.max(SPACING_MS, spacing / 2);
      slowedAt += RECOVER_MS;
    }
    return spacing;
  };
  /** Is this one of those who were sent away and whose moment has come? Nobody new goes before them. */
  const isBack = (share: number): boolean => {
    const now = pace.mono();
    while (away[0] !== undefined && away[0].at < now - LATEST_MS) away.shift();
    const first = away[0];
    if (first === undefined || first.at > now) return false;
    first.share -= share;
    if (first.share <= 0.001) away.shift();
    return true;
  };
  const turn = async (): Promise<void> => {
    turning = true;
    while (queue.length > 0) {
      const wait = last + gap() - pace.mono();
      if (wait > 0) await pace.sleep(wait).catch(() => undefined);
      const urgent = queue.findIndex((one) => one.urgent);
      const [next] = queue.splice(Math.max(0, urgent), 1);
      if (next !== undefined) {
        last = pace.mono();
        next.go();
      }
    }
    turning = false;
  };
  return {
    enter(urgent, stop, share = () => 1) {
      const before = urgent ? queue.filter((one) => one.urgent).length : queue.length;
      const wait = last + (before + 1) * gap() - pace.mono();
      if (stop.aborted) return Promise.resolve(EARLY_MS);
      if (!urgent && ((!isBack(share()) && (wait > LONGEST_WAIT_MS || away.length > 0)) || wait > LONGEST_LINE_MS)) {
        const now = pace.mono();
        promised = Math.max(promised, now + Math.max(wait, LONGEST_WAIT_MS)) + gap() * share();
        away.push({ at: promised - EARLY_MS, share: share() });
        return Promise.resolve(Math.ceil(promised - now - EARLY_MS));
      }
      return new Promise((resolve) => {
        queue.push({ urgent, go: () => resolve(null) });
        if (!turning) void turn();
      });
    },
    halve() {
      const now = pace.mono();
      if (spacing > SPACING_MS && now - slowedAt < TOGETHER_MS) return;
      spacing = Math.min(SLOWEST_MS, spacing * 2);
      slowedAt = now;
    },
  };
}
