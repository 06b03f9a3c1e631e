/** The robot at its callback address, against the simulated platform: it hears, and answers once through the address that came along. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { open } from '../../../src/core/notices/message';
import type { Ticket } from '../../../src/ports/platform';
import { ACK, message, until } from '../wire/support';
import { type Simulated, simulate } from './simulated';

let sim: Simulated;
beforeEach(async () => {
  sim = await simulate(async (room) => {
    const { robotCallback } = await room.keys();
    const { botId, name } = room.sandbox.binding().robot;
    return { robot: { botId, name, callbackToken: robotCallback.token, callbackAesKey: robotCallback.aesKey } };
  });
  expect(await sim.registerRobot()).toBe(true);
});
afterEach(() => sim.close());

const seen = async (place: string) => (await sim.room.messages(place)).filter((one) => one.fromBot);
const heard = () => until(() => sim.taken.at(-1));
const chat = () => sim.room.sandbox.binding().rooms.duty?.chatId ?? '';

describe('the robot at its callback address', () => {
  test('hears a group without its own name, and its answer is shown there', async () => {
    await sim.room.say('duty', 'duty1', '在岗吗');
    const message1 = await heard();
    expect(message1).toMatchObject({
      source: 'robot',
      account: 'sdduty1',
      chat: { id: chat(), kind: 'group' },
      content: { is: 'text', text: '在岗吗' },
      ticket: { kind: 'robot_url' },
    });
    expect(await sim.send('wecom.robot', message({}, [open('在岗')]), chat(), message1.ticket)).toEqual([{ is: 'accepted' }]);
    expect((await seen('duty')).map((one) => one.text)).toEqual([expect.stringContaining('在岗')]);
  });

  test('answers with a card; its press comes in and can be answered too', async () => {
    await sim.room.say('duty', 'duty1', '在岗吗');
    expect(await sim.send('wecom.robot', message({ buttons: [ACK] }), chat(), (await heard()).ticket)).toEqual([{ is: 'accepted' }]);
    const [card] = await seen('duty');
    expect(card?.buttons).toMatchObject([{ key: ACK.key, text: '收到' }]);
    await sim.room.post('api/click', { message: card?.id, button: ACK.key, from: 'leader1' });
    const press = await until(() => sim.taken.find((one) => one.content.is === 'click'));
    expect(press).toMatchObject({ account: 'sdleader1', content: { is: 'click', key: ACK.key } });
    expect(await sim.send('wecom.robot', message({ pressed: '已收到' }), chat(), press.ticket)).toEqual([{ is: 'accepted' }]);
  });

  test('can say nothing of its own accord, and nothing after the hour', async () => {
    await sim.room.say('duty', 'duty1', '在岗吗');
    const { ticket } = await heard();
    expect(await sim.send('wecom.robot', message(), chat())).toMatchObject([{ is: 'refused', code: 'no_ticket', fault: 'capability' }]);
    sim.advance(55 * 60_000);
    expect(await sim.send('wecom.robot', message(), chat(), ticket)).toMatchObject([{ is: 'refused', code: 'ticket_expired' }]);
    expect(await seen('duty')).toEqual([]);
  });

  test('is told of somebody who opens the chat', async () => {
    await sim.room.post('api/enter', { from: 'duty1', room: 'dm:duty1' });
    expect(await heard()).toMatchObject({ content: { is: 'entered' }, account: 'sdduty1', ticket: null });
  });

  test('hears a message twice under one key when the platform delivers it twice', async () => {
    await sim.room.post('api/switches', { twiceEvery: 1 });
    await sim.room.say('duty', 'duty1', '在岗吗');
    await until(() => sim.taken.length === 2);
    expect(new Set(sim.taken.map((one) => one.dedupeKey)).size).toBe(1);
  });
});

describe('a refusal of its answer', () => {
  const ask = async (): Promise<Ticket | null> => {
    await sim.room.say('duty', 'duty1', '在岗吗');
    return (await heard()).ticket;
  };

  test.each([
    [-1, { is: 'road', blocks: 'outlet', waitMs: 2000 }],
    [45009, { is: 'road', blocks: 'outlet', waitMs: 60_000 }],
    [600039, { is: 'refused', fault: 'capability' }],
    [93006, { is: 'refused', fault: 'capability' }],
    [40058, { is: 'refused', fault: 'content' }],
    [85002, { is: 'refused', fault: 'content' }],
    [987654, { is: 'refused', fault: 'content' }],
  ])('%i', async (errcode, end) => {
    const ticket = await ask();
    await sim.room.post('api/faults', { api: 'aibot/response', errcode, times: 1 });
    expect(await sim.send('wecom.robot', message(), chat(), ticket)).toEqual([{ code: String(errcode), ...end }]);
    expect(await seen('duty')).toEqual([]);
  });
});
