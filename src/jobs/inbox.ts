/** The inbox lane: one conversation at a time, its rows in order, one transaction each. */
import { respond } from '../bot/router';
import { answer, openTurn } from '../bot/turn';
import { refuse } from '../core/incident/refusal';
import type { Deps } from '../handlers/deps';
import type { InboxOutcome } from '../ports/inbox';
import type { Tx } from '../ports/store';

/** A row that failed this often for a reason of its own is dead: visible, and the next one goes on. */
export const MOST_ATTEMPTS = 5;
/** Tried so often without an end, whatever the reason (the process may die of it): dead too. */
const MOST_TRIES = 20;
const BATCH = 50;
/** Rows of one conversation in a row, so that a flooded group does not keep the others waiting. */
const ROWS_AT_ONCE = 20;

/** Runs until no conversation has a row that can be handled now; `settled` is told after each row. */
export async function workInbox(deps: Deps, settled: () => void): Promise<void> {
  const stuck = new Set<string>();
  for (;;) {
    const waiting = (await deps.store.waiting('inbox', deps.clock.now(), BATCH + stuck.size, [])).filter((id) => !stuck.has(id));
    if (waiting.length === 0) return;
    for (const conversation of waiting) if (!(await workConversation(deps, conversation, settled))) stuck.add(conversation);
  }
}

/** False when a row could not be handled now: it failed, or another worker has the conversation. */
async function workConversation(deps: Deps, conversation: string, settled: () => void): Promise<boolean> {
  for (let row = 0; row < ROWS_AT_ONCE; row++) {
    const next = await deps.store.countAttempt(conversation);
    if (next === null) return row > 0;
    const result = next.attempts > MOST_TRIES ? await bury(deps, conversation, next.id) : await handleNext(deps, conversation, next);
    if (result !== 'settled') return result === 'empty';
    settled();
  }
  return true;
}

type Handled = 'settled' | 'empty' | 'busy' | 'failed';

async function handleNext(deps: Deps, conversation: string, counted: { readonly id: string; readonly attempts: number }): Promise<Handled> {
  try {
    const outcome = await deps.store.transact({ conversation, busy: 'skip' }, async (tx) => {
      const item = await tx.received(conversation);
      if (item === null) return null;
      const ended = await respond(tx, deps, item);
      await tx.settleInbox(item.id, ended);
      return { ended, person: deps.reach.personOf(item.tenant, item.account) };
    });
    if (outcome === 'busy') return 'busy';
    if (outcome === null) return 'empty';
    report(deps, counted.id, outcome.ended, outcome.person);
    return 'settled';
  } catch (cause) {
    deps.log.error({ inbox: counted.id, attempt: counted.attempts, cause }, 'a message could not be handled');
    return counted.attempts >= MOST_ATTEMPTS && !isPassing(cause) ? bury(deps, conversation, counted.id) : 'failed';
  }
}

/** A fault of the road (database away) is no fault of the message. */
function isPassing(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'retryable' in cause && cause.retryable === true;
}

/** The row is set aside, visibly; who wrote it is told, unless that fails too. */
async function bury(deps: Deps, conversation: string, id: string): Promise<Handled> {
  const setAside = (tell: boolean): Promise<Handled | 'busy'> =>
    deps.store.transact({ conversation, busy: 'skip' }, async (tx) => {
      const item = await tx.received(conversation);
      if (item === null || item.id !== id) return 'empty';
      if (tell) await tellWriter(tx, deps, item);
      await tx.settleInbox(id, { state: 'dead', outcome: 'dead' });
      return 'settled';
    });
  const buried = await setAside(true).catch(() => setAside(false));
  if (buried === 'settled') deps.log.error({ inbox: id }, 'a message is set aside after repeated failures');
  return buried;
}

async function tellWriter(tx: Tx, deps: Deps, item: Parameters<typeof openTurn>[2]): Promise<void> {
  await answer(
    await openTurn(tx, deps, item),
    refuse('not_handled', '这条消息处理失败，已记录。', '请换一种写法重发；紧急情况请电话报告值班室'),
  );
}

/** Every refused attempt leaves a line with its code and who tried, and is counted; never a word of what was typed. */
function report({ log, refusals }: Deps, inbox: string, { outcome, stream, version }: InboxOutcome, person: string | null): void {
  const code = /^refused:(.+)$/.exec(outcome)?.[1];
  if (code === undefined) {
    log.info({ inbox, outcome, stream, version }, 'message handled');
    return;
  }
  refusals?.count(code);
  log.warn({ inbox, code, person }, 'attempt refused');
}
