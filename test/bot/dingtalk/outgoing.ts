/** The adapter sending to the simulated platform, hundreds of calls long: both share one clock, and short pauses pass at once. */
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import Koa from 'koa';
import { createDingtalk } from '../../../src/bot/dingtalk';
import { DingtalkBinding } from '../../../src/bot/dingtalk/settings';
import type { AdapterDeps, Passed } from '../../../src/bot/wire/deps';
import type { Cleared } from '../../../src/core/privacy/clear';
import type { Pace } from '../../../src/ports/clock';
import type { Channel, Meter, PaperSource, Platform, SendResult, Ticket } from '../../../src/ports/platform';
import type { Call } from '../../../src/sandbox/calls';
import type { DingBinding } from '../../../src/sandbox/dingtalk/keys';
import type { Message } from '../../../src/sandbox/messages';
import { startSandbox } from '../../../src/sandbox/sandbox';
import { dingOfSandbox } from '../../../src/wiring/platforms';
import { listening, WORLD } from '../../sandbox/dutyRoom';
import { FOREVER, testDeps } from '../wire/support';

type Changes = Readonly<Record<string, unknown>>;

export interface Outgoing {
  readonly given: DingBinding;
  readonly deps: AdapterDeps & { readonly lines: string[] };
  readonly ding: Platform;
  /** Shares of a month that were told, in order. */
  readonly allowances: readonly Passed[];
  channel(id: string): Channel;
  /** Sends all parts as the sender does: a ticket serves the first alone. */
  send(id: string, said: Cleared, address: string, ticket?: Ticket | null, urgent?: boolean): Promise<readonly SendResult[]>;
  advance(ms: number): void;
  post<T = Changes>(call: string, body: unknown): Promise<T>;
  messages(room: string): Promise<readonly Message[]>;
  calls(api?: string): Promise<readonly Call[]>;
  close(): Promise<void>;
}

const START = Date.parse('2026-08-01T09:00:00+08:00');
/** Shorter pauses pass at once; longer ones are time limits, which real sockets need. */
const SHORT_MS = 1_000;

/** A pace on which short pauses take no time of the test's. */
function leaping(): Pace {
  let now = 0;
  return {
    mono: () => now,
    async sleep(ms, stop) {
      if (ms > SHORT_MS) return void (await sleep(ms, undefined, { ref: false, ...(stop === undefined ? {} : { signal: stop }) }));
      now += ms;
      await new Promise<void>((resolve) => setImmediate(resolve));
    },
  };
}

/** `changes` to the binding that the platform tells, made from it where that matters; `more` of what the adapter is given. */
export async function outgoing(
  changes: Changes | ((given: DingBinding) => Changes) = {},
  more: { readonly papers?: PaperSource; readonly meter?: Meter } = {},
): Promise<Outgoing> {
  let now = START;
  const control = { now: () => now, advanceTo: async (to: number) => (now = to), reset: async () => undefined };
  const sandbox = await startSandbox({ world: { ...WORLD, platform: 'dingtalk' }, port: 0, control });
  const server = createServer(new Koa().use(sandbox.router.routes()).callback());
  const base = `http://127.0.0.1:${await listening(server)}/sandbox/api`;
  const given = sandbox.dingBinding();
  const allowances: Passed[] = [];
  const allowance = (passed: Passed) => void allowances.push(passed);
  const deps = { ...testDeps(START), clock: { now: () => now }, pace: leaping(), allowance, ...more };
  let sent = 0;
  const ding = createDingtalk(bound(given, typeof changes === 'function' ? changes(given) : changes), deps);
  const channel = (id: string): Channel => {
    const found = ding.channels.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no channel ${id}`);
    return found;
  };
  const ask = async (path: string, body?: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${base}/${path}`, body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) });
    return (await answer.json()) as never;
  };
  return {
    given,
    deps,
    ding,
    allowances,
    channel,
    async send(id, said, address, ticket = null, urgent = false) {
      const results: SendResult[] = [];
      sent += 1;
      for (const [at, part] of channel(id).split(said, { address, ticket }).entries())
        results.push(await channel(id).send(part, { address, ticket: at === 0 ? ticket : null, urgent }, `d${sent}-${at}`, FOREVER));
      return results;
    },
    advance: (ms) => {
      now += ms;
    },
    post: (call, body) => ask(call, body),
    messages: async (room) => ((await ask(`messages?room=${room}`)) as { messages: Message[] }).messages,
    calls: async (api) => ((await ask(`calls${api === undefined ? '' : `?api=${api}`}`)) as { calls: Call[] }).calls,
    async close() {
      await sandbox.stop();
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Our settings from what the platform tells; short messages and calls by DING are bought. */
export function bound(given: DingBinding, changes: Changes = {}): DingtalkBinding {
  return DingtalkBinding.parse({ ...dingOfSandbox(given), capabilities: { 'ding.sms': 'on', 'ding.phone': 'on' }, ...changes });
}
