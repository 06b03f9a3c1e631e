import { describe, expect, test } from '@jest/globals';
import { readMessage } from '../../../../src/bot/dingtalk/intake/message';
import { createParts } from '../../../../src/bot/dingtalk/parts';
import { NOW, testDeps } from '../../wire/support';
import { binding } from '../support';
import { robotBody } from './bodies';

const PARTS = createParts(binding(), testDeps());
const read = (changes: Record<string, unknown> = {}) => readMessage(robotBody(changes), PARTS);
const single = (msgtype: string, content: unknown) => read({ msgtype, content, text: undefined, conversationType: '1' })?.content;

describe('what is said to the robot', () => {
  test('comes in under the sender’s userid, with the platform’s own message id and a way to answer', () => {
    expect(read()).toEqual({
      tenant: 'city',
      source: 'robot',
      dedupeKey: 'msg1==',
      chat: { id: 'cidDuty==', kind: 'group' },
      account: 'zhiban1',
      sentAt: NOW,
      content: { is: 'text', text: '在岗', quote: null },
      ticket: {
        kind: 'session',
        url: 'http://127.0.0.1:9/robot/sendBySession?session=canary-session',
        until: String(NOW + 5_340_000),
      },
    });
  });

  test('in a talk of two belongs to the person, whatever the conversation is called', () => {
    expect(read({ conversationType: '1' })?.chat).toEqual({ id: 'zhiban1', kind: 'single' });
  });

  test.each([
    ['number', NOW, NOW],
    ['text', String(NOW), NOW],
    ['nonsense', 'yesterday', null],
    ['nothing', undefined, null],
  ])('its moment may come as %s', (_what, createAt, sentAt) => expect(read({ createAt })?.sentAt).toBe(sentAt));

  test.each([
    ['the text of a quoted message', { msgType: 'text', content: { text: '#12 值班报告' } }, '#12 值班报告'],
    ['a quote whose content is a text of its own', { msgType: 'text', content: '#12 值班报告' }, '#12 值班报告'],
    ['a quote whose content is JSON in a text', { msgType: 'text', content: '{"text":"#12 值班报告"}' }, '#12 值班报告'],
    [
      'a quoted rich text',
      { msgType: 'richText', content: { richText: [{ text: '#12 ' }, { type: 'picture' }, { text: '报告' }] } },
      '#12 报告',
    ],
    ['a quoted voice message', { msgType: 'audio', content: { recognition: '到岗' } }, '到岗'],
    ['a quoted card, of which nothing is told', { msgType: 'interactiveCard' }, null],
    ['no quote', undefined, null],
  ])('%s', (_what, repliedMsg, quote) => {
    const content = read({ text: { content: '收到', isReplyMsg: repliedMsg !== undefined, repliedMsg } })?.content;
    expect(content).toEqual({ is: 'text', text: '收到', quote });
  });
});

describe('the kinds of messages', () => {
  test.each([
    [
      'richText',
      { richText: [{ text: '现场' }, { type: 'picture', downloadCode: 'd' }, { text: '已处置' }] },
      { is: 'text', text: '现场已处置', quote: null },
    ],
    ['richText', { richText: [{ type: 'picture', downloadCode: 'd' }] }, { is: 'other', what: 'picture' }],
    ['audio', { downloadCode: 'd', recognition: '我到岗了', duration: 1000 }, { is: 'text', text: '我到岗了', quote: null }],
    ['audio', { downloadCode: 'd', recognition: '' }, { is: 'other', what: 'audio' }],
    ['picture', { downloadCode: 'd', pictureDownloadCode: 'p' }, { is: 'other', what: 'picture' }],
    ['video', { downloadCode: 'd', duration: 3, videoType: 'mp4' }, { is: 'other', what: 'video' }],
    ['file', { downloadCode: 'd', fileName: 'a.docx', fileId: '1', spaceId: '2' }, { is: 'other', what: 'file' }],
    ['interactiveCard', {}, { is: 'other', what: 'interactiveCard' }],
    ['chatRecord', { summary: [] }, { is: 'other', what: 'chatRecord' }],
    ['markdown', { title: 't', text: 'x' }, { is: 'other', what: 'markdown' }],
    ['unknownMsgType', { unknownMsgType: '请更新' }, { is: 'other', what: 'unknownMsgType' }],
    ['somethingNew', null, { is: 'other', what: 'somethingNew' }],
    ['text', null, { is: 'other', what: 'text' }],
  ])('%s %j', (msgtype, content, expected) => expect(single(msgtype, content)).toEqual(expected));
});

describe('who said it', () => {
  test.each([
    ['a person of the organisation', {}, 'zhiban1'],
    ['an outsider with an id across apps', { senderStaffId: undefined, senderUnionId: 'u-1' }, 'union:u-1'],
    ['an outsider, or anybody while the robot is not published', { senderStaffId: undefined }, '$:LWCP_v1:$abc'],
    ['a person of another organisation, whose userid may be one of ours', { senderCorpId: 'dingother' }, 'foreign:dingother:zhiban1'],
  ])('%s', (_who, changes, account) => {
    expect(read(changes)?.account).toBe(account);
    expect(PARTS.accounts.personOf(account)).toBe(account === 'zhiban1' ? 'duty1' : null);
  });

  test('a nickname is no identity', () =>
    expect(read({ senderStaffId: undefined, senderId: undefined, senderNick: 'zhiban1' })).toBeNull());
});

describe('the address for the answer', () => {
  test.each([
    ['of another host', { sessionWebhook: 'http://169.254.169.254/robot/sendBySession?session=x' }],
    ['without an end', { sessionWebhookExpiredTime: undefined }],
    ['that is missing', { sessionWebhook: undefined }],
  ])('%s is no way to answer, and the message is heard all the same', (_what, changes) => {
    expect(read(changes)).toMatchObject({ account: 'zhiban1', ticket: null });
  });

  test('that claims to live for ever is believed for two hours', () => {
    expect(read({ sessionWebhookExpiredTime: NOW * 2 })?.ticket?.until).toBe(String(NOW + 2 * 3_600_000));
  });
});

test.each([
  null,
  'text',
  [],
  {},
  robotBody({ msgId: undefined }),
  robotBody({ msgId: 7 }),
  robotBody({ msgtype: undefined }),
  robotBody({ conversationId: '' }),
])('a body that is none is no message: %j', (body) => expect(readMessage(body, PARTS)).toBeNull());
