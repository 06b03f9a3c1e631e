/** One process that works on the twin: how it gives way, and what ends with it. */
import { repeating } from '../transaction';
import { looking, type On, type Open, open, type Turn } from './transaction';
import type { World } from './world';

export interface Process {
  /** Gives way to others at every await of the store; one that never resolves is how a process stands still or dies. */
  readonly turn: Turn;
  /** Real milliseconds. */
  readonly real: () => number;
  /** Transactions of this process that have not ended. */
  readonly open: Set<Open>;
}

export function createProcess({ turn, real }: Pick<Process, 'turn' | 'real'>): Process {
  return { turn, real, open: new Set() };
}

/** As when the process is killed: its transactions are rolled back, their locks free; what it waits for is never answered. */
export function kill(process: Process): void {
  for (const tx of process.open) tx.rollback();
  process.open.clear();
}

/** One statement that commits itself. */
export function alone<T>(world: World, process: Process, what: string, statement: (on: On) => Promise<T> | T): Promise<T> {
  return repeatedly(world, process, (tx) => tx.run(what, statement));
}

/** Statements that only look, and so need no transaction. */
export function createLook(world: World, process: Process): <T>(what: string, statement: (on: On) => T) => Promise<T> {
  const on = looking(world, process.real);
  return (what, statement) => process.turn(what).then(() => statement(on));
}

/** `work` between begin and commit. */
export function inTransaction<T>(world: World, process: Process, work: (tx: Open) => Promise<T>): Promise<T> {
  return repeatedly(world, process, async (tx) => {
    await process.turn('begin');
    const result = await work(tx);
    await process.turn('commit');
    return result;
  });
}

/** After a lost race it runs again, up to five times in all; any other fault rolls back and is thrown, also one after the commit. */
function repeatedly<T>(world: World, process: Process, work: (tx: Open) => Promise<T>): Promise<T> {
  const once = async (): Promise<T> => {
    const tx = open(world, process);
    process.open.add(tx);
    try {
      const result = await work(tx);
      if (tx.commit()) await process.turn('committed');
      return result;
    } catch (fault) {
      tx.rollback();
      throw fault;
    } finally {
      process.open.delete(tx);
    }
  };
  return repeating(once, () => Promise.resolve());
}
