/** The long connection for as long as this instance owns it: sockets follow one another without a gap, and what they hear is handed on in order. */
import type { Pace } from '../../../ports/clock';
import type { Connection, Inbound } from '../../../ports/platform';
import { backoff } from '../../wire/backoff';
import type { Identify } from '../../wire/identify';
import { createInbox, type Inbox } from '../../wire/inbox';
import { pause } from '../../wire/timer';
import { readCard } from '../intake/card';
import { readEvent } from '../intake/event';
import { readMessage } from '../intake/message';
import type { DingParts } from '../parts';
import type { Push, Verdict } from './frames';
import { Line, type LineEnd } from './line';
import { askTicket, CARD_TOPIC, ROBOT_TOPIC } from './ticket';

type On = Parameters<Connection['run']>[0];

const MAX_REFUSALS = 3;
/** The platform ends a socket after about six hours (dossier 1.5): before that a second one stands beside it. */
const YOUNG_MS = 5 * 3_600_000;
/** How long both stand, if the platform does not end the elder. */
const BESIDE_MS = 2 * 3_600_000;
/** After two sockets in a row that were dismissed sooner than this, the next one waits. */
const SHORT_MS = 500;
/** One that lived so long was a good one, though nobody spoke. */
const HEALTHY_MS = 60_000;

/** The connection in stream mode; null where callbacks are used instead. */
export function createStream(parts: DingParts, identify: Identify): Connection | null {
  const { binding, deps } = parts;
  if (binding.mode !== 'stream') return null;
  return {
    id: `dingtalk:${binding.tenant}:${binding.clientId}`,
    async run(on, stop) {
      const inbox = createInbox(async (message) => on.take(await identify(message)), deps, stop);
      await keepConnected({ parts, on, inbox, lines: new Map(), told: null }, stop);
      await inbox.settled();
    },
  };
}

interface Keeping {
  readonly parts: DingParts;
  readonly on: On;
  readonly inbox: Inbox;
  /** Sockets that are not over yet. */
  readonly lines: Map<Line, Promise<LineEnd>>;
  told: 'open' | 'closed' | null;
}

/** Why a new socket is needed. `next`: in order, at once; `short`: so too, but not again and again; `lost`: after a pause; `refused`: the platform does not let us in. */
interface Need {
  readonly is: 'next' | 'short' | 'lost' | 'refused';
  readonly why: string;
  /** The one before was a good one. */
  readonly lived: boolean;
}

async function keepConnected(keeping: Keeping, stop: AbortSignal): Promise<void> {
  const { parts, on, lines } = keeping;
  const over = new AbortController();
  const ended = AbortSignal.any([stop, over.signal]);
  let [failures, refusals, shorts] = [0, 0, 0];
  while (!stop.aborted && refusals < MAX_REFUSALS) {
    const need = await connect(keeping, ended);
    if (stop.aborted) break;
    if (need.lived) failures = 0;
    refusals = need.is === 'refused' ? refusals + 1 : 0;
    shorts = need.is === 'short' ? shorts + 1 : 0;
    if (need.is === 'next' || shorts === 1) continue;
    if (lines.size === 0) tell(keeping, 'closed', need.why);
    parts.deps.log.warn({ why: need.why, failures }, 'dingtalk stream: connection closed');
    if (refusals < MAX_REFUSALS) await pause(parts.deps.pace, backoff(failures), stop);
    failures += 1;
  }
  over.abort();
  await Promise.all(lines.values());
  if (refusals === MAX_REFUSALS) on.state({ is: 'refused', why: 'key, secret or the settings of the console' });
  else tell(keeping, 'closed', 'stopped');
}

function tell(keeping: Keeping, is: 'open' | 'closed', why: string): void {
  if (keeping.told === is) return;
  keeping.told = is;
  keeping.on.state({ is, why });
}

/** Opens a socket and resolves when another one is needed; this one may go on beside it. */
async function connect(keeping: Keeping, stop: AbortSignal): Promise<Need> {
  const place = await askTicket(keeping.parts, stop);
  if (place.is !== 'ticket') return { is: place.is === 'refused' ? 'refused' : 'lost', why: place.why, lived: false };
  return new Promise((resolve) => stand(place.url, keeping, resolve, stop));
}

/** One socket, whose end or farewell says that another one is needed; only the first word counts. */
function stand(url: string, keeping: Keeping, need: (need: Need) => void, stop: AbortSignal): void {
  const { parts, lines, on } = keeping;
  const { binding, deps } = parts;
  const since = deps.pace.mono();
  const age = () => deps.pace.mono() - since;
  const over = new AbortController();
  const line: Line = new Line(
    url,
    { ...deps, ca: binding.ca, proxy: binding.proxy },
    {
      opened() {
        tell(keeping, 'open', 'connected');
        for (const elder of lines.keys()) elder.succeed();
        void grow(line, deps.pace, over.signal, () => need({ is: 'next', why: 'in time', lived: true }));
      },
      heard: () => on.heard?.(),
      pushed: (push) => take(push, keeping),
      leaving: (why) => need({ is: age() < SHORT_MS ? 'short' : 'next', why, lived: false }),
    },
  );
  const run = line.run(stop);
  lines.set(line, run);
  void run.then(({ why, lived }) => {
    over.abort();
    lines.delete(line);
    if (lines.size === 0 && !stop.aborted) tell(keeping, 'closed', why);
    need({ is: 'lost', why, lived: lived || age() >= HEALTHY_MS });
  });
}

/** In time a second socket is opened beside this one, so that there is one to hear when the platform dismisses it. */
async function grow(line: Line, pace: Pace, over: AbortSignal, old: () => void): Promise<void> {
  await pause(pace, YOUNG_MS, over);
  if (over.aborted) return;
  old();
  await pause(pace, BESIDE_MS, over);
  line.leave('grown old');
  line.succeed();
}

async function take(push: Push, { parts, inbox }: Keeping): Promise<Verdict | null> {
  const reader = push.is === 'event' ? readEvent : READERS.get(push.topic);
  if (reader === undefined) {
    parts.deps.log.warn({ topic: push.topic.slice(0, 64) }, 'dingtalk stream: unknown topic');
    return 'unknown_topic';
  }
  const message = reader(push.data, parts, push.headers);
  if (message === 'nothing') return 'taken';
  if (message === null) {
    parts.deps.log.warn({ topic: push.topic }, 'dingtalk stream: push not understood');
    return 'unreadable';
  }
  if (message.content.is === 'other') parts.deps.log.info({ what: message.content.what }, 'dingtalk: message of another kind');
  return (await inbox.put(message)) ? 'taken' : null;
}

/** The inbound message in what was pushed, `nothing` for what concerns nobody, null for what is not understood. */
type Reader = (data: unknown, parts: DingParts, headers: Push['headers']) => Inbound | 'nothing' | null;
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [ROBOT_TOPIC, readMessage],
  [CARD_TOPIC, readCard],
]);
