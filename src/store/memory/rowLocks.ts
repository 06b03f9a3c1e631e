/** Row locks of the twin: one holder a key until its transaction ends, the others in the order of asking. */
import { StoreFault } from '../fault';

/** A transaction, as far as locks know it. */
export type Owner = object;

export interface RowLocks {
  /** True at once when the key is free or held by the owner already. */
  try(owner: Owner, key: string): boolean;
  /** Waits for the key. Refuses (40P01, as PostgreSQL does) when the wait would close a circle of transactions waiting for each other. */
  wait(owner: Owner, key: string): Promise<void>;
  /** Gives back all the owner holds, each to who has waited longest, and forgets what he waits for: he is never answered. */
  release(owner: Owner): void;
}

interface Waiter {
  readonly owner: Owner;
  readonly resume: () => void;
}

type Holders = Map<string, Owner>;
type Queues = Map<string, readonly Waiter[]>;

export function createRowLocks(): RowLocks {
  const holders: Holders = new Map();
  const queues: Queues = new Map();
  /** Keys of each holder, in the order of getting them. */
  const held = new Map<Owner, string[]>();
  const give = (owner: Owner, key: string): void => {
    holders.set(key, owner);
    const keys = held.get(owner);
    if (keys === undefined) held.set(owner, [key]);
    else keys.push(key);
  };
  const attempt = (owner: Owner, key: string): boolean => {
    const holder = holders.get(key);
    if (holder === undefined) give(owner, key);
    return holder === undefined || holder === owner;
  };
  return {
    try: attempt,
    wait: (owner, key) => {
      if (attempt(owner, key)) return Promise.resolve();
      if (closesCircle(holders, queues, owner, key)) throw new StoreFault('lock', { code: '40P01', retryable: true }, `deadlock at ${key}`);
      return new Promise((resume) => queues.set(key, [...(queues.get(key) ?? []), { owner, resume }]));
    },
    release: (owner) => {
      for (const [key, queue] of queues) {
        queues.set(
          key,
          queue.filter((one) => one.owner !== owner),
        );
      }
      const keys = held.get(owner) ?? [];
      held.delete(owner);
      for (const key of keys) {
        const next = takeFirst(queues, key);
        if (next === undefined) holders.delete(key);
        else {
          give(next.owner, key);
          next.resume();
        }
      }
    },
  };
}

function takeFirst(queues: Queues, key: string): Waiter | undefined {
  const queue = queues.get(key);
  if (queue === undefined) return undefined;
  const [next, ...rest] = queue;
  if (rest.length === 0) queues.delete(key);
  else queues.set(key, rest);
  return next;
}

/** Follows holder by holder what each of them waits for; a transaction waits for one key at a time. */
function closesCircle(holders: Holders, queues: Queues, owner: Owner, key: string): boolean {
  const awaited = new Map([...queues].flatMap(([k, queue]) => queue.map((one) => [one.owner, k] as const)));
  for (let holder = holders.get(key); holder !== undefined; ) {
    if (holder === owner) return true;
    const next = awaited.get(holder);
    holder = next === undefined ? undefined : holders.get(next);
  }
  return false;
}
