/** The simulated chat platform: what it was told, what it showed, and the one connection it speaks to. */
import type { Inbound } from '../../src/ports/platform';
import type { Random } from './random';
import type { Scheduler } from './scheduler';
import type { Mishap } from './weather';

/** The only tenant of the run. */
export const TENANT = 'city';
export const LINE = 'line';

/** One call that took effect: what people can read from then on, unless the platform knew it as a repeat. */
export interface Effect {
  readonly at: number;
  readonly by: string;
  readonly channel: string;
  readonly address: string;
  readonly body: string;
  /** Dispatch id and part, as in the call's key. */
  readonly dispatch: string;
  readonly part: number;
  /** Recognised as the same call, so shown once. */
  readonly recognised: boolean;
}

/** One end of the long connection, held by one process. */
export interface Socket {
  readonly by: string;
  /** Hands a frame over; resolves when the process has taken it. */
  readonly hear: (message: Inbound) => void;
  readonly ended: (why: 'kicked' | 'closed') => void;
}

/** Takes a callback; resolves when it is stored, rejects when it is not. */
export type Door = (message: Inbound) => Promise<unknown>;

export interface SimPlatform {
  readonly effects: readonly Effect[];
  /** Messages that the platform was told are taken, by dedupe key. */
  readonly taken: ReadonlySet<string>;
  readonly doors: Map<string, Door>;
  /** Opens the long connection; an older one is kicked. */
  open(socket: Socket): void;
  /** The process closes its end, or dies of it. */
  close(by: string): void;
  isOpen(by: string): boolean;
  /** The platform is told that a frame is taken. */
  tellTaken(key: string): void;
  /** A person's message goes out: over the long connection once or twice, or as a callback until it is acknowledged. */
  emit(message: Inbound, via: 'line' | 'callback'): void;
  /** A call takes effect. */
  accept(call: Omit<Effect, 'at' | 'recognised'>, knowsRepeatsForMs: number): void;
  /** Closes the long connection without a reason. */
  drop(): void;
  /** Messages that people have sent. */
  heard(): number;
  /** Messages that are still being delivered. */
  underWay(): number;
}

/** The platform's own thread of time. */
const ACTOR = 'platform';
const CALLBACK_LIMIT_MS = 5_000;
const MOST_CALLBACKS = 8;

export function createSimPlatform(scheduler: Scheduler, random: Random, rough: (what: Mishap) => boolean): SimPlatform {
  const effects: Effect[] = [];
  /** When each body was last shown at an address. */
  const shownAt = new Map<string, number>();
  const taken = new Set<string>();
  const doors = new Map<string, Door>();
  const line = createSocketEnd();
  const post: Post = { scheduler, random, rough, taken, doors, hear: line.hear };
  let underWay = 0;
  let heard = 0;
  return {
    effects,
    taken,
    doors,
    open: line.open,
    close: line.close,
    isOpen: line.isOpen,
    drop: line.drop,
    tellTaken: (key) => void taken.add(key),
    emit: (message, via) => {
      underWay += 1;
      heard += 1;
      void (via === 'line' ? frame(post, message) : callBack(post, message)).then(() => {
        underWay -= 1;
      });
    },
    accept: (call, knowsRepeatsForMs) => {
      const at = scheduler.now();
      const what = `${call.channel} ${call.address} ${call.body}`;
      const recognised = (shownAt.get(what) ?? Number.NEGATIVE_INFINITY) > at - knowsRepeatsForMs;
      if (!recognised) shownAt.set(what, at);
      effects.push({ ...call, at, recognised });
      scheduler.note(`platform ${recognised ? 'knows' : 'shows'} ${call.channel} ${call.address} ${call.dispatch}-${call.part}`);
    },
    heard: () => heard,
    underWay: () => underWay,
  };
}

/** The platform's end of the one long connection. */
function createSocketEnd(): Pick<SimPlatform, 'open' | 'close' | 'isOpen' | 'drop'> & { hear(message: Inbound): void } {
  let socket: Socket | null = null;
  const end = (next: Socket | null, why: 'kicked' | 'closed'): void => {
    const older = socket;
    socket = next;
    older?.ended(why);
  };
  return {
    open: (next) => end(next, 'kicked'),
    drop: () => end(null, 'closed'),
    close: (by) => {
      if (socket?.by === by) socket = null;
    },
    isOpen: (by) => socket?.by === by,
    hear: (message) => socket?.hear(message),
  };
}

/** What it takes to bring a message to the bot. */
interface Post {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly rough: (what: Mishap) => boolean;
  readonly taken: Set<string>;
  readonly doors: ReadonlyMap<string, Door>;
  readonly hear: (message: Inbound) => void;
}

/** Over the long connection: at most once, but for a platform that repeats itself. Nobody listening, it is lost. */
async function frame({ scheduler, random, rough, hear }: Post, message: Inbound): Promise<void> {
  const times = rough('frame repeated') && random.chance(0.2) ? 2 : 1;
  for (let i = 0; i < times; i++) {
    await scheduler.turn(ACTOR, `frame ${message.dedupeKey}`);
    hear(message);
  }
}

/** As a callback: again and again until it is acknowledged. */
async function callBack(post: Post, message: Inbound): Promise<void> {
  for (let i = 0; i < MOST_CALLBACKS; i++) {
    if (await knock(post, message)) return;
    await post.scheduler.sleep(ACTOR, post.random.int(500, 5000));
  }
}

/** One try; true when the platform heard an acknowledgement in time. */
async function knock({ scheduler, random, rough, taken, doors }: Post, message: Inbound): Promise<boolean> {
  await scheduler.turn(ACTOR, `callback ${message.dedupeKey}`);
  if (doors.size === 0) return false;
  const limit = new AbortController();
  const answer = random
    .pick([...doors.values()])(message)
    .then(() => {
      taken.add(message.dedupeKey);
      return !(rough('answer lost') && random.chance(0.2));
    })
    .catch(() => false);
  const inTime = await Promise.race([answer, scheduler.sleep(ACTOR, CALLBACK_LIMIT_MS, limit.signal).then(() => false)]);
  limit.abort('answered');
  return inTime;
}
