/** Steps at addresses: how the last call there ended is written and the next one is fixed, for all addresses that ask meanwhile in one transaction. */
import type { Deps } from '../../handlers/deps';
import type { Pace } from '../../ports/clock';
import type { Ended } from '../../ports/sending';
import type { Tx } from '../../ports/store';
import { type Reservation, reserve } from './reserve';

/** Transactions of this process's senders at a time; calls to the platforms are not counted. */
const MOST_TRANSACTIONS = 2;
/** Addresses of one transaction: what comes first does not wait until everything is worded. */
const MOST_TOGETHER = 8;
/** Of them, where what is not urgent waits too. */
const KEPT_FOR_OTHERS = 2;
/** What is not urgent waits so long for company, in real milliseconds: most of it are answers to calls that were made together. */
const GATHER_MS = 10;

/** What one address wants. */
export interface Step {
  readonly outlet: string;
  /** Goes before what is not. */
  readonly isUrgent: boolean;
  /** Its last call; null before the first. */
  readonly ended: Ended | null;
  /** Whether a next call is wanted. */
  readonly goesOn: boolean;
}

/** `busy`: another process is at this address. */
export interface Stepped {
  readonly next: Reservation | 'busy';
  /** When the transaction that fixed the next call began, by the monotonic clock. */
  readonly since: number;
}

/**
 * Takes a step: its settlement and its reservation are committed together or, after a fault, the settlement first and alone, so that no
 * message that cannot be made keeps an answer from being written. Throws the fault of this address only.
 */
export type TakeStep = (step: Step) => Promise<Stepped>;

interface Waiting {
  readonly step: Step;
  resolve(stepped: Stepped | Promise<Stepped>): void;
}

/** Urgent steps first; who comes while others are written goes with the next transaction. */
export function createSteps(deps: Deps, pace: Pace): TakeStep {
  const waiting: Waiting[] = [];
  let running = 0;
  let isGathering = false;
  const go = (): void => {
    while (waiting.length > 0 && mayGo(waiting, running, isGathering)) {
      running += 1;
      void takeAll(deps, pace, nextOf(waiting)).finally(() => {
        running -= 1;
        go();
      });
    }
  };
  const gather = async (): Promise<void> => {
    isGathering = true;
    await pace.sleep(GATHER_MS);
    isGathering = false;
    go();
  };
  return (step) =>
    new Promise((resolve) => {
      waiting.push({ step, resolve });
      // All who ask in one breath go together.
      if (step.isUrgent) void Promise.resolve().then(go);
      else if (!isGathering) void gather();
    });
}

/** What is not urgent has one place, waits a moment for company, and goes along with what is. */
function mayGo(waiting: readonly Waiting[], running: number, isGathering: boolean): boolean {
  return waiting.some(({ step }) => step.isUrgent) ? running < MOST_TRANSACTIONS : running === 0 && !isGathering;
}

/** Takes them out, in the order of asking: urgent ones, and at least a few of the others, so that nobody waits for ever. */
function nextOf(waiting: Waiting[]): readonly Waiting[] {
  const urgent = waiting.filter(({ step }) => step.isUrgent);
  const other = waiting.filter(({ step }) => !step.isUrgent);
  const most = MOST_TOGETHER - Math.min(KEPT_FOR_OTHERS, other.length);
  const batch = [...urgent.slice(0, most), ...other].slice(0, MOST_TOGETHER);
  const left = waiting.filter((one) => !batch.includes(one));
  waiting.splice(0, waiting.length, ...left);
  return batch;
}

/** Ends when all of them have their answer. */
async function takeAll(deps: Deps, pace: Pace, batch: readonly Waiting[]): Promise<void> {
  const steps = batch.map(({ step }) => step);
  const stepped = await stepAll(deps, pace, steps).catch((cause: unknown) => complain(deps, steps.length, cause));
  for (const [i, { step, resolve }] of batch.entries()) {
    const own = stepped === 'busy' || stepped === 'apart' ? stepAlone(deps, pace, step) : (stepped[i] as Stepped);
    resolve(own);
    await Promise.resolve(own).catch(() => undefined);
  }
}

function complain({ log }: Deps, addresses: number, cause: unknown): 'apart' {
  log.warn({ addresses, cause }, 'a step of addresses together failed, each is tried alone');
  return 'apart';
}

/** `busy` when none of them waits to be settled and another process is at one of them. */
function stepAll(deps: Deps, pace: Pace, steps: readonly Step[]): Promise<readonly Stepped[] | 'busy'> {
  const busy = steps.some(({ ended }) => ended !== null) ? 'wait' : 'skip';
  return deps.store.transact({ outlets: steps.map(({ outlet }) => outlet), busy }, async (tx) => {
    const since = pace.mono();
    await all(steps.map(({ ended }) => settle(tx, deps, ended)));
    return all(steps.map(async ({ outlet, goesOn }) => ({ next: goesOn ? await reserve(tx, deps, outlet) : 'idle', since })));
  });
}

async function stepAlone(deps: Deps, pace: Pace, step: Step): Promise<Stepped> {
  if (step.ended !== null) await stepAll(deps, pace, [{ ...step, goesOn: false }]);
  const alone = step.goesOn ? await stepAll(deps, pace, [{ ...step, ended: null }]) : [];
  return alone === 'busy' ? { next: 'busy', since: 0 } : (alone[0] ?? { next: 'idle', since: 0 });
}

async function settle(tx: Tx, deps: Deps, ended: Ended | null): Promise<void> {
  if (ended !== null) await tx.settle(ended.dispatch, ended.attempt, ended.how, deps.clock.now());
}

/** All come to their end before a fault is thrown: none works on in a transaction that is over. */
async function all<T>(work: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
