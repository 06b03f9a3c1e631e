/** Puts the account that the settings know in place of another id under which the platform named the sender. */
import type { Inbound } from '../../ports/platform';
import type { AdapterDeps } from './deps';
import { after } from './timer';

/** The same message under its plain account where that can be had within a second; never rejects; may run twice. */
export type Identify = (message: Inbound) => Promise<Inbound>;

/** How one platform does it. */
export interface Conversion {
  /** Is this an id that has to be converted? */
  isForeign(account: string): boolean;
  /** The plain account; null where the platform has none, or gave no answer. Never rejects. */
  plainOf(account: string): Promise<string | null>;
}

/** A message waits no longer; it then counts as a stranger's, and the answer serves the next one. */
const WAIT_MS = 1_000;
/** An id that could not be converted is not asked for again within this time. */
const ASK_AGAIN_MS = 10 * 60_000;
const MAX_KNOWN = 50_000;

/** Keeps each pair it has learned (50,000 at most), and does not ask again for ten minutes where there was no answer. A single chat keeps its id. */
export function createIdentify({ isForeign, plainOf }: Conversion, deps: AdapterDeps): Identify {
  const known = new Map<string, string>();
  const failed = new Map<string, number>();
  const convert = async (id: string): Promise<void> => {
    failed.set(id, deps.clock.now() + ASK_AGAIN_MS);
    const plain = await plainOf(id);
    if (plain === null) return deps.log.warn({}, 'platform: a foreign user id was not converted');
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(id, plain);
    failed.delete(id);
  };
  return async (message) => {
    const { account } = message;
    if (!isForeign(account)) return message;
    if (!known.has(account) && deps.clock.now() >= (failed.get(account) ?? 0)) await atMost(deps, convert(account));
    const plain = known.get(account);
    return plain === undefined ? message : { ...message, account: plain };
  };
}

function atMost(deps: AdapterDeps, work: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = after(deps.pace, WAIT_MS, resolve);
    void work.then(() => {
      cancel();
      resolve();
    });
  });
}
