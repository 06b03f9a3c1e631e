/** Who owns the sandbox clock and the reset: the bot, because only it knows when everything due has been run. */

/** What the sandbox needs of the bot (same process) or of the stand-in for it (own process). Moments are epoch milliseconds. */
export interface Control {
  /** The sandbox clock. Moves forward on its own and by `advanceTo`; goes back only by `reset`. */
  now(): number;
  /** Runs everything due up to `target`, answers the moment reached. Never called with a moment in the past. */
  advanceTo(target: number): Promise<number>;
  /** Fresh sample data and the clock back to real time. */
  reset(): Promise<void>;
}
