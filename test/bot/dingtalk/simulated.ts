/** The adapter on the simulated platform: a stranger that keeps the platform's rules. Both share one clock, moved by the test. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import Koa from 'koa';
import { createDingtalk } from '../../../src/bot/dingtalk';
import type { DingtalkBinding } from '../../../src/bot/dingtalk/settings';
import type { Cleared } from '../../../src/core/privacy/clear';
import type { Channel, Inbound, PaperSource, Platform, SendResult, Ticket } from '../../../src/ports/platform';
import type { DingBinding } from '../../../src/sandbox/dingtalk/keys';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/sandbox';
import { dingOfSandbox } from '../../../src/wiring/platforms';
import { listening, WORLD } from '../../sandbox/dutyRoom';
import { FOREVER, type TestDeps, testDeps, until } from '../wire/support';

type Fields = Record<string, unknown>;

export interface Simulated {
  readonly sandbox: Sandbox;
  readonly given: DingBinding;
  readonly binding: DingtalkBinding;
  readonly deps: TestDeps;
  readonly ding: Platform;
  readonly taken: Inbound[];
  readonly states: string[];
  /** Replaces how a message is stored. */
  keep(take: (message: Inbound) => Promise<void>): void;
  post<T = Fields>(call: string, body: unknown): Promise<T & { status: number }>;
  get<T = Fields>(call: string): Promise<T>;
  /** Somebody speaks in a room, or with the robot alone as `dm:<person>`. */
  say(room: string, from: string, text: string, more?: Fields): Promise<void>;
  messages(
    room: string,
  ): Promise<readonly { readonly id: string; readonly text: string; readonly fromBot: boolean; readonly pinged: readonly string[] }[]>;
  channel(id: string): Channel;
  send(id: string, said: Cleared, address: string, ticket?: Ticket | null): Promise<readonly SendResult[]>;
  /** Opens the long connection. */
  connect(): Promise<void>;
  /** Gives the platform our address for robot messages or events; false when it does not believe it. */
  register(kind: 'robot' | 'event'): Promise<boolean>;
  /** How many sockets the platform sees. */
  sockets(): Promise<number>;
  advance(ms: number): void;
  close(): Promise<void>;
}

export interface Wish {
  /** To the binding the platform gives. */
  readonly changes?: Fields;
  readonly times?: SandboxOptions['dingTimes'];
  readonly papers?: PaperSource;
}

const START = Date.parse('2026-08-01T09:00:00+08:00');

export async function simulate({ changes = {}, times, papers }: Wish = {}): Promise<Simulated> {
  const deps = testDeps(START);
  const now = () => deps.clock.time;
  const control = { now, advanceTo: async () => now(), reset: async () => undefined };
  const world = { ...WORLD, platform: 'dingtalk' as const };
  const sandbox = await startSandbox({ world, port: 0, control, ...(times === undefined ? {} : { dingTimes: times }) });
  const desk = createServer(new Koa().use(sandbox.router.routes()).callback());
  const base = `http://127.0.0.1:${await listening(desk)}/sandbox`;
  const given = sandbox.dingBinding();
  const binding = { ...dingOfSandbox(given), ...changes } as DingtalkBinding;
  const ding = createDingtalk(binding, papers === undefined ? deps : { ...deps, papers });
  const taken: Inbound[] = [];
  const states: string[] = [];
  const stop = new AbortController();
  let keep = async (message: Inbound): Promise<void> => void taken.push(message);
  let run: Promise<void> | undefined;
  const receiver = createServer((request, response) => void receive(ding, (message) => keep(message), request, response));
  const get = async <T>(call: string) => (await (await fetch(`${base}/${call}`)).json()) as T;
  const post = async <T>(call: string, body: unknown) => {
    const answer = await fetch(`${base}/${call}`, { method: 'POST', body: JSON.stringify(body) });
    return { status: answer.status, ...((await answer.json()) as object) } as T & { status: number };
  };
  const channel = (id: string): Channel => {
    const found = ding.channels.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no channel ${id}`);
    return found;
  };
  return {
    ...{ sandbox, given, binding, deps, ding, taken, states, post, get, channel },
    keep: (take) => {
      keep = take;
    },
    async say(room, from, text, more = {}) {
      const { status } = await post('api/say', { room, from, text, ...more });
      if (status !== 200) throw new Error(`say: ${status}`);
    },
    messages: async (room) => (await get<{ messages: never[] }>(`api/messages?room=${room}`)).messages,
    async send(id, said, address, ticket = null) {
      const results: SendResult[] = [];
      for (const [at, part] of channel(id).split(said, { address, ticket }).entries()) {
        results.push(await channel(id).send(part, { address, ticket: at === 0 ? ticket : null }, `d1-${at}`, FOREVER));
      }
      return results;
    },
    async connect() {
      run = ding.connection?.run({ take: (message) => keep(message), state: ({ is }) => void states.push(is) }, stop.signal);
      await until(() => states.includes('open'));
    },
    async register(kind) {
      const url = `http://127.0.0.1:${receiver.listening ? portOf(receiver) : await listening(receiver)}/${kind}`;
      const { passed } = await post<{ passed?: boolean }>(`${kind}-callback-url`, { url });
      return passed === true;
    },
    sockets: async () => (await get<{ connections: number }>('api/keys')).connections,
    advance: (ms) => {
      deps.clock.time += ms;
    },
    async close() {
      stop.abort();
      await run;
      for (const server of [receiver, desk]) {
        server.closeAllConnections();
        server.close();
      }
      await sandbox.stop();
    },
  };
}

function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** The bot's callback address: reads, keeps, and answers as the adapter says. */
async function receive(
  ding: Platform,
  keep: (message: Inbound) => Promise<void>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '', 'http://bot');
  const headers = Object.fromEntries(Object.entries(request.headers).map(([key, value]) => [key, String(value)]));
  const reading = ding.intake.read({
    method: request.method === 'GET' ? 'GET' : 'POST',
    kind: url.pathname.slice(1),
    query: Object.fromEntries(url.searchParams),
    headers,
    body: Buffer.concat(chunks),
  });
  if (reading.is === 'taken') for (const message of reading.messages) await keep(message);
  const body = reading.is === 'verified' ? reading.body : reading.is === 'taken' ? (reading.answer ?? '') : '';
  response.writeHead(reading.is === 'refused' ? reading.status : 200).end(body);
}
