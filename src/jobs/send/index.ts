/** The send lane: every free outlet sends its most urgent message, calls outside any transaction, and settles each end. */
import type { Deps } from '../../handlers/deps';
import type { SendResult } from '../../ports/platform';
import type { Settlement } from '../../ports/store';
import { type Reserved, reserve } from './reserve';
import { createTurns } from './turns';

const BATCH = 50;
/** A call that has not answered by then is aborted; its end is unknown. */
const CALL_MS = 12_000;
/** Transactions of this process's senders at a time; calls to the platforms are not counted. */
const inTurn = createTurns(5);
/** Lanes whose message may be repeated once, marked, when its end is unknown. */
const LAST_REPEATED_LANE = 1;

/** Runs until no outlet can send now. Outlets send side by side, each one message at a time. */
export async function workSend(deps: Deps, stopping: AbortSignal): Promise<number> {
  await settleLost(deps);
  let sent = 0;
  const stuck = new Set<string>();
  for (;;) {
    if (stopping.aborted) return sent;
    const outlets = (await deps.store.waiting('send', deps.clock.now(), BATCH)).filter((id) => !stuck.has(id));
    if (outlets.length === 0) return sent;
    const results = await Promise.all(outlets.map((id) => drain(deps, id, stopping)));
    results.forEach((result, i) => {
      sent += result.sent;
      const id = outlets[i];
      if (result.stuck && id !== undefined) stuck.add(id);
    });
  }
}

/** Sends one outlet's messages in turn until it has nothing more to send now. */
async function drain(deps: Deps, outlet: string, stopping: AbortSignal): Promise<{ readonly sent: number; readonly stuck: boolean }> {
  let sent = 0;
  try {
    while (!stopping.aborted) {
      const reserved = await inTurn(() => deps.store.transact({ outlet, busy: 'skip' }, (tx) => reserve(tx, deps, outlet)));
      if (reserved === 'busy' || reserved === 'idle') return { sent, stuck: true };
      if (reserved === 'again') continue;
      await settle(deps, reserved, await call(reserved, stopping));
      sent += 1;
    }
  } catch (cause) {
    deps.log.error({ outlet, cause }, 'sending stopped at an outlet');
  }
  return { sent, stuck: true };
}

/** The parts in order; the first that is not accepted decides the end. A ticket serves the first part only. */
async function call({ channel, outlet, parts, dispatch }: Reserved, stopping: AbortSignal): Promise<SendResult> {
  let last: SendResult = { is: 'refused', code: 'empty', fault: 'content' };
  for (const [i, part] of parts.entries()) {
    const to = { address: outlet.address, ticket: i === 0 ? dispatch.ticket : null };
    last = await channel.send(part, to, `${dispatch.id}-${i}`, AbortSignal.any([stopping, AbortSignal.timeout(CALL_MS)]));
    if (last.is !== 'accepted') return i === 0 ? last : { is: 'unknown', what: `part ${i + 1} of ${parts.length}: ${last.is}` };
  }
  return last;
}

async function settle(deps: Deps, { dispatch, outlet, channel }: Reserved, result: SendResult): Promise<void> {
  const now = deps.clock.now();
  const how = settlementOf(result, mayRepeat(dispatch.attempt, dispatch.lane, channel.idempotent !== 'no'), now);
  const done = await inTurn(() =>
    deps.store.transact({ outlet: outlet.id, busy: 'wait' }, (tx) => tx.settle(dispatch.id, dispatch.attempt, how, now)),
  );
  const fields = {
    dispatch: dispatch.id,
    channel: channel.id,
    lane: dispatch.lane,
    end: how.is,
    code: 'code' in how ? how.code : undefined,
    settled: done !== 'busy',
  };
  if (how.is === 'accepted') deps.log.debug(fields, 'message accepted by the platform');
  else deps.log.warn(fields, 'message not accepted by the platform');
}

/** A message whose end is unknown is sent once more, when that cannot double it or when it pages people in need. */
function mayRepeat(attempt: number, lane: number, idempotent: boolean): boolean {
  return attempt === 1 && (idempotent || lane <= LAST_REPEATED_LANE);
}

function settlementOf(result: SendResult, again: boolean, now: number): Settlement {
  switch (result.is) {
    case 'accepted':
      return { is: 'accepted', ref: result.ref ?? null, handle: result.handle ?? null };
    case 'refused':
      return { is: 'refused', code: result.code };
    case 'road':
      return { is: 'road', code: result.code, blocks: result.blocks, until: now + result.waitMs };
    case 'unknown':
      return { is: 'unknown', what: result.what, again };
    default:
      return result satisfies never;
  }
}

/** Dispatches nobody settled (a crash between call and settlement) end as unknown, visibly. */
async function settleLost(deps: Deps): Promise<void> {
  for (const lost of await deps.store.overdueDispatches(BATCH)) {
    const how: Settlement = { is: 'unknown', what: 'no settlement before the limit', again: mayRepeat(lost.attempt, lost.lane, false) };
    await deps.store.transact({ outlet: lost.outlet, busy: 'wait' }, (tx) => tx.settle(lost.id, lost.attempt, how, deps.clock.now()));
    deps.log.warn({ dispatch: lost.id }, 'a sending has an unknown end');
  }
}
