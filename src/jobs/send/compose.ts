/** From waiting deliveries to one cleared message: dropped when nobody is owed it any more, cut to what the room may see. */
import type { Reply } from '../../bot/reply';
import { type OfferReply, wordOffers } from '../../bot/wordOffers';
import { wordReply } from '../../bot/wordReply';
import type { Instant } from '../../core/instant';
import { compose, gather, merge } from '../../core/notices/compose/compose';
import { textsNeeded, type View } from '../../core/notices/compose/view';
import type { Intent } from '../../core/notices/intent';
import type { Message } from '../../core/notices/message';
import { type Cleared, clear } from '../../core/privacy/clear';
import { type Exposure, type Roster, roomsOf } from '../../core/roster/roster';
import type { Deps } from '../../handlers/deps';
import { peekIncident } from '../../handlers/incident';
import type { QueuedDelivery, Tx } from '../../ports/store';

export interface Composed {
  /** Null when nobody is owed anything any more. */
  readonly message: Cleared | null;
  /** Deliveries that the message carries. */
  readonly carried: readonly string[];
  /** Deliveries nobody is owed any more. */
  readonly dropped: readonly string[];
}

/** Composes deliveries of one stream, lane and purpose from the state as it is now. */
export async function composeBatch(tx: Tx, deps: Deps, batch: readonly QueuedDelivery[], now: Instant): Promise<Composed> {
  const roster = await deps.directory.at(now);
  const wanted = batch.filter((d) => d.relevantUntil === null || d.relevantUntil > now);
  const made = await makeAll(tx, deps, roster, wanted, now);
  const carried = made.flatMap((m) => m.deliveries);
  const dropped = batch.filter((d) => !carried.includes(d.id)).map((d) => d.id);
  const message = merge(made.map((m) => m.message));
  if (message === null) return { message: null, carried, dropped };
  const again = wanted.some((d) => d.attempts > 0);
  return {
    message: clear(again ? { ...message, heading: `（重发）${message.heading}` } : message, exposureOf(roster, batch)),
    carried,
    dropped,
  };
}

interface Made {
  readonly message: Message;
  readonly deliveries: readonly string[];
}

async function makeAll(tx: Tx, deps: Deps, roster: Roster, batch: readonly QueuedDelivery[], now: Instant): Promise<readonly Made[]> {
  const [first] = batch;
  if (first === undefined) return [];
  if (first.purpose === 'reply') return (await Promise.all(batch.map((d) => replied(tx, roster, d)))).flat();
  const stream = first.stream ?? (first.intent.stream as string | undefined);
  const row = stream === undefined ? null : await peekIncident(tx, stream);
  if (row === null || row.state === null) return [];
  const { state } = row;
  const intents = batch.map((d) => d.intent as unknown as Intent);
  const view: View = {
    rules: await deps.rulebooks.of(tx, row.rulebook),
    roster,
    state,
    texts: await tx.texts(textsNeeded(state, intents)),
    now,
  };
  return gather(batch.map((d) => ({ of: [d.id], intent: d.intent as unknown as Intent }))).flatMap(({ of, intent }) => {
    const message = compose(view, intent);
    return message === null ? [] : [{ message, deliveries: of }];
  });
}

async function replied(tx: Tx, roster: Roster, { id, intent }: QueuedDelivery): Promise<readonly Made[]> {
  const reply = intent.reply as Reply | OfferReply;
  if (reply.is !== 'second_reading') return [{ message: wordReply(reply, roster), deliveries: [id] }];
  const words = (await tx.texts([reply.text])).get(reply.text);
  return words === undefined ? [] : [{ message: wordOffers(reply, words), deliveries: [id] }];
}

/** The room's own exposure; a room nobody configured sees pointers only; private chats follow the duty room. */
function exposureOf(roster: Roster, batch: readonly QueuedDelivery[]): Exposure {
  const room = batch[0]?.intent.room;
  const known = typeof room === 'string' ? roster.rooms.get(room) : roomsOf(roster, 'duty')[0];
  return known?.exposure ?? 'pointer';
}
