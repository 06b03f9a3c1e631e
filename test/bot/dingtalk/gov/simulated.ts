/** The government edition's adapter on the simulated platform: a stranger that keeps the platform's rules. Both share one clock, moved by the test. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import Koa from 'koa';
import { createGovding } from '../../../../src/bot/dingtalk/gov';
import { GovdingBinding } from '../../../../src/bot/dingtalk/gov/settings';
import type { Cleared } from '../../../../src/core/privacy/clear';
import type { Channel, Inbound, Platform, SendResult, Ticket, TokenShelf } from '../../../../src/ports/platform';
import type { Call } from '../../../../src/sandbox/calls';
import type { Message } from '../../../../src/sandbox/messages';
import { startSandbox } from '../../../../src/sandbox/sandbox';
import { listening, WORLD } from '../../../sandbox/dutyRoom';
import { FOREVER, type TestDeps, testDeps } from '../../wire/support';

export const START = Date.parse('2026-08-01T09:00:00+08:00');
export const KEY = 'canary-callback-key-0123456789abcdef';

type Given = ReturnType<Awaited<ReturnType<typeof startSandbox>>['govBinding']>;

export interface SimulatedGov {
  readonly given: Given;
  readonly deps: TestDeps;
  readonly gov: Platform;
  readonly taken: Inbound[];
  readonly refusals: string[];
  channel(id: string): Channel;
  send(id: string, said: Cleared, address: string, ticket?: Ticket | null): Promise<readonly SendResult[]>;
  /** Gives the platform our callback address with our secret in it. */
  register(key?: string): Promise<boolean>;
  say(room: string, from: string, text: string, more?: Record<string, unknown>): Promise<void>;
  messages(room: string): Promise<readonly Message[]>;
  calls(api: string): Promise<readonly Call[]>;
  fault(order: Record<string, unknown>): Promise<void>;
  /** What the login page hands the browser once this person has scanned. */
  authCode(person: string): Promise<string>;
  advance(ms: number): void;
  /** Puts the platform's clock so far ahead of ours. */
  goAhead(ms: number): void;
  close(): Promise<void>;
}

/** `changes` to the binding the platform gives; both unknown ways of hearing and answering are on. */
export async function simulate(changes: (given: Given) => Record<string, unknown> = () => ({}), shelf?: TokenShelf): Promise<SimulatedGov> {
  const deps = testDeps(START);
  let ahead = 0;
  const control = { now: () => deps.clock.time + ahead, advanceTo: async (to: number) => to, reset: async () => undefined };
  const sandbox = await startSandbox({ world: { ...WORLD, platform: 'govding' }, port: 0, control });
  const api = createServer(new Koa().use(sandbox.router.routes()).callback());
  const base = `http://127.0.0.1:${await listening(api)}/sandbox/api`;
  const given = sandbox.govBinding();
  const { platform: _platform, ...bound } = given;
  const capabilities = { 'robot.hears': 'on', 'session.reply': 'on' };
  const binding = GovdingBinding.parse({ ...bound, callbackKey: KEY, capabilities, ...changes(given) });
  const gov = createGovding(binding, shelf === undefined ? deps : { ...deps, shelf });
  const taken: Inbound[] = [];
  const refusals: string[] = [];
  const receiver = createServer((request, response) => void receive(gov, { taken, refusals }, request, response));
  const json = async (path: string, body?: unknown) => {
    const answer = await fetch(`${base}/${path}`, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json() as Promise<Record<string, never>>;
  };
  const channel = (id: string): Channel => {
    const found = gov.channels.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no channel ${id}`);
    return found;
  };
  return {
    given,
    deps,
    gov,
    taken,
    refusals,
    channel,
    async send(id, said, address, ticket = null) {
      const results: SendResult[] = [];
      for (const [at, part] of channel(id).split(said, { address, ticket }).entries()) {
        results.push(await channel(id).send(part, { address, ticket: at === 0 ? ticket : null }, `d${deps.clock.time}-${at}`, FOREVER));
      }
      return results;
    },
    register: async (key = KEY) => sandbox.setCallbackUrl(`http://127.0.0.1:${await listening(receiver)}/robot?key=${key}`),
    say: async (room, from, text, more = {}) => void (await json('say', { room, from, text, ...more })),
    messages: async (room) => (await json(`messages?room=${room}`)).messages ?? [],
    calls: async (name) => (await json(`calls?api=${encodeURIComponent(name)}`)).calls ?? [],
    fault: async (order) => void (await json('faults', order)),
    authCode: async (person) => String((await json('auth-code', { person })).code),
    advance: (ms) => {
      deps.clock.time += ms;
    },
    goAhead: (ms) => {
      ahead = ms;
    },
    async close() {
      receiver.closeAllConnections();
      receiver.close();
      await sandbox.stop();
      api.closeAllConnections();
      api.close();
    },
  };
}

/** The bot's callback address: reads, keeps, and says yes with an empty body. */
async function receive(
  gov: Platform,
  kept: { readonly taken: Inbound[]; readonly refusals: string[] },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '', 'http://bot');
  const method = request.method === 'GET' ? 'GET' : 'POST';
  const query = Object.fromEntries(url.searchParams);
  const reading = gov.intake.read({ method, kind: url.pathname.slice(1), query, body: Buffer.concat(chunks) });
  if (reading.is === 'refused') kept.refusals.push(reading.code);
  if (reading.is === 'taken') {
    for (const message of reading.messages) kept.taken.push((await gov.intake.identify?.(message)) ?? message);
  }
  response.writeHead(reading.is === 'refused' ? reading.status : 200).end();
}
