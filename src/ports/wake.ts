/** The alarm clock: content-free wake-ups. Every one may be lost, repeated or late; the rows are the truth. */
import type { Instant } from '../core/instant';

export const LANES = ['inbox', 'due', 'send'] as const;
export type Lane = (typeof LANES)[number];
export type Stop = () => Promise<void>;

export interface Wake {
  /** Something may wait in this lane. Returns at once, never throws. */
  poke(lane: Lane): void;
  /** Ring the due lane at this moment; null when nothing is open. A later call replaces the earlier. Never throws. */
  armAt(at: Instant | null): void;
  /** Runs `work` when the lane is woken, one run at a time in this process; a poke during a run leads to one more run. */
  on(lane: Lane, work: () => Promise<void>): void;
  healthy(): boolean;
  stop: Stop;
}
