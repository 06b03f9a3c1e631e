import { expect, test } from '@jest/globals';
import { bindingOf } from '../../src/sandbox/binding';
import { createWorld } from '../../src/sandbox/world';
import { WORLD } from './dutyRoom';

test('accounts differ from persons, chat ids mix case, and secrets are new at every start', () => {
  const [first, second] = [bindingOf(createWorld(WORLD), 1), bindingOf(createWorld(WORLD), 1)];
  expect(first.people.duty1).toBe('SdDuty1');
  for (const { chatId } of Object.values(first.rooms)) expect(chatId.toLowerCase()).not.toBe(chatId);
  expect(first.callbackAesKey).toMatch(/^[A-Za-z0-9]{43}$/);
  for (const key of ['corpId', 'corpSecret', 'callbackToken', 'callbackAesKey'] as const) expect(first[key]).not.toBe(second[key]);
  expect(first.rooms.duty?.webhookKey).not.toBe(second.rooms.duty?.webhookKey);
});

test('a world with a stranger in a room or with a private room of its own is refused', () => {
  const rooms = [{ id: 'duty', name: '值班群', kind: 'duty', members: ['nobody'] }];
  expect(() => createWorld({ ...WORLD, rooms })).toThrow('unknown member nobody');
  expect(() => createWorld({ ...WORLD, rooms: [{ id: 'dm:duty1', name: '私聊', kind: 'private', members: ['duty1'] }] })).toThrow();
});
