/** The simulated platform as one process of the bot sees it: three ways to send, one long connection, every mishap of the road. */
import { markdownLines, plainLines } from '../../src/bot/wire/lines';
import { splitLines } from '../../src/bot/wire/split';
import type { Message } from '../../src/core/notices/message';
import type { Roster } from '../../src/core/roster/roster';
import type { Channel, Connection, Frozen, Inbound, Limit, Platform, Route, SendResult } from '../../src/ports/platform';
import { LINE, type SimPlatform, TENANT } from './platform';
import type { Random } from './random';
import type { Mishap } from './weather';

/** What a process brings to the platform. */
export interface Here {
  readonly actor: string;
  readonly roster: Roster;
  readonly platform: SimPlatform;
  readonly random: Random;
  readonly rough: (what: Mishap) => boolean;
  readonly turn: (what: string) => Promise<void>;
  readonly sleep: (ms: number, stop?: AbortSignal) => Promise<void>;
  /** The process stands still for so long. */
  readonly standStill: (ms: number) => void;
  /** Something that happens at the platform later, whatever becomes of this process. */
  readonly afterwards: (ms: number, happen: () => void) => void;
  /** Told when a call begins and when this process knows its end. */
  readonly calling: (outlet: string, dispatch: string) => () => void;
}

/** Narrow enough to be felt in every run. */
const LIMITS: readonly Limit[] = [{ perMs: 60_000, max: 6, reserve: 2 }];
/** Bytes of a message; longer ones take more than one call. */
const LONG = 900;
/** A group's address is a secret: whoever has it can write there. */
export const HOOK_SECRET = 'hook-5f3a9c';
const KNOWS_FOR_MS = 120_000;
const FOREVER_MS = Number.MAX_SAFE_INTEGER;

export function createPlatformAt(here: Here): Platform {
  const { roster } = here;
  const rooms = [...roster.rooms.keys()];
  const robot = (address: string): Route => ({ tenant: TENANT, channel: 'robot', address, pages: false });
  const app = (address: string): Route => ({ tenant: TENANT, channel: 'app', address, pages: false });
  return {
    id: 'sim',
    tenant: TENANT,
    intake: { kinds: [], read: () => ({ is: 'taken', messages: [] }) },
    channels: [
      channel(here, { id: 'robot', via: 'connection', pages: false }),
      channel(here, { id: 'webhook', via: 'http', pages: true }),
      channel(here, { id: 'app', via: 'http', pages: false }),
    ],
    connection: line(here),
    personOf: (account) => (roster.people.has(account) ? account : null),
    roomOf: (chat) => (rooms.includes(chat) ? chat : null),
    routesToRoom: (room) => [robot(room), { tenant: TENANT, channel: 'webhook', address: `${room}?${HOOK_SECRET}`, pages: true }],
    routesToPerson: (person) => [app(person), robot(`dm-${person}`)],
    routesToChat: (chat, account) => (chat.kind === 'group' ? [robot(chat.id)] : [robot(chat.id), app(account)]),
  };
}

/** Readable bytes: what a person would see, in the adapters' own neutral words, who is paged, which buttons there are. */
function encode(message: Message, lines: typeof plainLines): readonly Frozen[] {
  const { title, body } = lines(message);
  const buttons = message.buttons.map((b) => b.key);
  return splitLines([title, ...body], LONG).map((text, part) => ({
    body: JSON.stringify(part === 0 ? { text, mentions: message.mentions, buttons } : { text, mentions: [], buttons: [] }),
  }));
}

function channel(here: Here, { id, via, pages }: Pick<Channel, 'id' | 'via' | 'pages'>): Channel {
  const memory = id === 'app' ? KNOWS_FOR_MS : 0;
  return {
    id,
    via,
    pages,
    idempotent: memory === 0 ? null : { by: 'body', forMs: memory },
    limits: LIMITS,
    split: (message) => encode(message, id === 'robot' ? markdownLines : plainLines),
    send: async (frozen, to, key, stop) => {
      const cut = key.lastIndexOf('-');
      const call = {
        by: here.actor,
        channel: id,
        address: to.address,
        body: frozen.body,
        dispatch: key.slice(0, cut),
        part: Number(key.slice(cut + 1)),
      };
      const ended = here.calling(`${id} ${to.address}`, call.dispatch);
      await here.turn(`calls ${id} ${to.address}`);
      const result = await meet(here, via, () => here.platform.accept(call, memory), stop);
      await here.turn(`hears ${result.is}`);
      ended();
      return result;
    },
  };
}

