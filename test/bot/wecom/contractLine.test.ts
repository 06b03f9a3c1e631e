/** The long connection on a line that breaks in every way the dossier tells of (8.2), against the simulated platform. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { open } from '../../../src/core/notices/message';
import { message, until } from '../wire/support';
import { type Simulated, simulate } from './simulated';

const QUIET_MINUTES = 5;

let sim: Simulated;
beforeEach(async () => {
  sim = await simulate(async (room) => ({ robot: { ...room.sandbox.binding().robot, quietMinutes: QUIET_MINUTES } }));
  await sim.connect();
});
afterEach(() => sim.close());

const line = (order: object) => sim.room.post('api/line', order);
const chat = () => sim.room.sandbox.binding().rooms.duty?.chatId ?? '';
const push = () => sim.send('wecom.robot', message({}, [open('提醒')]), chat());
const opened = () => sim.states.filter((is) => is === 'open').length;

/** Lets the given wait pass once somebody waits for it. */
async function pass(low: number, high = low) {
  const wait = await until(() => sim.deps.pace.waits().find((ms) => ms >= low && ms <= high));
  sim.deps.pace.pass(wait);
}

async function hears(words: string, room = 'duty') {
  await sim.room.say(room, 'duty1', words);
  await until(() => sim.taken.some((one) => one.content.is === 'text' && one.content.text === words));
}

describe('a line that breaks', () => {
  test('without a word is noticed by its second lost heartbeat, and made anew', async () => {
    await hears('在吗');
    await line({ halfOpen: true });
    for (const beat of [30_000, 15_000]) {
      await pass(beat);
      await pass(5_000);
    }
    await pass(1_000, 2_400);
    await until(() => opened() === 2);
    await hears('现在呢');
    expect(await push()).toEqual([{ is: 'accepted' }]);
  });

  test('while a message is on its way leaves its end unknown, and shows it at most once', async () => {
    await line({ halfOpen: true });
    const end = push();
    await pass(5_000);
    expect(await end).toEqual([{ is: 'unknown', what: 'ack_time_limit' }]);
    expect((await sim.room.messages('duty')).filter((one) => one.fromBot)).toEqual([]);
  });

  test('with a cut is made anew after a second or so', async () => {
    await line({ drop: true });
    await pass(1_000, 1_200);
    await until(() => opened() === 2);
    await hears('现在呢');
  });

  test('that lost its subscription is told so at the next message, and subscribes anew', async () => {
    await line({ unsubscribe: true });
    expect(await push()).toEqual([{ is: 'road', code: '846609', blocks: 'outlet', waitMs: 2000 }]);
    await pass(1_000, 1_200);
    await until(() => opened() === 2);
    expect(await push()).toEqual([{ is: 'accepted' }]);
  });

  test('for groups alone is made anew after its quiet minutes, though private chats go on', async () => {
    await line({ deafInGroups: true });
    await sim.room.say('duty', 'duty1', '没人听见');
    for (let beat = 0; beat < QUIET_MINUTES * 2; beat += 1) {
      await hears(`私下${beat}`, 'dm:duty1');
      await pass(30_000);
      await until(() => sim.deps.pace.waits().includes(30_000) || opened() > 1);
    }
    await until(() => opened() === 2);
    await hears('群里');
    expect(sim.taken.some((one) => one.content.is === 'text' && one.content.text === '没人听见')).toBe(false);
  });

  test('with control characters in a frame is read all the same', async () => {
    await line({ dirtyFrames: 1 });
    await hears('脏帧');
  });

  test('by another connection of the same robot is given up: no fight', async () => {
    const other = await sim.room.robot();
    await other.subscribe(sim.room.sandbox.binding().robot);
    await until(() => sim.states.includes('kicked'));
    expect(sim.states).toEqual(['open', 'kicked']);
  });
});

describe('kinds that nobody knows yet', () => {
  test.each([
    [{ event: 'auth_change_event', fields: { x: 1 } }, 'event:auth_change_event'],
    [{ raw: { msgtype: 'hologram', hologram: {} } }, 'hologram'],
  ])('%j is kept by its name', async (more, what) => {
    await sim.room.post('api/event', { to: 'robot', room: 'duty', from: 'duty1', ...more });
    expect((await until(() => sim.taken.at(-1))).content).toEqual({ is: 'other', what });
    await hears('还在');
  });
});
