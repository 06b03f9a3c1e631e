/** The inbox lane: one conversation at a time, its rows in order, one transaction each. */
import { respond } from '../bot/router';
import type { Deps } from '../handlers/deps';
import type { InboxOutcome } from '../ports/store';

/** A row that failed this often is dead: visible, and the next one goes on. */
export const MOST_ATTEMPTS = 5;
const BATCH = 50;

/** Runs until no conversation has a row that can be handled now. Answers how many rows were settled. */
export async function workInbox(deps: Deps): Promise<number> {
  let settled = 0;
  const failed = new Set<string>();
  for (;;) {
    const waiting = (await deps.store.waiting('inbox', deps.clock.now(), BATCH)).filter((id) => !failed.has(id));
    if (waiting.length === 0) return settled;
    for (const conversation of waiting) {
      const done = await workConversation(deps, conversation);
      settled += done.settled;
      if (done.stuck) failed.add(conversation);
    }
  }
}

/** Handles rows of one conversation until none waits, or one fails, or another worker holds it. */
async function workConversation(deps: Deps, conversation: string): Promise<{ settled: number; stuck: boolean }> {
  let settled = 0;
  for (;;) {
    const next = await deps.store.countAttempt(conversation);
    if (next === null) return { settled, stuck: false };
    const result = next.attempts > MOST_ATTEMPTS ? await bury(deps, conversation) : await handleNext(deps, conversation, next);
    if (result === 'settled') settled += 1;
    else return { settled, stuck: result !== 'empty' };
  }
}

type Handled = 'settled' | 'empty' | 'busy' | 'failed';

async function handleNext(deps: Deps, conversation: string, counted: { readonly id: string; readonly attempts: number }): Promise<Handled> {
  try {
    const outcome = await deps.store.transact({ conversation, busy: 'skip' }, async (tx) => {
      const item = await tx.received(conversation);
      if (item === null) return null;
      const ended = await respond(tx, deps, item);
      await tx.settleInbox(item.id, ended);
      return ended;
    });
    if (outcome === 'busy') return 'busy';
    if (outcome === null) return 'empty';
    report(deps, counted.id, outcome);
    return 'settled';
  } catch (cause) {
    deps.log.error({ inbox: counted.id, attempt: counted.attempts, cause }, 'a message could not be handled');
    return counted.attempts >= MOST_ATTEMPTS ? bury(deps, conversation) : 'failed';
  }
}

/** The fifth failure: the row is set aside, visibly. */
async function bury(deps: Deps, conversation: string): Promise<Handled> {
  const buried = await deps.store.transact({ conversation, busy: 'skip' }, async (tx) => {
    const item = await tx.received(conversation);
    if (item === null) return null;
    await tx.settleInbox(item.id, { state: 'dead', outcome: 'dead' });
    return item.id;
  });
  if (buried === 'busy') return 'busy';
  if (buried === null) return 'empty';
  deps.log.error({ inbox: buried }, 'a message is set aside after repeated failures');
  return 'settled';
}

function report(deps: Deps, inbox: string, { outcome, stream, version }: InboxOutcome): void {
  deps.log.info({ inbox, outcome, stream, version }, 'message handled');
}
