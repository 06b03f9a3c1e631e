/** Two kinds of time: what means something to people, and what machines wait for. */
import type { Instant } from '../core/instant';

/** Database time plus the sandbox's offset: for due moments, windows, codes, tokens and events. */
export interface Clock {
  now(): Instant;
}

/** Real, monotonic time: for leases, time-outs and heartbeats. Not moved by the sandbox. */
export interface Pace {
  mono(): number;
  sleep(ms: number, stop?: AbortSignal): Promise<void>;
}
