import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { PNG } from '../dutyRoom';
import { type DingRoom, openDingRoom } from './dingRoom';

let room: DingRoom;
beforeEach(async () => {
  room = await openDingRoom();
});
afterEach(() => room.close());

const param = (value: unknown) => JSON.stringify(value);
const group = (msgKey: unknown, msgParam: unknown, more: object = {}) =>
  room.api('robot/groupMessages/send', {
    robotCode: room.binding.robotCode,
    openConversationId: room.binding.rooms.duty?.openConversationId,
    msgKey,
    msgParam,
    ...more,
  });
const people = (userIds: string[], content = '请签收') =>
  room.api('robot/oToMessages/batchSend', {
    robotCode: room.binding.robotCode,
    userIds,
    msgKey: 'sampleText',
    msgParam: param({ content }),
  });

describe('a message into a group', () => {
  const card = { title: '预警', text: '正文' };
  test.each([
    ['sampleText', { content: '请处置' }, 'text', '请处置'],
    ['sampleMarkdown', { title: '急', text: '**急**' }, 'markdown', '**急**'],
    ['sampleLink', { title: '日报', text: '今日', messageUrl: 'http://127.0.0.1/' }, 'link', '日报\n今日\nhttp://127.0.0.1/'],
    ['sampleImageMsg', { photoURL: 'https://127.0.0.1/a.png' }, 'link', '[图片]\nhttps://127.0.0.1/a.png'],
    ['sampleActionCard', { ...card, singleTitle: '看', singleURL: 'http://127.0.0.1/' }, 'card', '预警\n正文\n看 http://127.0.0.1/'],
    [
      'sampleActionCard2',
      { ...card, actionTitle1: '甲', actionURL1: 'http://127.0.0.1/1', actionTitle2: '乙', actionURL2: 'http://127.0.0.1/2' },
      'card',
      '预警\n正文\n甲 http://127.0.0.1/1\n乙 http://127.0.0.1/2',
    ],
  ])('%s', async (msgKey, content, kind, text) => {
    expect(await group(msgKey, param(content))).toMatchObject({ status: 200, processQueryKey: expect.any(String) });
    expect(await room.messages('duty')).toMatchObject([{ kind, text, via: 'robot', fromBot: true, pinged: [] }]);
  });

  test.each([
    ['no robot code', { robotCode: '' }, 'invalidParameter.robotCode.empty'],
    ['a foreign robot', { robotCode: 'dingother' }, 'invalidParameter.robotCode.notExsit'],
    ['an unknown group', { openConversationId: 'cidX' }, 'invalidParameter.openConversationId.invalid'],
    ['no message key', { msgKey: '' }, 'invalidParameter.msgKey.empty'],
    ['an unknown message key', { msgKey: 'sampleSong' }, 'invalidParameter.msgKey.invalid'],
    ['parameters that are an object', { msgParam: { content: 'x' } }, 'invalidParameter.msgParam.invalid'],
    ['parameters that are no JSON', { msgParam: 'x' }, 'invalidParameter.msgParam.invalid'],
    ['a parameter too few', { msgParam: '{}' }, 'invalidParameter.msgParam.invalid'],
    [
      'a card with a button too few',
      { msgKey: 'sampleActionCard3', msgParam: '{"title":"a","text":"b"}' },
      'invalidParameter.msgParam.invalid',
    ],
  ])('%s is refused', async (_title, more, code) => {
    expect(await group('sampleText', '{"content":"x"}', more)).toMatchObject({ status: 400, code, requestid: expect.any(String) });
    expect(await room.messages('duty')).toEqual([]);
  });

  test('15 000 bytes of parameters pass, one more does not', async () => {
    const frame = Buffer.byteLength(param({ content: '' }));
    expect(await group('sampleText', param({ content: 'a'.repeat(15_000 - frame) }))).toMatchObject({ status: 200 });
    expect(await group('sampleText', param({ content: 'a'.repeat(15_001 - frame) }))).toMatchObject({
      code: 'invalidParameter.msgParam.invalid',
    });
  });

  test('the robot must stand in the group', async () => {
    expect(
      await group('sampleText', '{"content":"x"}', { openConversationId: room.binding.rooms.quiet?.openConversationId }),
    ).toMatchObject({
      status: 400,
      code: 'invalidParameter.robotCode.auth',
    });
    await room.post('api/robot-in-room', { room: 'quiet', stands: true });
    expect(
      await group('sampleText', '{"content":"x"}', { openConversationId: room.binding.rooms.quiet?.openConversationId }),
    ).toMatchObject({
      status: 200,
    });
  });
});

