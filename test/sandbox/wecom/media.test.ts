import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { amr, type DutyRoom, MP4, openDutyRoom, PNG } from '../dutyRoom';

let room: DutyRoom;
let token: string;
beforeEach(async () => {
  room = await openDutyRoom();
  token = await room.token();
});
afterEach(() => room.close());

const MB = 1 << 20;
const DOCX = Buffer.from('PK 值班日报');
const upload = (type: string, data: Buffer, name = '值班日报.docx') =>
  room.upload(`media/upload?access_token=${token}&type=${type}`, name, data);
const get = (id: unknown, headers: Record<string, string> = {}) =>
  fetch(`${room.sandbox.binding().apiBase}/cgi-bin/media/get?access_token=${token}&media_id=${id}`, { headers });
const raw = async (head: string, contentType = 'multipart/form-data; boundary=XX') => {
  const answer = await fetch(`${room.sandbox.binding().apiBase}/cgi-bin/media/upload?access_token=${token}&type=file`, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: `--XX\r\n${head}\r\n\r\nhello world\r\n--XX--\r\n`,
  });
  return (await answer.json()) as { errcode: number };
};

describe('a file is taken and given back', () => {
  test('the answer names kind, id and time as text, and the file comes back byte for byte with its Chinese name', async () => {
    const answer = await upload('file', DOCX);
    expect(answer).toMatchObject({ errcode: 0, type: 'file', media_id: expect.any(String), created_at: '1785546000' });
    const file = await get(answer.media_id);
    expect(file.headers.get('content-disposition')).toContain(encodeURIComponent('值班日报.docx'));
    expect(Buffer.from(await file.arrayBuffer())).toEqual(DOCX);
  });

  test('a part of it can be asked for', async () => {
    const { media_id } = await upload('file', DOCX);
    const part = await get(media_id, { range: 'bytes=3-5' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 3-5/${DOCX.length}`]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(DOCX.subarray(3, 6));
  });

  test('after three days it is gone', async () => {
    const { media_id } = await upload('file', DOCX);
    room.advance(3 * 86_400_000);
    token = await room.token();
    expect(await (await get(media_id)).json()).toMatchObject({ errcode: 40007 });
  });
});

describe('kinds and sizes hold', () => {
  test.each([
    ['a docx', 'file', DOCX, 0],
    ['a picture', 'image', PNG, 0],
    ['a voice of 60 s', 'voice', amr(60), 0],
    ['a video', 'video', MP4, 0],
    ['an unknown type', 'song', DOCX, 40004],
    ['a docx as a picture', 'image', DOCX, 40005],
    ['a docx as a video', 'video', DOCX, 40005],
    ['four bytes', 'file', DOCX.subarray(0, 4), 40006],
    ['nothing', 'file', Buffer.alloc(0), 44001],
    ['20 MB', 'file', Buffer.alloc(20 * MB, 1), 0],
    ['a byte over 20 MB', 'file', Buffer.alloc(20 * MB + 1, 1), 45001],
    ['a picture over 10 MB', 'image', Buffer.concat([PNG, Buffer.alloc(10 * MB)]), 40009],
    ['a video over 10 MB', 'video', Buffer.concat([MP4, Buffer.alloc(10 * MB)]), 40011],
    ['a docx as a voice', 'voice', DOCX, 301017],
    ['a voice over 2 MB', 'voice', Buffer.concat([amr(1), Buffer.alloc(2 * MB)]), 301016],
    ['a voice of 61 s', 'voice', amr(61), 45007],
  ])('%s', async (_title, type, data, errcode) => {
    expect((await upload(type, data)).errcode).toBe(errcode);
  });

  test.each([
    ['the star form of a file name', `Content-Disposition: form-data; name="media"; filename*=UTF-8''a.docx`, 44001],
    ['both forms of a file name', `Content-Disposition: form-data; name="media"; filename="a.docx"; filename*=UTF-8''a.docx`, 44001],
    ['a part without a file name', 'Content-Disposition: form-data; name="media"', 44001],
    ['another part', 'Content-Disposition: form-data; name="document"; filename="a.docx"', 41005],
    ['a plain file name', 'Content-Disposition: form-data; name="media"; filename="a.docx"; filelength=11', 0],
  ])('%s', async (_title, head, errcode) => {
    expect((await raw(head)).errcode).toBe(errcode);
  });

  test('a body that is no upload is refused', async () => {
    expect((await raw('', 'application/json')).errcode).toBe(41005);
    expect((await room.upload('media/upload?type=file', 'a', DOCX)).errcode).toBe(41001);
  });
});

describe('a webhook has files of its own', () => {
  const toWebhook = (place: string, type: string, data: Buffer) =>
    room.upload(`webhook/upload_media?key=${room.sandbox.binding().rooms[place]?.webhookKey}&type=${type}`, '名单.xlsx', data);

  test('a file uploaded for the group is shown there and can be opened on the page', async () => {
    const { media_id } = await toWebhook('duty', 'file', DOCX);
    expect(await room.webhook('duty', { msgtype: 'file', file: { media_id } })).toMatchObject({ errcode: 0 });
    const [message] = await room.messages('duty');
    expect(message).toMatchObject({ kind: 'file', text: '[文件] 名单.xlsx', pinged: [], file: { name: '名单.xlsx', bytes: DOCX.length } });
    const file = await fetch(`${room.base}/${message?.file?.url}`);
    expect(Buffer.from(await file.arrayBuffer())).toEqual(DOCX);
  });

  test('a voice is shown as such', async () => {
    const { media_id } = await toWebhook('duty', 'voice', amr(3));
    await room.webhook('duty', { msgtype: 'voice', voice: { media_id } });
    expect(await room.messages('duty')).toMatchObject([{ kind: 'voice' }]);
  });

  test.each([
    ['another webhook', async () => (await toWebhook('hq', 'file', DOCX)).media_id, 40007],
    ['the app', async () => (await upload('file', DOCX)).media_id, 40007],
    ['nobody', async () => 'invented', 40007],
    ['nothing', async () => undefined, 41006],
  ])('a media id of %s is refused', async (_title, id, errcode) => {
    expect((await room.webhook('duty', { msgtype: 'file', file: { media_id: await id() } })).errcode).toBe(errcode);
    expect(await room.messages('duty')).toEqual([]);
  });

  test('after three days the id is dead; pictures and unknown webhooks cannot be uploaded to', async () => {
    const { media_id } = await toWebhook('duty', 'file', DOCX);
    room.advance(3 * 86_400_000);
    expect((await room.webhook('duty', { msgtype: 'file', file: { media_id } })).errcode).toBe(40007);
    expect((await toWebhook('duty', 'image', PNG)).errcode).toBe(40004);
    expect((await room.upload('webhook/upload_media?key=x&type=file', 'a', DOCX)).errcode).toBe(93000);
  });
});
