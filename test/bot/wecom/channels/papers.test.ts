import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createWecom } from '../../../../src/bot/wecom';
import type { Paper, SendResult } from '../../../../src/ports/platform';
import { type Call, FOREVER, type HttpPeer, httpPeer, type Reply, type TestDeps, testDeps, until } from '../../wire/support';
import { binding } from '../support';

let peer: HttpPeer;
let deps: TestDeps;
let answers: Record<string, (call: Call) => Reply>;
let stored: Record<string, Uint8Array>;
let wecom: ReturnType<typeof createWecom>;

const DOCX: Paper = { sha256: 'a'.repeat(64), name: '值班日报.docx' };
const XLSX: Paper = { sha256: 'b'.repeat(64), name: '名单.xlsx' };
const calls = (path: string) => peer.calls.filter((call) => call.path === `/cgi-bin/${path}`);

beforeEach(async () => {
  deps = testDeps();
  let nth = 0;
  const upload = () => {
    nth += 1;
    return { errcode: 0, media_id: `MEDIA${nth}`, created_at: '1380000000' };
  };
  answers = {
    '/cgi-bin/gettoken': () => ({ errcode: 0, access_token: 'token', expires_in: 7200 }),
    '/cgi-bin/media/upload': upload,
    '/cgi-bin/webhook/upload_media': upload,
  };
  stored = { [DOCX.sha256]: Buffer.from('PK-docx-bytes'), [XLSX.sha256]: Buffer.from('PK-xlsx-bytes') };
  peer = await httpPeer((call) => answers[call.path]?.(call) ?? { errcode: 0, errmsg: 'ok' });
  wecom = makeWecom();
});
afterEach(() => peer.stop());

function makeWecom(capabilities = {}) {
  const rooms = { duty: { chatId: 'wrDuty', webhookKey: 'canary-webhook-key' }, hq: { chatId: 'wrHq', webhookKey: 'canary-other-key' } };
  const papers = { bytes: async (sha256: string) => stored[sha256] ?? null };
  return createWecom(binding({ apiBase: peer.base, rooms, capabilities }), { ...deps, papers });
}

async function send(id: string, paper: Paper, address: string, stop = FOREVER): Promise<SendResult | undefined> {
  const channel = wecom.channels.find((one) => one.id === id);
  const to = { address, ticket: null };
  return channel?.send(channel.attach?.(paper, to) ?? { body: '' }, to, 'd1', stop);
}

const WAYS = [
  ['wecom.app', 'leader1', 'media/upload', 'message/send'],
  ['wecom.webhook', 'duty', 'webhook/upload_media', 'webhook/send'],
  ['wecom.appchat', 'G1', 'media/upload', 'appchat/send'],
] as const;

