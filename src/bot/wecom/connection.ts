/** The robot's long connection for as long as this instance owns it: connects anew for ever, and hands on what it hears in order. */
import { randomBytes } from 'node:crypto';
import type { Connection, Ticket } from '../../ports/platform';
import { backoff } from '../wire/backoff';
import type { AdapterDeps } from '../wire/deps';
import type { Identify } from '../wire/identify';
import { createInbox, type Inbox } from '../wire/inbox';
import { pause } from '../wire/timer';
import type { Accounts } from './accounts';
import type { Frame } from './frames';
import { RobotBody, readRobot } from './intake/readRobot';
import { type FrameEnd, Session, type SessionDeps, type SessionEnd } from './session';
import type { WecomBinding } from './settings';
import { createTickets, type Tickets } from './tickets';

type On = Parameters<Connection['run']>[0];

export interface RobotConnection extends Connection {
  /** Sends on the connection that is open now; see `Session.request`. */
  request(cmd: string, body: unknown, stop: AbortSignal, reqId?: string): Promise<FrameEnd>;
  /** Spends a ticket of the connection that is open now; false when it is dead. */
  claim(ticket: Ticket): boolean;
  /** The platform says that the socket is not subscribed: ends it, so that `run` subscribes anew. */
  renew(why: string): void;
}

const REPLY_LIFE_MS = 24 * 3_600_000;
/** The platform gives 5 s from its sending; some of it is spent on the way. */
const EVENT_LIFE_MS = 4_500;
const MAX_REFUSALS = 5;
const LIMITED_PAUSE_MS = 60_000;
/** A connection that lived shorter does not count as healthy, so that a flapping one is not retried every second. */
const HEALTHY_MS = 60_000;

/** The connection of a robot that is heard over one; null where it is heard over a callback address, or not at all. */
export function createRobotConnection(
  binding: WecomBinding,
  accounts: Accounts,
  deps: AdapterDeps,
  identify: Identify,
): RobotConnection | null {
  const door = doorOf(binding);
  if (door === null) return null;
  const instance = randomBytes(6).toString('hex');
  let count = 0;
  let current: { readonly session: Session; readonly tickets: Tickets } | null = null;

  const live = async (on: On, inbox: Inbox, stop: AbortSignal): Promise<SessionEnd & { readonly opened: boolean }> => {
    count += 1;
    const tickets = createTickets(`${instance}.${count}`, deps.pace);
    let opened = false;
    const session: Session = new Session(
      { ...door, ...deps },
      {
        opened() {
          opened = true;
          on.state({ is: 'open', why: 'subscribed' });
        },
        heard: () => on.heard?.(),
        callback: (frame) => take(frame, { binding, accounts, deps, tickets, inbox, session }),
      },
    );
    current = { session, tickets };
    const end = await session.run(stop);
    current = null;
    return { ...end, opened };
  };

  return {
    id: `wecom:${binding.tenant}:${door.botId}`,
    async run(on, stop) {
      const inbox = createInbox(async (message) => on.take(await identify(message)), deps, stop);
      await keepConnected((ending) => live(on, inbox, ending), on, deps, stop);
      await inbox.settled();
    },
    request: (cmd, body, stop, reqId) =>
      current?.session.request(cmd, body, stop, reqId) ?? Promise.resolve({ is: 'not_sent', why: 'not_connected' }),
    claim: (ticket) => current?.tickets.claim(ticket) ?? false,
    renew: (why) => current?.session.drop({ is: 'closed', why }),
  };
}

function doorOf(binding: WecomBinding): Pick<SessionDeps, 'url' | 'ca' | 'proxy' | 'botId' | 'secret' | 'quietMs'> | null {
  const { secret, quietMinutes, botId } = binding.robot;
  const { wsUrl: url, ca, proxy } = binding;
  if (secret === undefined || url === undefined || binding.capabilities?.['aibot.ws'] === 'off') return null;
  return { url, ca, proxy, botId, secret, quietMs: quietMinutes * 60_000 };
}

type Live = (stop: AbortSignal) => Promise<SessionEnd & { readonly opened: boolean }>;

async function keepConnected(live: Live, on: On, deps: AdapterDeps, stop: AbortSignal): Promise<void> {
  let failures = 0;
  let refusals = 0;
  while (!stop.aborted) {
    const since = deps.pace.mono();
    const end = await live(stop);
    refusals = end.is === 'refused' ? refusals + 1 : 0;
    const given = end.is === 'kicked' ? 'kicked' : refusals === MAX_REFUSALS ? 'refused' : 'closed';
    on.state({ is: given, why: end.why });
    if (given !== 'closed') return;
    if (end.is === 'quiet') continue;
    deps.log.warn({ why: end.why, failures }, 'wecom robot: connection closed');
    failures = end.opened && deps.pace.mono() - since >= HEALTHY_MS ? 0 : failures;
    await pause(deps.pace, end.is === 'limited' ? LIMITED_PAUSE_MS : backoff(failures), stop);
    failures += 1;
  }
}

interface Hearing {
  readonly binding: WecomBinding;
  readonly accounts: Accounts;
  readonly deps: AdapterDeps;
  readonly tickets: Tickets;
  readonly inbox: Inbox;
  readonly session: Session;
}

function take(frame: Extract<Frame, { is: 'callback' }>, hearing: Hearing): void {
  const body = RobotBody.safeParse(frame.body);
  if (!body.success) hearing.deps.log.warn({ reqId: frame.reqId }, 'wecom robot: callback not understood');
  else if (body.data.event?.eventtype === 'disconnected_event') {
    hearing.session.drop({ is: 'kicked', why: 'another connection of this robot took over' });
  } else takeMessage(frame.reqId, body.data, hearing);
}

function takeMessage(reqId: string, body: RobotBody, { binding, accounts, deps, tickets, inbox }: Hearing): void {
  const about = { tenant: binding.tenant, robotName: binding.robot.name, accounts };
  const message = readRobot(body, { reqId, epoch: tickets.epoch }, about);
  if (message === null) {
    deps.log.warn({ reqId }, 'wecom robot: callback without a sender');
    return;
  }
  if (message.content.is === 'other') deps.log.info({ what: message.content.what }, 'wecom robot: message of another kind');
  if (message.ticket !== null) tickets.issue(reqId, message.ticket.kind === 'robot_reply' ? REPLY_LIFE_MS : EVENT_LIFE_MS);
  void inbox.put(message);
}
