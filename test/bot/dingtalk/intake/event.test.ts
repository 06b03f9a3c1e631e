import { describe, expect, test } from '@jest/globals';
import { readEvent } from '../../../../src/bot/dingtalk/intake/event';
import { createParts } from '../../../../src/bot/dingtalk/parts';
import { NOW, testDeps } from '../../wire/support';
import { binding } from '../support';

const PARTS = createParts(binding({ rooms: { duty: { openConversationId: 'cidDuty==', chatId: 'chat0001' } } }), testDeps());
const HEADERS = {
  eventType: 'chat_add_member',
  eventId: 'e-1',
  eventCorpId: 'dingcorp0001',
  eventBornTime: String(NOW),
  topic: '*',
  messageId: 'm',
};

describe('events of the organisation', () => {
  test('pushed: who was added to which group, under an identity that a second push keeps', () => {
    const data = { openConversationId: 'cidDuty==', operator: 'daiban1', userId: ['zhiban1', 'xin1'] };
    const heard = readEvent(data, PARTS, HEADERS);
    expect(heard).toEqual({
      tenant: 'city',
      source: 'event',
      dedupeKey: 'e-1',
      chat: { id: 'cidDuty==', kind: 'group' },
      account: 'daiban1',
      sentAt: NOW,
      content: { is: 'other', what: 'event:chat_add_member' },
      ticket: null,
    });
    expect(readEvent(data, PARTS, { ...HEADERS, messageId: 'm2' })).toEqual(heard);
  });

  test('called back: the same in capitals, the group by its older id', () => {
    const event = {
      EventType: 'chat_remove_member',
      TimeStamp: String(NOW),
      ChatId: 'chat0001',
      Operator: 'daiban1',
      CorpId: 'dingcorp0001',
    };
    expect(readEvent(event, PARTS)).toMatchObject({
      dedupeKey: expect.stringMatching(/^[0-9a-f]{64}$/),
      chat: { id: 'cidDuty==', kind: 'group' },
      account: 'daiban1',
      sentAt: NOW,
      content: { is: 'other', what: 'event:chat_remove_member' },
    });
    expect(readEvent({ ...event, ChatId: 'chat9' }, PARTS)).toMatchObject({ chat: { id: 'chat9' } });
  });

  test('about a person belong to that person, and of another organisation to nobody of ours', () => {
    expect(readEvent({ userId: ['zhiban1'] }, PARTS, { ...HEADERS, eventType: 'user_leave_org' })).toMatchObject({
      account: 'zhiban1',
      chat: { id: 'zhiban1', kind: 'single' },
    });
    expect(readEvent({ userId: ['zhiban1'] }, PARTS, { ...HEADERS, eventCorpId: 'dingother' })).toMatchObject({
      account: 'foreign:dingother:zhiban1',
    });
  });

  test('without a person concern nobody; the console’s check of the address is one of them', () => {
    expect(readEvent({ EventType: 'check_url' }, PARTS)).toBe('nothing');
    expect(readEvent({ deptId: [1] }, PARTS, { ...HEADERS, eventType: 'org_dept_create' })).toBe('nothing');
  });

  test.each([null, 'x', [], {}, { EventType: 7 }])('%j is no event', (data) => expect(readEvent(data, PARTS)).toBeNull());
});