describe('files', () => {
  test('a paper is uploaded and sent under its name', async () => {
    const data = Buffer.from('docx bytes');
    const mediaId = await room.upload('file', '值班日报.docx', data);
    expect(mediaId).toMatch(/^@/);
    await group('sampleFile', param({ mediaId, fileName: '简报.docx', fileType: 'docx' }));
    const [message] = await room.messages('duty');
    expect(message).toMatchObject({ kind: 'file', text: '[文件] 简报.docx', file: { name: '简报.docx', bytes: data.length } });
    expect(await group('sampleFile', param({ mediaId, fileName: '简报.exe', fileType: 'exe' }))).toMatchObject({
      code: 'invalidParameter.msgParam.invalid',
    });
    expect(await group('sampleFile', param({ mediaId: '@x', fileName: 'a.pdf', fileType: 'pdf' }))).toMatchObject({ status: 400 });
  });

  test('a picture, a voice and a video by their ids', async () => {
    const [image, voice, video] = [
      await room.upload('image', 'a.png', PNG),
      await room.upload('voice', 'a.amr', PNG),
      await room.upload('video', 'a.mp4', PNG),
    ];
    await group('sampleImageMsg', param({ photoURL: image }));
    await group('sampleAudio', param({ mediaId: voice, duration: '3000' }));
    await group('sampleVideo', param({ videoMediaId: video, duration: '3', videoType: 'mp4', picMediaId: image }));
    expect((await room.messages('duty')).map(({ kind }) => kind)).toEqual(['image', 'voice', 'video']);
  });

  test.each([
    ['song', 'a.mp3', PNG, 40004],
    ['image', 'a.txt', Buffer.from('no picture'), 40005],
    ['voice', 'a.amr', Buffer.alloc((2 << 20) + 1), 40006],
    ['file', 'a.zip', Buffer.alloc((20 << 20) + 1), 45001],
  ])('an upload as %s of %s can be refused', async (type, name, data, errcode) => {
    await room.upload(type, name, data);
    expect((await room.calls('media/upload'))[0]?.answer).toMatchObject({ errcode });
  });
});

describe('a message to people', () => {
  test('reaches twenty at most, and names those it did not reach', async () => {
    await room.post('api/standing', { person: 'leader1', flowControlled: true });
    await room.post('api/standing', { person: 'guest1', left: true });
    expect(await people(['DtDuty1', 'DtLeader1', 'DtGuest1', 'nobody'])).toMatchObject({
      status: 200,
      invalidStaffIdList: ['DtGuest1', 'nobody'],
      flowControlledStaffIdList: ['DtLeader1'],
    });
    expect(await room.messages('dm:duty1')).toMatchObject([{ text: '请签收' }]);
    expect(await room.messages('dm:leader1')).toEqual([]);
    expect(await people(Array.from({ length: 21 }, (_, n) => `u${n}`))).toMatchObject({ code: 'invalidParameter.userIds.overMax' });
    expect(await people([])).toMatchObject({ code: 'invalidParameter.userIds.empty' });
  });
});

