/** From waiting deliveries to one cleared message: dropped when nobody is owed it any more, cut to what the room may see. */
import type { Reply } from '../../bot/reply';
import { type OfferReply, wordOffers } from '../../bot/wordOffers';
import { wordReply } from '../../bot/wordReply';
import { digestBefore } from '../../core/duty/state';
import type { Instant } from '../../core/instant';
import { compose, gather, merge } from '../../core/notices/compose/compose';
import { composeDuty } from '../../core/notices/compose/duty/compose';
import { withPage } from '../../core/notices/compose/page';
import { composeRegister } from '../../core/notices/compose/register';
import { refsIn, textsNeeded, type View } from '../../core/notices/compose/view';
import type { Intent } from '../../core/notices/intent';
import type { Message } from '../../core/notices/message';
import { type Cleared, clear } from '../../core/privacy/clear';
import { exposureIn } from '../../core/privacy/exposure';
import { type Exposure, type Roster, roomsOf } from '../../core/roster/roster';
import type { Versioned } from '../../core/upcast';
import type { Deps } from '../../handlers/deps';
import { INCIDENT } from '../../handlers/incident';
import type { Life } from '../../handlers/life';
import { DUTY, REGISTER } from '../../handlers/lives';
import { recall } from '../../handlers/recall';
import { incidentsUnderWay } from '../../handlers/underWay';
import type { QueuedDelivery } from '../../ports/sending';
import type { Tx } from '../../ports/store';
import type { StreamKind, StreamRow } from '../../ports/streams';

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
    message: clear(
      again ? { ...message, heading: `（重发）${message.heading}` } : message,
      exposureOf(roster, batch, made[0]?.about ?? NOT_WIDENED),
    ),
    carried,
    dropped,
  };
}

/** What a message is about, as far as it was opened; null where it is about no incident at all. */
type About = Parameters<typeof exposureIn>[1];

/** Answers and digests tell of several incidents: as much as may be told of any. */
const NOT_WIDENED: About = {};

interface Made {
  readonly message: Message;
  readonly about: About;
  readonly deliveries: readonly string[];
}

/** Each incident by itself, each kind of message by itself: what waited long may be about many. */
async function makeAll(tx: Tx, deps: Deps, roster: Roster, batch: readonly QueuedDelivery[], now: Instant): Promise<readonly Made[]> {
  const kindOf = (d: QueuedDelivery): string => JSON.stringify([d.stream, d.purpose]);
  const made: Made[] = [];
  for (const kind of new Set(batch.map(kindOf)))
    made.push(
      ...(await makeAlike(
        tx,
        deps,
        roster,
        batch.filter((d) => kindOf(d) === kind),
        now,
      )),
    );
  return made;
}

async function makeAlike(tx: Tx, deps: Deps, roster: Roster, batch: readonly QueuedDelivery[], now: Instant): Promise<readonly Made[]> {
  const [first] = batch;
  if (first === undefined) return [];
  if (first.purpose === 'reply') return (await Promise.all(batch.map((one) => replied(tx, one, roster, now)))).flat();
  const id = first.stream ?? (first.intent.stream as string | undefined);
  const row = id === undefined ? null : await tx.peek(id);
  if (row === null) return [];
  const intents = batch.map((d) => d.intent as unknown as Intent);
  const worded = await WORDED[row.kind]?.({ tx, deps, roster, now }, row, intents);
  if (worded === undefined || worded === null) return [];
  return gather(batch.map((d) => ({ of: [d.id], intent: d.intent as unknown as Intent }))).flatMap(({ of, intent }) => {
    const message = worded.word(intent);
    const about = intent.purpose === 'summary' ? (worded.about ?? NOT_WIDENED) : worded.about;
    return message === null ? [] : [{ message, about, deliveries: of }];
  });
}

async function replied(tx: Tx, { id, intent }: QueuedDelivery, roster: Roster, now: Instant): Promise<readonly Made[]> {
  const reply = intent.reply as Reply | OfferReply;
  if (reply.is !== 'second_reading')
    return [{ message: wordReply(reply, { roster, texts: await tx.texts(refsIn(reply)), now }), about: NOT_WIDENED, deliveries: [id] }];
  const words = (await tx.texts([reply.text])).get(reply.text);
  return words === undefined ? [] : [{ message: wordOffers(reply, words), about: NOT_WIDENED, deliveries: [id] }];
}

interface Sending {
  readonly tx: Tx;
  readonly deps: Deps;
  readonly roster: Roster;
  readonly now: Instant;
}

/** The words of a stream's intents, and what they are about. */
interface Words {
  readonly word: (intent: Intent) => Message | null;
  readonly about: About;
}

/** From a stream's row to the words of each of these intents; null for a stream without events. */
type Worded = (sending: Sending, row: StreamRow, intents: readonly Intent[]) => Promise<Words | null>;

/** Kinds of streams that tell anybody anything. */
const WORDED: Readonly<Partial<Record<StreamKind, Worded>>> = {
  incident: async (sending, row, intents) => {
    const state = await readable(sending, row, INCIDENT);
    if (state === null) return null;
    const view = { ...(await viewOf(sending, row, textsNeeded(state, intents))), state };
    const { pagesAt } = sending.deps;
    const word = (intent: Intent): Message | null => {
      const made = compose(view, intent);
      return made === null || pagesAt === undefined ? made : withPage(view, intent, made, pagesAt);
    };
    return { word, about: state };
  },
  duty: async (sending, row, intents) => {
    const state = await readable(sending, row, DUTY);
    if (state === null) return null;
    const digests = intents.flatMap(({ standing }) => (standing?.type === 'DigestDue' ? standing.keys : []));
    const since = digestBefore(state, digests);
    const underWay = digests.length === 0 ? [] : await incidentsUnderWay(sending.tx, sending.deps, sending.now, since);
    const view = { ...(await viewOf(sending, row, refsIn([state, intents]))), state, underWay };
    return { word: (intent) => composeDuty(view, intent), about: null };
  },
  register: async (sending, row, intents) => {
    const state = await readable(sending, row, REGISTER);
    if (state === null) return null;
    const view = { ...(await viewOf(sending, row, refsIn([state, intents]))), state };
    return { word: (intent) => composeRegister(view, intent), about: null };
  },
};

function readable<S, E extends Versioned>(
  { tx }: Sending,
  row: StreamRow,
  life: Pick<Life<S, E, never>, 'v' | 'evolve' | 'upcast'>,
): Promise<S | null> {
  return recall(life, row, (after, limit) => tx.events(row.id, after, limit));
}

async function viewOf({ tx, deps, roster, now }: Sending, row: StreamRow, refs: readonly string[]): Promise<Omit<View, 'state'>> {
  return { rules: await deps.rulebooks.of(tx, row.rulebook), roster, texts: await tx.texts(refs), now };
}

/** By the room's setting and the incident's; a room nobody configured sees pointers only; private chats follow the duty room; telephones hear pointers. */
function exposureOf(roster: Roster, batch: readonly QueuedDelivery[], about: About): Exposure {
  if (batch[0]?.intent.by !== undefined) return 'pointer';
  const room = batch[0]?.intent.room;
  const known = typeof room === 'string' ? roster.rooms.get(room) : roomsOf(roster, 'duty')[0];
  return exposureIn(known?.exposure ?? 'pointer', about);
}
