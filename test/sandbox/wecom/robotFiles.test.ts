import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DutyRoom, openDutyRoom, PNG, type RawRobot } from '../dutyRoom';

let room: DutyRoom;
let robot: RawRobot;
beforeEach(async () => {
  room = await openDutyRoom();
  robot = await room.robot();
  await robot.subscribe(room.sandbox.binding().robot);
});
afterEach(() => room.close());

const CHUNK = 512 << 10;
const FILE = Buffer.alloc(CHUNK + 10, 'a');
const init = (more: object = {}) =>
  robot.full('aibot_upload_media_init', { type: 'file', filename: '日报.docx', total_size: FILE.length, total_chunks: 2, ...more });
const chunk = (id: unknown, index: number, data: Buffer) =>
  robot.ask('aibot_upload_media_chunk', { upload_id: id, chunk_index: index, base64_data: data.toString('base64') });
const finish = (id: unknown) => robot.full('aibot_upload_media_finish', { upload_id: id });
const [head, tail] = [FILE.subarray(0, CHUNK), FILE.subarray(CHUNK)];
const push = (mediaId: unknown) =>
  robot.ask('aibot_send_msg', { chatid: room.sandbox.binding().rooms.duty?.chatId, msgtype: 'file', file: { media_id: mediaId } });
const started = async (more: object = {}) => (await init(more)).body?.upload_id;

describe('a file in pieces', () => {
  test('pieces may come in any order, twice, and after a reconnect', async () => {
    const id = await started({ md5: createHash('md5').update(FILE).digest('hex') });
    expect(await chunk(id, 1, tail)).toBe(0);
    robot = await room.robot();
    await robot.subscribe(room.sandbox.binding().robot);
    expect([await chunk(id, 0, head), await chunk(id, 1, tail)]).toEqual([0, 0]);
    const { errcode, body } = await finish(id);
    expect([errcode, body]).toEqual([0, { type: 'file', media_id: expect.any(String), created_at: '1785546000' }]);
    expect(await push(body?.media_id)).toBe(0);
    expect(await room.messages('duty')).toMatchObject([{ kind: 'file', file: { name: '日报.docx', bytes: FILE.length } }]);
    room.advance(3 * 86_400_000);
    expect(await push(body?.media_id)).toBe(40007);
  });

  test.each([
    ['an unknown type', { type: 'song' }, 40058],
    ['a name of 257 bytes', { filename: 'a'.repeat(257) }, 40058],
    ['four bytes', { total_size: 4, total_chunks: 1 }, 40058],
    ['no piece', { total_chunks: 0 }, 40058],
    ['101 pieces', { total_chunks: 101 }, 40058],
    ['more than the pieces hold', { total_size: 3 * CHUNK }, 40058],
    ['an md5 in capitals', { md5: 'A'.repeat(32) }, 40058],
  ])('%s cannot be begun', async (_title, more, errcode) => {
    expect((await init(more)).errcode).toBe(errcode);
  });

  test('a piece that counts from 1, is too big, or belongs to nothing is refused', async () => {
    const id = await started();
    expect([await chunk(id, 2, tail), await chunk(id, 0, Buffer.alloc(CHUNK + 1)), await chunk('invented', 0, head)]).toEqual([
      40058, 40058, 40058,
    ]);
  });

  test('a missing piece, another size and another md5 are refused at the end', async () => {
    const missing = await started();
    await chunk(missing, 0, head);
    expect((await finish(missing)).errcode).toBe(40058);
    await chunk(missing, 1, tail.subarray(1));
    expect((await finish(missing)).errcode).toBe(40058);
    const short = await started({ total_size: head.length });
    await chunk(short, 0, head);
    expect((await finish(short)).errcode).toBe(40058);
    const wrong = await started({ md5: '0'.repeat(32) });
    await chunk(wrong, 0, head);
    await chunk(wrong, 1, tail);
    expect((await finish(wrong)).errcode).toBe(301019);
  });

  test('bytes that are no picture, and a picture over 2 MB, are refused as a picture', async () => {
    const send = async (data: Buffer, pieces: number) => {
      const id = await started({ type: 'image', total_size: data.length, total_chunks: pieces });
      for (let n = 0; n < pieces; n += 1) await chunk(id, n, data.subarray(n * CHUNK, (n + 1) * CHUNK));
      return (await finish(id)).errcode;
    };
    expect(await send(Buffer.from('hello'), 1)).toBe(40005);
    expect(await send(PNG, 1)).toBe(0);
    expect(await send(Buffer.concat([PNG, Buffer.alloc(2 << 20)]), 5)).toBe(40009);
  });

  test('an upload lives for half an hour, and a robot begins 30 a minute', async () => {
    const id = await started();
    room.advance(30 * 60_000);
    expect(await chunk(id, 0, head)).toBe(40058);
    for (let n = 0; n < 30; n += 1) expect((await init()).errcode).toBe(0);
    expect((await init()).errcode).toBe(45009);
  });

  test('files of the app are none of the robot’s', async () => {
    const { media_id } = await room.upload(`media/upload?access_token=${await room.token()}&type=file`, 'a.docx', FILE);
    expect(await push(media_id)).toBe(40007);
    expect(await push(undefined)).toBe(41006);
  });
});

describe('what people send in a group', () => {
  test.each(['image', 'voice', 'video', 'file'])('%s alone never reaches the robot', async (kind) => {
    const answer = await room.post('api/send', { room: 'duty', from: 'duty1', kind, name: 'a', data: PNG.toString('base64') });
    expect(answer).toMatchObject({ status: 200, reached: false });
    expect(await room.messages('duty')).toMatchObject([{ kind, from: 'duty1', fromBot: false }]);
  });

  test('a place never does, a link arrives as words', async () => {
    const place = { kind: 'location', latitude: 34.7, longitude: 111.2, label: '市场' };
    expect(await room.post('api/send', { room: 'dm:duty1', from: 'duty1', ...place })).toMatchObject({ reached: false });
    await room.post('api/send', { room: 'dm:duty1', from: 'duty1', kind: 'link', title: '网帖', url: 'http://example.gov.cn/1' });
    expect((await robot.callback('aibot_msg_callback')).body).toMatchObject({
      msgtype: 'text',
      text: { content: '网帖 http://example.gov.cn/1' },
    });
  });

  test('a quoted picture comes along as a link, a quoted voice as its words', async () => {
    const send = async (body: object) => (await room.post('api/send', { room: 'dm:duty1', from: 'duty1', ...body })).id;
    const picture = await send({ kind: 'image', name: 'a.png', data: PNG.toString('base64') });
    await room.say('dm:duty1', 'duty1', '这张', { quote: picture });
    expect((await robot.callback('aibot_msg_callback', 1)).body?.quote).toMatchObject({
      msgtype: 'image',
      image: { url: expect.any(String) },
    });
    const voice = await send({ kind: 'voice', name: 'v', data: PNG.toString('base64'), transcript: '到了' });
    await room.say('dm:duty1', 'duty1', '这句', { quote: voice });
    expect((await robot.callback('aibot_msg_callback', 3)).body?.quote).toEqual({ msgtype: 'voice', voice: { content: '到了' } });
  });
});
