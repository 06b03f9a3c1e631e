/** Every listed error code, once on every channel of the simulated platform: how the sending ends, and that the next one goes through. */
import { afterEach, expect, test } from '@jest/globals';
import type { SendResult } from '../../../src/ports/platform';
import { FOREVER, message, until } from '../wire/support';
import { CODES } from './codeTable';
import { type Simulated, simulate } from './simulated';

let sim: Simulated;
afterEach(() => sim.close());

type Row = (typeof CODES)[number];
const TOKEN = 'a new token, and an alert once that fails too';
const RENEWED = 'connect anew';
/** Some five hundred calls over real sockets, on a machine that may have other work. */
const LONG_MS = 120_000;
const SEND = message({ heading: '集结' });

/** Sends past every window of the platform: each code stands for itself. */
async function send(id: string, address: string): Promise<SendResult | undefined> {
  sim.advance(61_000);
  return (await sim.send(id, SEND, address))[0];
}

/** What each code leads to where a sending bears no token of the app, or does. */
const endOf = ({ code, does, end }: Row, bearsToken: boolean) =>
  does === TOKEN && bearsToken ? { is: 'accepted' } : { code: String(code), ...end };

async function ends(
  api: string,
  one: () => Promise<SendResult | undefined>,
  after: (row: Row) => Promise<unknown> = async () => undefined,
) {
  const found: (readonly [number, unknown])[] = [];
  const next: (readonly [number, unknown])[] = [];
  for (const row of CODES) {
    const { code } = row;
    await sim.room.post('api/faults', { api, errcode: code, times: 1 });
    const { ref: _ref, handle: _handle, ...end } = { ref: '', handle: '', ...((await one()) ?? { is: 'none' }) };
    found.push([code, end]);
    await after(row);
    next.push([code, (await one())?.is]);
  }
  expect(next).toEqual(CODES.map(({ code }) => [code, 'accepted']));
  return found;
}

const expected = (bearsToken: boolean) => CODES.map((row) => [row.code, endOf(row, bearsToken)]);

test(
  'the group webhook',
  async () => {
    sim = await simulate();
    expect(await ends('webhook/send', () => send('wecom.webhook', 'duty'))).toEqual(expected(false));
  },
  LONG_MS,
);

test(
  'private messages of the app',
  async () => {
    sim = await simulate();
    expect(await ends('message/send', () => send('wecom.app', 'duty1'))).toEqual(expected(true));
  },
  LONG_MS,
);

test(
  'groups that the app made',
  async () => {
    sim = await simulate();
    const spec = { key: 'incident-12', name: '#12 处置组', owner: 'leader1', members: ['duty1', 'coord1'] };
    const made = await sim.wecom.groups?.create(spec, FOREVER);
    const address = made?.is === 'found' ? made.value.route.address : '';
    expect(await ends('appchat/send', () => send('wecom.appchat', address))).toEqual(expected(true));
  },
  LONG_MS,
);

test(
  'pushes of the robot',
  async () => {
    sim = await simulate();
    await sim.connect();
    const address = sim.room.sandbox.binding().rooms.duty?.chatId ?? '';
    const open = async ({ does }: Row) => {
      if (does !== RENEWED) return;
      await until(() => sim.states.at(-1) === 'closed');
      sim.deps.pace.pass(2_000);
      await until(() => sim.states.at(-1) === 'open');
    };
    const renews = CODES.filter(({ does }) => does === RENEWED).length;
    expect(await ends('aibot_send_msg', () => send('wecom.robot', address), open)).toEqual(expected(false));
    expect(sim.states.filter((state) => state === 'open')).toHaveLength(1 + renews);
  },
  LONG_MS,
);

test(
  'answers of the robot at its callback address',
  async () => {
    sim = await simulate(async (room) => {
      const { robotCallback } = await room.keys();
      const { botId, name } = room.sandbox.binding().robot;
      return { robot: { botId, name, callbackToken: robotCallback.token, callbackAesKey: robotCallback.aesKey } };
    });
    await sim.registerRobot();
    const address = sim.room.sandbox.binding().rooms.duty?.chatId ?? '';
    const answer = async () => {
      sim.advance(61_000);
      const before = sim.taken.length;
      await sim.room.say('duty', 'duty1', '在岗吗');
      const { ticket } = await until(() => sim.taken[before]);
      return (await sim.send('wecom.robot', SEND, address, ticket))[0];
    };
    expect(await ends('aibot/response', answer)).toEqual(expected(false));
  },
  LONG_MS,
);