describe.each(WAYS)('a paper through %s', (id, address, upload, post) => {
  test('is uploaded under its own name, then sent; the bytes stay out of what is frozen', async () => {
    expect(await send(id, DOCX, address)).toMatchObject({ is: 'accepted' });
    const body = calls(upload)[0]?.body ?? '';
    expect(body).toContain('name="media"; filename="值班日报.docx"; filelength=13');
    expect(body).toContain('PK-docx-bytes');
    expect(calls(upload)[0]?.query).toMatchObject({ type: 'file' });
    expect(JSON.parse(calls(post)[0]?.body ?? '')).toMatchObject({ msgtype: 'file', file: { media_id: 'MEDIA1' } });
    expect(JSON.stringify(wecom.channels.find((one) => one.id === id)?.attach?.(DOCX, { address, ticket: null }))).not.toContain('PK-docx');
  });

  test('is uploaded once for all who get it, and anew after its three days', async () => {
    await Promise.all([send(id, DOCX, address), send(id, DOCX, address), send(id, XLSX, address)]);
    expect(calls(upload)).toHaveLength(2);
    deps.clock.time += 71 * 3_600_000 - 1;
    await send(id, DOCX, address);
    expect(calls(upload)).toHaveLength(2);
    deps.clock.time += 1;
    await send(id, DOCX, address);
    expect(calls(upload)).toHaveLength(3);
  });

  test('that the platform has forgotten is uploaded again, once', async () => {
    answers[`/cgi-bin/${post}`] = (call) => ({ errcode: JSON.parse(call.body).file.media_id === 'MEDIA1' ? 40007 : 0 });
    expect(await send(id, DOCX, address)).toMatchObject({ is: 'accepted' });
    expect(calls(upload)).toHaveLength(2);
    answers[`/cgi-bin/${post}`] = () => ({ errcode: 40007 });
    expect(await send(id, DOCX, address)).toEqual({ is: 'refused', code: '40007', fault: 'content' });
    expect(calls(post)).toHaveLength(4);
  });

  test('whose upload takes too long is no message lost: it goes on, and the next try finds it', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    wecom = createWecom(binding({ apiBase: peer.base }), {
      ...deps,
      papers: { bytes: () => gate.then(() => Buffer.from('PK-docx-bytes')) },
    });
    const limit = new AbortController();
    const end = send(id, DOCX, address, limit.signal);
    limit.abort();
    expect(await end).toEqual({ is: 'road', code: 'uploading', blocks: 'outlet', waitMs: 3000 });
    release();
    await until(() => calls(upload).length === 1);
    expect(await send(id, DOCX, address)).toMatchObject({ is: 'accepted' });
    expect(calls(upload)).toHaveLength(1);
  });

  test.each([
    ['a cut line', 'reset', { is: 'road', code: 'upload_ECONNRESET', blocks: 'outlet', waitMs: 2000 }],
    ['too many calls', { errcode: 45009 }, { is: 'road', code: '45009', blocks: 'outlet', waitMs: 60_000 }],
    ['an empty file', { errcode: 44001 }, { is: 'refused', code: '44001', fault: 'content' }],
    ['an answer without an id', { errcode: 0 }, { is: 'road', code: 'upload_unreadable', blocks: 'outlet', waitMs: 2000 }],
  ] as const)('%s during the upload sends nothing', async (_what, reply, end) => {
    answers[`/cgi-bin/${upload}`] = () => reply;
    expect(await send(id, DOCX, address)).toEqual(end);
    expect(calls(post)).toEqual([]);
  });

  test('that is gone, too small or too big is refused before any call', async () => {
    expect(await send(id, { sha256: 'c'.repeat(64), name: 'x.docx' }, address)).toMatchObject({ code: 'no_paper', fault: 'content' });
    stored[DOCX.sha256] = Buffer.from('12345');
    expect(await send(id, DOCX, address)).toMatchObject({ code: 'paper_size' });
    stored[DOCX.sha256] = Buffer.alloc(20 * 1024 * 1024 + 1);
    expect(await send(id, DOCX, address)).toMatchObject({ code: 'paper_size' });
    expect(calls(upload)).toEqual([]);
  });

  test('is named in words where the deployment takes no files', async () => {
    wecom = makeWecom({ 'app.files': 'off', 'webhook.files': 'off' });
    await send(id, DOCX, address);
    expect(JSON.parse(calls(post)[0]?.body ?? '').text.content).toBe('文件“值班日报.docx”无法在此发送，请登录查阅');
    wecom = makeWecom({ 'app.files': 'probe', 'webhook.files': 'probe' });
    answers[`/cgi-bin/${upload}`] = () => ({ status: 404 });
    await send(id, DOCX, address);
    await send(id, DOCX, address);
    expect(calls(upload)).toHaveLength(1);
    expect(calls(post)).toHaveLength(3);
  });
});

test('an upload for one webhook is not used for another', async () => {
  await send('wecom.webhook', DOCX, 'duty');
  await send('wecom.webhook', DOCX, 'hq');
  expect(calls('webhook/upload_media').map((call) => call.query.key)).toEqual(['canary-webhook-key', 'canary-other-key']);
  await send('wecom.app', DOCX, 'leader1');
  await send('wecom.appchat', DOCX, 'G1');
  expect(calls('media/upload')).toHaveLength(1);
  expect(deps.lines.join()).not.toContain('canary');
});
