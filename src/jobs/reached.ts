/** Did it arrive? Refusals are made known, and carriers are asked what became of what they took. */
import type { Deps } from '../handlers/deps';
import { heedRefusals } from '../handlers/unreached';
import type { Pace } from '../ports/clock';
import type { Receipt } from '../ports/platform';
import type { ReceiptDue } from '../ports/sending';
import { askAgainAt } from './send/receipts';

const BATCH = 50;
/** One question to a carrier, in real milliseconds. */
const ASK_MS = 5_000;

/** Makes known, once, every refusal that waits; `more` is told when somebody is owed a message because of it. */
export async function workRefusals(deps: Deps, more: () => void): Promise<void> {
  let moved = false;
  for (const stream of await deps.store.unheededStreams(BATCH))
    moved = (await heedRefusals(deps, stream).catch((cause: unknown) => complain(deps, stream, cause))) === 'heeded' || moved;
  if (moved) more();
}

/** Asks once about every call whose moment has come; `more` as above. Chats tell nothing later: without a carrier there is nobody to ask. */
export async function workReceipts(deps: Deps, pace: Pace, more: () => void): Promise<void> {
  const due = deps.reach.ports.length === 0 ? [] : await deps.store.receiptsDue(deps.clock.now(), BATCH);
  await Promise.all(due.map((one) => ask(deps, pace, one)));
  if (due.length > 0) more();
}

function complain(deps: Deps, stream: string, cause: unknown): 'busy' {
  deps.log.error({ stream, cause }, 'refusals could not be made known');
  return 'busy';
}

/** Outside any transaction, as every call. A carrier without an answer is asked again later. */
async function ask(deps: Deps, pace: Pace, { dispatch, tenant, channel, ref, reservedAt }: ReceiptDue): Promise<void> {
  const limit = new AbortController();
  const ended = new AbortController();
  void pace.sleep(ASK_MS, ended.signal).then(() => ended.signal.aborted || limit.abort());
  const receipt: Receipt | null = (await deps.reach.channel(tenant, channel)?.receipt?.(ref, limit.signal)) ?? null;
  ended.abort('answered');
  const now = deps.clock.now();
  const isOpen = receipt === null || receipt.is === 'pending';
  const notBeforeMs = receipt?.is === 'pending' ? receipt.againMs : undefined;
  const what = { ended: isOpen ? null : receipt, askAt: isOpen ? askAgainAt(reservedAt, now, notBeforeMs) : null };
  await deps.store.transact({ busy: 'wait' }, (tx) => tx.told(dispatch, what, now));
}
