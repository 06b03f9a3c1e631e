/** Several incidents are open and nobody typed a number: the list comes with a button for each, for the one who asked. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Bureau, openBureau } from '../support/bureau';
import type { Seen } from '../support/dutyRoom';
import { NO_BUTTONS, PRESSED, stepOn } from '../support/walked';
import { REPORT } from './mainRoad';

let duty: Bureau;
beforeAll(async () => {
  duty = await openBureau();
  await duty.say('duty', 'duty1', REPORT);
  await duty.see({ room: 'duty', text: '#1' });
  await duty.say('duty', 'duty1', '湖滨区实验小学今天中午有12名学生午饭后呕吐腹泻,已送医');
  await duty.see({ room: 'duty', text: '#2' });
}, 60_000);
afterAll(() => duty.close());

const press = (list: Seen, from: string, at: number) => duty.sandbox('click', { message: list.id, button: list.buttons?.[at]?.key, from });

async function ask(words: string): Promise<Seen> {
  const { cursor } = await duty.messages();
  await duty.say('duty', 'duty1', words);
  return duty.see({ room: 'duty', text: '请选择事件', after: cursor });
}

async function seenAfter(act: () => Promise<unknown>, text: string | RegExp): Promise<Seen> {
  const { cursor } = await duty.messages();
  await act();
  return duty.see({ room: 'duty', text, after: cursor });
}

const texts = async (n: number) => JSON.stringify((await duty.api(`/api/v1/incidents/${n}/events`)).body);

test('the list offers each incident as a button and as a number to type', async () => {
  const list = await ask('核实');
  expect(list.buttons?.map(({ text }) => text)).toEqual(['#1', '#2']);
  expect(list.text).toContain('回复序号');
});

stepOn(PRESSED, NO_BUTTONS, 'a press counts only for whom the list was made', async () => {
  const list = await ask('核实');
  await seenAfter(() => press(list, 'leader1', 0), '不是等您作的');
  expect(await texts(1)).not.toContain('VerificationStarted');
  await seenAfter(() => press(list, 'duty1', 1), /#2.*核实|核实.*#2/s);
  expect([await texts(1), await texts(2)].map((all) => all.includes('VerificationStarted'))).toEqual([false, true]);
});

stepOn(PRESSED, NO_BUTTONS, 'a list answers its own question: pressed again, or after a newer one was asked, it does nothing', async () => {
  const old = await ask('属实 现场确有此事');
  const list = await ask('核实');
  await seenAfter(() => press(old, 'duty1', 1), '已过期');
  await seenAfter(() => press(list, 'duty1', 0), /#1.*核实|核实.*#1/s);
  await seenAfter(() => press(list, 'duty1', 0), '已过期');
});

test('the number can still be typed', async () => {
  await ask('属实 现场确有六十余人');
  await seenAfter(() => duty.say('duty', 'duty1', '1'), '属实');
});
