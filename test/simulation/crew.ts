/** Workers of the simulation: processes that take seeds from one list, so that both cores live through nights. */
import { type ChildProcess, fork } from 'node:child_process';
import { resolve } from 'node:path';
import { simulateWith } from './faults';
import type { Outcome } from './run';

export interface Task {
  readonly seeds: readonly number[];
  /** Name of the planted fault that these nights are lived with, until one of them is found out; null for the tree as it is. */
  readonly fault: string | null;
}
/** What a worker tells of one seed. */
export type Done = Omit<Outcome, 'tail'>;

/**
 * Nights make much that is gone a moment later: with room for it, little of it outlives a collection. Beside as many workers as cores there is
 * no core left to collect on.
 */
const MEMORY = ['--min-semi-space-size=64', '--max-semi-space-size=64', '--single-threaded-gc'];

type FromWorker = { readonly is: 'done'; readonly done: Done } | { readonly is: 'free' };

const running = new Set<ChildProcess>();

/** Lives through all of them with so many workers; `told` hears of each seed as it ends. Throws when a worker dies. */
export async function work(tasks: readonly Task[], workers: number, told: (done: Done, task: Task) => void): Promise<void> {
  const left = [...tasks];
  await Promise.all(Array.from({ length: Math.min(workers, tasks.length) }, () => one(() => left.shift(), told)));
}

/** Ends all of them; what they were at is lost. */
export function endWorkers(): void {
  for (const child of running) child.kill();
}

function one(next: () => Task | undefined, told: (done: Done, task: Task) => void): Promise<void> {
  const loader = resolve(__dirname, '../../bench/typescript.js');
  const child = fork(resolve(__dirname, 'main.ts'), ['--worker'], { execArgv: [...MEMORY, '-r', loader] });
  running.add(child);
  let task = next();
  return new Promise((ended, failed) => {
    child.on('message', (message: FromWorker) => {
      if (message.is === 'done' && task !== undefined) return told(message.done, task);
      task = next();
      if (task === undefined) child.disconnect();
      else child.send(task);
    });
    child.once('exit', (code) => {
      running.delete(child);
      if (code === 0) ended();
      else failed(new Error(`a worker ended with ${code}, at ${JSON.stringify(task)}`));
    });
    if (task === undefined) child.disconnect();
    else child.send(task);
  });
}

/** The worker's side: task after task until the other side lets go. */
export function serve(): Promise<number> {
  const say = (message: FromWorker): void => void process.send?.(message);
  return new Promise((end) => {
    process.on('message', (task: Task) => void live(task, say).then(() => say({ is: 'free' })));
    process.once('disconnect', () => {
      end(0);
      // Nobody is left to tell anything to, whatever night is being lived through.
      process.exit();
    });
  });
}

async function live({ seeds, fault }: Task, say: (message: FromWorker) => void): Promise<void> {
  const simulate = simulateWith(fault);
  for (const seed of seeds) {
    const { tail: _, ...done } = await simulate(seed, { untilViolated: fault !== null });
    say({ is: 'done', done });
    // Messages to the other side leave between two nights; within one nothing but virtual time passes.
    await new Promise((sent) => setImmediate(sent));
    if (fault !== null && done.violations.length > 0) return;
  }
}
