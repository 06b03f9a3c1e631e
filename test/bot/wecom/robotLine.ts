/** A robot on its long connection to a recording peer, fresh for each test of the file that imports it. */
import { afterEach, beforeEach } from '@jest/globals';
import { createWecom } from '../../../src/bot/wecom';
import type { Cleared } from '../../../src/core/privacy/clear';
import type { ConnectionState, Inbound, SendResult, Ticket } from '../../../src/ports/platform';
import { FOREVER, type TestDeps, testDeps, until } from '../wire/support';
import { binding, type SocketPeer, socketPeer } from './support';

export let peer: SocketPeer;
export let deps: TestDeps;
export let wecom: ReturnType<typeof createWecom>;
export let stop: AbortController;
export let states: ConnectionState[];
export let taken: Inbound[];
export let take: (inbound: Inbound) => Promise<void>;
export let run: Promise<void>;

beforeEach(async () => {
  peer = await socketPeer();
  deps = testDeps();
  wecom = createWecom(binding({ wsUrl: peer.url }), deps);
  stop = new AbortController();
  states = [];
  taken = [];
  take = async (inbound) => {
    taken.push(inbound);
  };
});
afterEach(async () => {
  stop.abort();
  await run;
  await peer.stop();
});

export function start() {
  run = wecom.connection?.run({ take: (inbound) => take(inbound), state: (is) => void states.push(is) }, stop.signal) ?? Promise.resolve();
}
export const stateNames = () => states.map((state) => state.is);
export const opened = (times: number) => until(() => stateNames().filter((is) => is === 'open').length === times);
export const frames = (cmd: string) => peer.frames.filter((frame) => frame.cmd === cmd);
export const callback = (reqId: string, body: Record<string, unknown>, cmd = 'aibot_msg_callback') => ({
  cmd,
  headers: { req_id: reqId },
  body: { msgid: `m-${reqId}`, aibotid: 'BOT', chatid: 'wrDuty', chattype: 'group', from: { userid: 'ZhangSan' }, ...body },
});
export const text = (reqId: string, content = '@值班 机器人 在岗') => callback(reqId, { msgtype: 'text', text: { content } });
export const press = (reqId: string) =>
  callback(
    reqId,
    {
      msgtype: 'event',
      event: {
        eventtype: 'template_card_event',
        template_card_event: { event_key: 'ack:1', task_id: 'T1', card_type: 'button_interaction' },
      },
    },
    'aibot_event_callback',
  );
export const lastTicket = () => until(() => taken.at(-1)?.ticket ?? undefined);

export async function send(said: Cleared, ticket: Ticket | null = null): Promise<readonly SendResult[]> {
  const robot = wecom.channels.find((channel) => channel.id === 'wecom.robot');
  const to = { address: 'wrDuty', ticket };
  const results: SendResult[] = [];
  for (const part of robot?.split(said, to) ?? []) results.push((await robot?.send(part, to, 'd1', FOREVER)) as SendResult);
  return results;
}

/** Lets a wait of this length pass: a pause, a heartbeat or a time limit. */
export async function passWait(low: number, high: number) {
  const wait = await until(() => deps.pace.waits().find((ms) => ms >= low && ms <= high));
  deps.pace.pass(wait);
}

/** Another binding for this test. */
export function use(other: typeof wecom): void {
  wecom = other;
}

/** Another way to keep what is heard. */
export function keep(how: typeof take): void {
  take = how;
}
