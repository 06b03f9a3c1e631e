/** Orders to move the clock or to start afresh, one at a time, forward only. */
import type { Control } from './control';
import { isoOf } from './instant';
import { SandboxRefusal } from './refusal';

/** Queues clock moves and resets, so that two hands on the clock cannot cross. */
export class ClockDesk {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly control: Control) {}

  /** Moves to the target that `targetOf` makes from the present; 409 for a target in the past. Answers the moment reached. */
  advance(targetOf: (now: number) => number): Promise<number> {
    return this.afterOthers(async () => {
      const now = this.control.now();
      const target = targetOf(now);
      if (target < now) {
        throw new SandboxRefusal(409, 'clock_backward', `时钟只能向前走，现在已经是 ${isoOf(now)}。`, '要回到过去，请用重置。', 'now');
      }
      return this.control.advanceTo(target);
    });
  }

  reset(): Promise<void> {
    return this.afterOthers(() => this.control.reset());
  }

  private afterOthers<T>(act: () => Promise<T>): Promise<T> {
    const mine = this.last.then(act);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}
