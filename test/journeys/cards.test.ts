/** Cards: everything that can be typed in a hurry can be pressed, by whoever may, with the same questions asked. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Bureau, openBureau } from '../support/bureau';
import type { Seen } from '../support/dutyRoom';
import { REPORT } from './mainRoad';

let duty: Bureau;
beforeAll(async () => {
  duty = await openBureau();
}, 60_000);
afterAll(() => duty.close());

async function press(card: Seen, label: string, from: string): Promise<void> {
  const button = card.buttons?.find(({ text }) => text === label)?.key;
  const { status, body } = await duty.sandbox('click', { message: card.id, button, from });
  expect([status, body]).toEqual([200, expect.anything()]);
}

/** The echo's buttons: below the words where a card holds them all, else on a card of their own. */
async function echo(): Promise<Seen> {
  return duty.see({ room: 'duty', text: /^#1 (?:请核对识别结果|已接报)[\s\S]*(?:\[核对无误\]|可回复：核对无误)/ });
}

async function incident(): Promise<{
  readonly readingChecked: { readonly by: string } | null;
  readonly activated: unknown;
  readonly level: { readonly rank: number | null };
}> {
  return (await duty.api('/api/v1/incidents/1')).body as never;
}

test('the echo asks for a look: 核对无误 is recorded with who looked, once', async () => {
  await duty.say('duty', 'duty2', REPORT);
  const card = await echo();
  expect(card.buttons?.map(({ text }) => text)).toEqual(['核对无误', '更正', '不列入']);
  await press(card, '核对无误', 'duty1');
  await duty.see({ room: 'duty', text: '识别结果已核对' });
  expect((await incident()).readingChecked?.by).toBe('duty1');
});

test('a guest’s press changes nothing and is answered', async () => {
  const card = await echo();
  const { cursor } = await duty.messages();
  await press(card, '不列入', 'guest1');
  await duty.see({ room: 'duty', text: /未办理/, after: cursor });
  expect((await duty.api('/api/v1/incidents/1')).body).toMatchObject({ status: 'intake' });
});

test('the decision comes as a card: 按研判定级 and 启动 still ask for the code', async () => {
  await duty.say('duty', 'duty1', '#1 研判 Ⅲ 人数仍在增加');
  const asked = await duty.see({ room: 'dm:director', text: /请决定级别|请决定/ });
  await press(asked, '按研判定级', 'director');
  const grade = await duty.see({ room: 'dm:director', text: /确认 \d{4}/ });
  await duty.say('dm:director', 'director', `确认 ${/确认 (\d{4})/.exec(grade.text)?.[1]}`);
  const decide = await duty.see({ room: 'dm:director', text: '#1 请决定是否启动响应' });
  expect((await incident()).level.rank).toBe(3);
  const { cursor } = await duty.messages();
  await press(decide, '启动', 'director');
  const start = await duty.see({ room: 'dm:director', text: /确认 \d{4}/, after: cursor });
  await duty.say('dm:director', 'director', `确认 ${/确认 (\d{4})/.exec(start.text)?.[1]}`);
  await duty.see({ room: 'hq', text: /请立即集结/ });
  expect((await incident()).activated).not.toBeNull();
});

test('无法到达 pressed in a private message calls the stand-in at once', async () => {
  const call = await duty.see({ room: 'dm:site1', text: /请立即集结/ });
  expect(call.buttons?.map(({ text }) => text)).toEqual(['收到', '无法到达', '进展']);
  await press(call, '无法到达', 'site1');
  await duty.see({ room: 'duty', text: '有人无法到达' });
});