/** What becomes of one call on its way there and back. */
async function meet(here: Here, via: Channel['via'], accept: () => void, stop: AbortSignal): Promise<SendResult> {
  if (stop.aborted) return { is: 'unknown', what: 'aborted' };
  if (via === 'connection' && !here.platform.isOpen(here.actor))
    return { is: 'road', code: 'not_connected', blocks: 'outlet', waitMs: 3_000 };
  const fate = fateOf(here);
  if (fate === 'network down') return { is: 'road', code: 'network', blocks: 'outlet', waitMs: 5_000 };
  if (fate === 'rate limit') return { is: 'road', code: '45009', blocks: 'outlet', waitMs: 60_000 };
  if (fate === 'token void') return { is: 'road', code: 'token', blocks: 'tenant', waitMs: 10_000 };
  if (fate === 'receiver refused') return { is: 'refused', code: '93000', fault: 'receiver' };
  if (fate === 'silence') return silence(here, stop);
  if (fate === 'late effect') {
    here.afterwards(here.random.int(1, 30_000), accept);
    return silence(here, stop);
  }
  if (fate === 'frozen call') return afterStandingStill(here, accept);
  accept();
  if (fate === 'accepted unheard') return here.random.chance(0.5) ? { is: 'unknown', what: 'network' } : silence(here, stop);
  if (fate === 'slow answer') {
    await here.sleep(here.random.int(1_000, 30_000), stop);
    if (stop.aborted) return { is: 'unknown', what: 'too late' };
  }
  return { is: 'accepted', ref: 'm' };
}

/** One call in so many meets each of the mishaps that this seed has. */
const FATES: readonly (readonly [Mishap, number])[] = [
  ['network down', 0.05],
  ['rate limit', 0.03],
  ['token void', 0.02],
  ['receiver refused', 0.05],
  ['silence', 0.03],
  ['late effect', 0.03],
  ['frozen call', 0.04],
  ['accepted unheard', 0.07],
  ['slow answer', 0.04],
];

function fateOf({ random, rough }: Here): Mishap | null {
  let left = random.next();
  for (const [mishap, share] of FATES) {
    if (left < share) return rough(mishap) ? mishap : null;
    left -= share;
  }
  return null;
}

/** The answer is there in time, but the process comes to read it only when others have long counted the call as lost. */
async function afterStandingStill(here: Here, accept: () => void): Promise<SendResult> {
  const tookEffect = here.random.chance(0.5);
  if (tookEffect) accept();
  here.standStill(here.random.int(15_000, 50_000));
  await here.turn('goes on');
  return tookEffect ? { is: 'accepted', ref: 'm' } : { is: 'road', code: 'network', blocks: 'outlet', waitMs: 5_000 };
}

async function silence(here: Here, stop: AbortSignal): Promise<SendResult> {
  await here.sleep(FOREVER_MS, stop);
  return { is: 'unknown', what: 'no answer' };
}

/** The long connection: connects anew for ever, hands frames on in order, ends for good when it is kicked. */
function line(here: Here): Connection {
  const { platform, actor } = here;
  return {
    id: LINE,
    run: async (on, stop) => {
      let tail = Promise.resolve();
      const hear = (message: Inbound): void => {
        tail = tail.then(() => store(here, on.take, message, stop));
      };
      while (!stop.aborted) {
        await here.turn('connects');
        if (stop.aborted) break;
        const ended = new AbortController();
        platform.open({ by: actor, hear, ended: (why) => ended.abort(why) });
        on.state({ is: 'open', why: 'subscribed' });
        await here.sleep(FOREVER_MS, AbortSignal.any([stop, ended.signal]));
        platform.close(actor);
        const is = ended.signal.reason === 'kicked' ? 'kicked' : 'closed';
        on.state({ is, why: is });
        if (is === 'kicked') break;
        await here.sleep(here.random.int(1_000, 4_000), stop);
      }
      await tail;
    },
  };
}

/** A frame is never repeated by the platform: it is kept here, and offered again, until it is stored. */
async function store(here: Here, take: (message: Inbound) => Promise<void>, message: Inbound, stop: AbortSignal): Promise<void> {
  for (;;) {
    try {
      await take(message);
      return here.platform.tellTaken(message.dedupeKey);
    } catch {
      if (stop.aborted) return;
      await here.sleep(1_000, stop);
    }
  }
}
