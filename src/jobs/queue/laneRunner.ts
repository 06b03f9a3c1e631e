/** Runs the work of one lane: one run at a time in this process, and never a poke lost. */

export interface LaneRunner {
  /** Runs the work soon; during a run: once more after it, however often it was rung. */
  ring(): void;
  /** Takes no more rings and waits for the run that goes on. */
  stop(): Promise<void>;
}

/** Faults of `work` go to `failed` and do not stop the lane. */
export function laneRunner(work: () => Promise<void>, failed: (fault: unknown) => void): LaneRunner {
  let wanted = false;
  let stopped = false;
  let running: Promise<void> | null = null;

  const run = async (): Promise<void> => {
    await new Promise((soon) => setImmediate(soon));
    while (wanted && !stopped) {
      wanted = false;
      try {
        await work();
      } catch (fault) {
        failed(fault);
      }
    }
    running = null;
  };
  return {
    ring: () => {
      wanted = true;
      if (!stopped) running ??= run();
    },
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}