describe('afterwards', () => {
  const query = (processQueryKey: unknown) =>
    room.api(
      `robot/oToMessages/readStatus?robotCode=${room.binding.robotCode}&processQueryKey=${encodeURIComponent(String(processQueryKey))}`,
    );
  const groupQuery = (processQueryKey: unknown, more: object = {}) =>
    room.api('robot/groupMessages/query', {
      robotCode: room.binding.robotCode,
      openConversationId: room.binding.rooms.duty?.openConversationId,
      processQueryKey,
      ...more,
    });

  test('who has read is told after some seconds, and only of those who have', async () => {
    const { processQueryKey } = await group('sampleText', '{"content":"x"}');
    expect(await groupQuery(processQueryKey)).toMatchObject({ status: 400, code: 'processQueryKey.expireTime' });
    room.advance(2000);
    expect(await groupQuery(processQueryKey)).toMatchObject({ status: 200, readUserIds: [], hasMore: false });
    await room.say('duty', 'leader1', '看到了', { mentionBot: false });
    const [message] = await room.messages('duty');
    room.advance(1000);
    await room.post('api/read', { message: message?.id, person: 'duty1' });
    expect(await groupQuery(processQueryKey, { maxResults: 1 })).toMatchObject({
      readUserIds: ['DtLeader1'],
      hasMore: true,
      nextToken: '1',
    });
    expect(await groupQuery(processQueryKey, { nextToken: '1' })).toMatchObject({ readUserIds: ['DtDuty1'], hasMore: false });
    expect(await groupQuery('x')).toMatchObject({ code: 'invalid.processQueryKey' });
    expect(await groupQuery(processQueryKey, { openConversationId: 'x' })).toMatchObject({ code: 'openConversationId.notExisted' });
  });

  test('of people, each is told with the moment', async () => {
    const { processQueryKey } = await people(['DtDuty1', 'DtLeader1']);
    room.advance(5000);
    await room.say('dm:duty1', 'duty1', '收到');
    expect(await query(processQueryKey)).toMatchObject({
      messageReadInfoList: [
        { userId: 'DtDuty1', name: '常值一', readStatus: 'READ', readTimestamp: room.now() },
        { userId: 'DtLeader1', readStatus: 'UNREAD' },
      ],
    });
  });

  test('a tenant whose people read after a while', async () => {
    await room.post('api/switches', { readAfterMs: 60_000 });
    const { processQueryKey } = await people(['DtDuty1']);
    room.advance(60_000);
    expect(await query(processQueryKey)).toMatchObject({ messageReadInfoList: [{ readStatus: 'READ' }] });
  });

  test('group messages are taken back; what cannot be stands in the failures', async () => {
    const { processQueryKey } = await group('sampleText', '{"content":"错了"}');
    const body = { robotCode: room.binding.robotCode, openConversationId: room.binding.rooms.duty?.openConversationId };
    const answer = await room.api('robot/groupMessages/recall', { ...body, processQueryKeys: [processQueryKey, 'x'] });
    expect(answer).toMatchObject({ status: 200, successResult: [processQueryKey], failedResult: { x: 'invalid.processQueryKey' } });
    expect(await room.messages('duty')).toMatchObject([{ recalled: true, text: '（已撤回一条消息）' }]);
  });

  test('private messages only within 24 hours, by the path with the small o', async () => {
    const recall = (path: string, key: unknown) => room.api(path, { robotCode: room.binding.robotCode, processQueryKeys: [key] });
    const early = (await people(['DtDuty1'])).processQueryKey as string;
    const late = (await people(['DtLeader1'])).processQueryKey as string;
    expect(await recall('robot/oToMessages/batchRecall', early)).toMatchObject({ status: 404 });
    expect(await recall('robot/otoMessages/batchRecall', early)).toMatchObject({ successResult: [early] });
    room.advance(86_400_001);
    expect(await recall('robot/otoMessages/batchRecall', late)).toMatchObject({
      status: 200,
      failedResult: { [late]: 'processQueryKey.expireTime' },
    });
  });
});

describe('DING', () => {
  const ding = (remindType: number, receiverUserIdList: string[], more: object = {}) =>
    room.api('robot/ding/send', { robotCode: room.binding.robotCode, remindType, receiverUserIdList, content: '请立即到岗', ...more });

  test.each([
    [1, '应用内'],
    [2, '短信'],
    [3, '电话'],
  ])('by way %i pages each receiver and names who does not exist', async (way, name) => {
    expect(await ding(way, ['DtDuty1', 'nobody'])).toMatchObject({
      status: 200,
      openDingId: expect.any(String),
      failedList: { nobody: expect.any(String) },
    });
    expect(await room.messages('dm:duty1')).toMatchObject([{ via: 'ding', pinged: ['duty1'], text: `[DING·${name}] 请立即到岗` }]);
  });

  test('SMS and phone come out of a bought quota, in the app is free', async () => {
    await room.post('api/switches', { monthlySms: 1, monthlyCalled: 0 });
    expect(await ding(2, ['DtDuty1'])).toMatchObject({ status: 200 });
    expect(await ding(2, ['DtLeader1'])).toMatchObject({ status: 400, code: 'ding.serverquota.insufficient' });
    expect(await ding(3, ['DtDuty1'])).toMatchObject({ code: 'ding.serverquota.insufficient' });
    expect(await ding(1, ['DtDuty1'])).toMatchObject({ status: 200 });
    expect(await room.get('api/keys')).toMatchObject({ ding: { sms: 1, phone: 0 } });
    room.advance(31 * 86_400_000);
    expect(await ding(2, ['DtLeader1'])).toMatchObject({ status: 200 });
  });

  test('who has read it, and taking it back', async () => {
    const { openDingId } = await ding(1, ['DtDuty1', 'DtLeader1']);
    await room.say('dm:duty1', 'duty1', '到了');
    const { robotCode } = room.binding;
    expect(await room.api('robot/ding/readStatuses/query', { openDingId, robotCode })).toMatchObject({
      robotDingReadInfoList: [
        { userId: 'DtDuty1', readStatus: 'READ' },
        { userId: 'DtLeader1', readStatus: 'UNREAD' },
      ],
    });
    expect(await room.api('robot/ding/recall', { openDingId, robotCode })).toMatchObject({ openDingId });
    expect((await room.messages('dm:leader1'))[0]).toMatchObject({ recalled: true });
    expect(await room.api('robot/ding/recall', { openDingId: 'x', robotCode })).toMatchObject({ status: 404 });
  });
});
