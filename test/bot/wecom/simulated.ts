/** The adapter on the simulated platform: a stranger that keeps the platform's rules. Both share one clock, moved by the test. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createWecom } from '../../../src/bot/wecom';
import { WecomBinding } from '../../../src/bot/wecom/settings';
import type { Cleared } from '../../../src/core/privacy/clear';
import type { Channel, Inbound, PaperSource, Platform, SendResult, Ticket } from '../../../src/ports/platform';
import { type DutyRoom, listening, openDutyRoom } from '../../sandbox/dutyRoom';
import { FOREVER, type TestDeps, testDeps, until } from '../wire/support';

export interface Simulated {
  readonly room: DutyRoom;
  readonly deps: TestDeps;
  readonly wecom: Platform;
  readonly taken: Inbound[];
  readonly states: string[];
  channel(id: string): Channel;
  send(id: string, said: Cleared, address: string, ticket?: Ticket | null): Promise<readonly SendResult[]>;
  /** Gives the platform our callback address; false when it does not believe it. */
  register(): Promise<boolean>;
  /** The same for the robot's callbacks. */
  registerRobot(): Promise<boolean>;
  /** Opens the robot's long connection. */
  connect(): Promise<void>;
  advance(ms: number): void;
  close(): Promise<void>;
}

const START = Date.parse('2026-08-01T09:00:00+08:00');

type Changes = Record<string, unknown>;

/** `changes` to the binding the platform gives, made from what it tells where that matters. */
export async function simulate(changes: Changes | ((room: DutyRoom) => Promise<Changes>) = {}, papers?: PaperSource): Promise<Simulated> {
  const room = await openDutyRoom();
  const given = room.sandbox.binding();
  const changed = typeof changes === 'function' ? await changes(room) : changes;
  const deps = testDeps(START);
  const wecom = createWecom(WecomBinding.parse({ ...given, ...changed }), papers === undefined ? deps : { ...deps, papers });
  const stop = new AbortController();
  const receiver = createServer((request, response) => void receive(wecom, taken, request, response));
  const taken: Inbound[] = [];
  const states: string[] = [];
  let run: Promise<void> | undefined = Promise.resolve();
  const channel = (id: string): Channel => {
    const found = wecom.channels.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no channel ${id}`);
    return found;
  };
  return {
    room,
    deps,
    wecom,
    taken,
    states,
    channel,
    async send(id, said, address, ticket = null) {
      const results: SendResult[] = [];
      for (const [at, part] of channel(id).split(said, { address, ticket }).entries()) {
        results.push(await channel(id).send(part, { address, ticket: at === 0 ? ticket : null }, `d1-${at}`, FOREVER));
      }
      return results;
    },
    register: async () => room.sandbox.setCallbackUrl(`http://127.0.0.1:${await listening(receiver)}/app`),
    async registerRobot() {
      const url = `http://127.0.0.1:${await listening(receiver)}/robot`;
      return (await room.post<{ passed?: boolean }>('robot-callback-url', { url })).passed === true;
    },
    async connect() {
      run = wecom.connection?.run(
        { take: async (inbound) => void taken.push(inbound), state: ({ is }) => void states.push(is) },
        stop.signal,
      );
      await until(() => states.includes('open'));
    },
    advance(ms) {
      deps.clock.time += ms;
      room.advance(ms);
    },
    async close() {
      stop.abort();
      await run;
      receiver.closeAllConnections();
      receiver.close();
      await room.close();
    },
  };
}

/** The bot's callback address: reads, keeps, and says yes with an empty body. */
async function receive(wecom: Platform, taken: Inbound[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '', 'http://bot');
  const reading = wecom.intake.read({
    method: request.method === 'GET' ? 'GET' : 'POST',
    kind: url.pathname.slice(1),
    query: Object.fromEntries(url.searchParams),
    body: Buffer.concat(chunks),
  });
  if (reading.is === 'taken') taken.push(...reading.messages);
  response.writeHead(reading.is === 'refused' ? reading.status : 200).end(reading.is === 'verified' ? reading.body : '');
}
