/** Decides, at every await of a port, who goes on next, and lets virtual time pass. Nothing runs but what it resumes. */
import type { Random } from './random';
import { Timeline } from './timeline';
import { createTrace } from './trace';

export interface Scheduler {
  /** Virtual real time in milliseconds since the start of the run. */
  now(): number;
  /** Resolves when the scheduler lets this actor go on; never, once the actor is dead. */
  turn(actor: string, what: string): Promise<void>;
  /** Resolves after so much virtual time, or soon after `stop`; never, once the actor is dead. */
  sleep(actor: string, ms: number, stop?: AbortSignal): Promise<void>;
  /** Nothing of this actor ever goes on again. */
  kill(actor: string): void;
  /** The actor stands still for so long, as in a long pause of its machine. */
  stall(actor: string, ms: number): void;
  /** Writes a line into the trace without giving way. */
  note(line: string): void;
  /** Goes on until `over` says so, with `each` before every step; throws when nothing can go on any more, and when there is no end. */
  run(over: () => boolean, each?: () => void): Promise<void>;
  steps(): number;
  /** Digest of the whole trace; two runs of one seed have the same. */
  hash(): string;
  /** The last lines of the trace. */
  tail(): readonly string[];
}

const MOST_STEPS = 60_000;
/** One step in a hundred takes up to so many milliseconds, the others hardly any. */
const LONG_STEP_MS = 3_000;

/** `heard` is told every line of the trace; once `isEnough` says so, nothing more happens. */
export function createScheduler(random: Random, heard?: (line: string) => void, isEnough: () => boolean = () => false): Scheduler {
  const line = new Timeline();
  const trace = createTrace(() => line.now, heard);
  let steps = 0;

  const step = (): void => {
    const share = random.next();
    const task = random.pick(line.pass(share < 0.01 ? Math.floor(share * 100 * LONG_STEP_MS) : Math.floor(share * 3)));
    line.take(task);
    trace.note(`${task.actor} ${task.what}`);
    steps += 1;
    task.go();
  };

  return {
    now: () => line.now,
    turn: (actor, what) => new Promise((go) => line.add({ actor, what, go })),
    sleep: (actor, ms, stop) => new Promise((go) => line.addLater({ actor, what: 'woke', go }, ms, stop)),
    kill: (actor) => line.kill(actor),
    stall: (actor, ms) => line.stall(actor, ms),
    note: trace.note,
    run: (over, each = () => undefined) =>
      untilOver(() => {
        if (over() || isEnough()) return true;
        if (steps > MOST_STEPS) throw new Error(`no end after ${MOST_STEPS} steps`);
        each();
        step();
        return false;
      }),
    steps: () => steps,
    hash: trace.hash,
    tail: trace.tail,
  };
}

const AT_ONCE = Promise.resolve();

/**
 * Calls `isOver` until it says so, and rejects with what it throws. Everything that follows from one step runs on microtasks, as the step itself
 * does; a tick comes when none of them is left, and costs no look at the sockets.
 */
function untilOver(isOver: () => boolean): Promise<void> {
  return new Promise((end, fail) => {
    const next = (): void => {
      try {
        if (isOver()) end();
        else process.nextTick(settled);
      } catch (fault) {
        fail(fault);
      }
    };
    const settled = (): void => void AT_ONCE.then(next);
    next();
  });
}
