/** From waiting deliveries to one cleared message: dropped when nobody is owed it any more, cut to what the room may see. */
import { type Reply, wordReply } from '../../bot/reply';
import type { IncidentState } from '../../core/incident/state';
import type { Instant } from '../../core/instant';
import { compose, merge } from '../../core/notices/compose/compose';
import { textsNeeded, type View } from '../../core/notices/compose/view';
import type { Intent } from '../../core/notices/intent';
import type { Message } from '../../core/notices/message';
import { type Cleared, clear } from '../../core/privacy/clear';
import { type Exposure, type Roster, roomsOf } from '../../core/roster/roster';
import type { Deps } from '../../handlers/deps';
import type { QueuedDelivery, Tx } from '../../ports/store';

export interface Composed {
  readonly message: Cleared | null;
  /** Deliveries that the message carries. */
  readonly carried: readonly string[];
  /** Deliveries nobody is owed any more. */
  readonly dropped: readonly string[];
}

/** Composes deliveries of one stream, lane and purpose from the state as it is now. */
export async function composeBatch(tx: Tx, deps: Deps, batch: readonly QueuedDelivery[], now: Instant): Promise<Composed> {
  const roster = await deps.directory.at(now);
  const made = await Promise.all(batch.map(async (d) => ({ delivery: d, message: await composeOne(tx, deps, roster, d, now) })));
  const owed = made.filter((m) => m.message !== null);
  const message = merge(owed.flatMap((m) => m.message ?? []));
  const again = batch.some((d) => d.intent.again === true);
  return {
    message:
      message === null ? null : clear(again ? { ...message, heading: `（重发）${message.heading}` } : message, exposureOf(roster, batch)),
    carried: owed.map((m) => m.delivery.id),
    dropped: made.filter((m) => m.message === null).map((m) => m.delivery.id),
  };
}

async function composeOne(tx: Tx, deps: Deps, roster: Roster, delivery: QueuedDelivery, now: Instant): Promise<Message | null> {
  if (delivery.relevantUntil !== null && delivery.relevantUntil <= now) return null;
  if (delivery.purpose === 'reply') return wordReply(delivery.intent.reply as Reply, roster);
  const stream = delivery.stream ?? (delivery.intent.stream as string | undefined);
  const row = stream === undefined ? null : await tx.peek(stream);
  if (row === null) return null;
  const state = row.state as IncidentState;
  const view: View = { rules: await deps.rulebooks.of(tx, row.rulebook), roster, state, texts: await tx.texts(textsNeeded(state)), now };
  return compose(view, delivery.intent as unknown as Intent);
}

/** The room's own exposure; private chats follow the duty room. */
function exposureOf(roster: Roster, batch: readonly QueuedDelivery[]): Exposure {
  const room = batch[0]?.intent.room;
  const known = typeof room === 'string' ? roster.rooms.get(room) : roomsOf(roster, 'duty')[0];
  return known?.exposure ?? 'pointer';
}
