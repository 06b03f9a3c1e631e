/** What the robot can do besides words and cards: greet, show progress, send papers. */
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createWecom } from '../../../src/bot/wecom';
import { open } from '../../../src/core/notices/message';
import type { Ticket } from '../../../src/ports/platform';
import { FOREVER, message, until } from '../wire/support';
import { callback, deps, frames, lastTicket, opened, passWait, peer, send, start, taken, text, use, wecom } from './robotLine';
import { binding } from './support';

describe('who opens the chat', () => {
  const entered = (reqId: string) =>
    callback(
      reqId,
      { chatid: undefined, chattype: 'single', msgtype: 'event', event: { eventtype: 'enter_chat' } },
      'aibot_event_callback',
    );

  test('is greeted in plain text within the welcome’s own window, later by a push', async () => {
    start();
    await opened(1);
    peer.push(entered('W1'));
    const ticket = await lastTicket();
    expect(taken[0]?.content).toEqual({ is: 'entered' });
    expect(await send(message({ ref: null, heading: '您好' }, [open('输入 帮助 看能做什么')]), ticket)).toEqual([{ is: 'accepted' }]);
    expect(frames('aibot_respond_welcome_msg')).toMatchObject([
      { headers: { req_id: 'W1' }, body: { msgtype: 'text', text: { content: '您好\n输入 帮助 看能做什么' } } },
    ]);
    peer.push(entered('W2'));
    await until(() => taken.length === 2);
    const late = await lastTicket();
    deps.pace.pass(4_500);
    expect(await send(message(), late)).toEqual([{ is: 'accepted' }]);
    expect(frames('aibot_respond_welcome_msg')).toHaveLength(1);
    expect(frames('aibot_send_msg')).toMatchObject([{ body: { msgtype: 'markdown' } }]);
  });
});

describe('a message under work', () => {
  const robot = () => wecom.channels.find((channel) => channel.id === 'wecom.robot');
  const says = (words: string) => message({ ref: null, heading: words });
  const streams = () =>
    frames('aibot_respond_msg').map(
      ({ body }) => body?.stream as { readonly id: string; readonly finish: boolean; readonly content: string },
    );
  async function begin() {
    start();
    await opened(1);
    peer.push(text('R1'));
    const to = { address: 'wrDuty', ticket: await lastTicket() };
    return { to, progress: robot()?.progress?.(to, 'd9') };
  }

  test('changes at most once a second, the newest words win, and ends with the last', async () => {
    const { to, progress } = await begin();
    for (const words of ['一', '二', '三']) progress?.show(says(words));
    await until(() => streams().length === 1);
    await passWait(1_000, 1_000);
    await until(() => streams().length === 2);
    progress?.show(says('四'));
    expect(await progress?.finish(says('办完'), FOREVER)).toEqual({ is: 'accepted' });
    expect(streams()).toEqual([
      { id: 'd9', finish: false, content: '**一**' },
      { id: 'd9', finish: false, content: '**三**' },
      { id: 'd9', finish: true, content: '**办完**' },
    ]);
    expect(robot()?.progress?.(to, 'd9')).toBeNull();
  });

  test('never has two frames under way, whose acks could not be told apart', async () => {
    const { progress } = await begin();
    peer.answer = (frame) => (frame.cmd === 'aibot_respond_msg' && streams().length === 1 ? null : 0);
    progress?.show(says('一'));
    await until(() => streams().length === 1);
    const end = progress?.finish(says('办完'), FOREVER);
    await until(() => deps.pace.waits().includes(5_000));
    for (let rounds = 0; rounds < 20; rounds += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(streams()).toHaveLength(1);
    peer.push({ headers: { req_id: 'R1' }, errcode: 0 });
    expect(await end).toEqual({ is: 'accepted' });
    expect(streams().map(({ finish }) => finish)).toEqual([false, true]);
  });

  test('that lasts longer than a stream may ends with a push, as it does without its connection', async () => {
    const { progress } = await begin();
    progress?.show(says('一'));
    await until(() => streams().length === 1);
    deps.pace.pass(350_000);
    expect(await progress?.finish(says('办完'), FOREVER)).toEqual({ is: 'accepted' });
    expect(frames('aibot_send_msg')).toMatchObject([{ body: { msgtype: 'markdown', markdown: { content: '**办完**' } } }]);
  });

  test.each([846608, 846605])('refused at its end with %i goes as a push', async (code) => {
    const { progress } = await begin();
    peer.answer = (frame) => (frame.cmd === 'aibot_respond_msg' ? code : 0);
    expect(await progress?.finish(says('办完'), FOREVER)).toEqual({ is: 'accepted' });
    expect(frames('aibot_send_msg')).toHaveLength(1);
  });
});

describe('a paper sent by the robot', () => {
  const paper = { sha256: 'b'.repeat(64), name: '值班日报.docx' };
  const big = Buffer.alloc(512 * 1024 + 7, 1);
  const sendPaper = async (ticket: Ticket | null = null) => {
    const robot = wecom.channels.find((channel) => channel.id === 'wecom.robot');
    const to = { address: 'wrDuty', ticket };
    return robot?.send(robot.attach?.(paper, to) ?? { body: '' }, to, 'd1', FOREVER);
  };
  const grants = (frame: { readonly cmd: string }) => {
    if (frame.cmd === 'aibot_upload_media_init') return { errcode: 0, body: { upload_id: 'U1' } };
    return frame.cmd === 'aibot_upload_media_finish' ? { errcode: 0, body: { type: 'file', media_id: 'MEDIA1', created_at: 1 } } : 0;
  };
  beforeEach(() => {
    use(createWecom(binding({ wsUrl: peer.url }), { ...deps, papers: { bytes: async () => big } }));
    peer.answer = grants;
  });

  test('goes up in pieces, counted from nought, once for all who get it', async () => {
    start();
    await opened(1);
    peer.push(text('R1'));
    expect(await sendPaper(await lastTicket())).toEqual({ is: 'accepted' });
    expect(await sendPaper()).toEqual({ is: 'accepted' });
    const md5 = createHash('md5').update(big).digest('hex');
    expect(frames('aibot_upload_media_init').map((frame) => frame.body)).toEqual([
      { type: 'file', filename: '值班日报.docx', total_size: big.length, total_chunks: 2, md5 },
    ]);
    const chunks = frames('aibot_upload_media_chunk').map((frame) => frame.body);
    expect(chunks.map((chunk) => chunk?.chunk_index)).toEqual([0, 1]);
    expect(Buffer.concat(chunks.map((chunk) => Buffer.from(String(chunk?.base64_data), 'base64')))).toEqual(big);
    expect(frames('aibot_respond_msg')).toMatchObject([{ body: { msgtype: 'file', file: { media_id: 'MEDIA1' } } }]);
    expect(frames('aibot_send_msg')).toMatchObject([{ body: { chatid: 'wrDuty', msgtype: 'file', file: { media_id: 'MEDIA1' } } }]);
  });

  test('whose piece gets lost is repeated, and refused whole it is a fault of the road or of the paper', async () => {
    start();
    await opened(1);
    let lost = 1;
    peer.answer = (frame) => (frame.cmd === 'aibot_upload_media_chunk' && lost-- > 0 ? null : grants(frame));
    const end = sendPaper();
    await until(() => frames('aibot_upload_media_chunk').length === 1);
    await passWait(5_000, 5_000);
    expect(await end).toEqual({ is: 'accepted' });
    expect(frames('aibot_upload_media_chunk').map((frame) => frame.body?.chunk_index)).toEqual([0, 0, 1]);
  });

  test('is named in words where the deployment takes no files', async () => {
    const probing = binding({ wsUrl: peer.url, capabilities: { 'aibot.files': 'probe' } });
    use(createWecom(probing, { ...deps, papers: { bytes: async () => big } }));
    start();
    await opened(1);
    peer.answer = (frame) => (frame.cmd === 'aibot_upload_media_init' ? 40008 : 0);
    expect(await sendPaper()).toEqual({ is: 'accepted' });
    expect(await sendPaper()).toEqual({ is: 'accepted' });
    expect(frames('aibot_upload_media_init')).toHaveLength(1);
    expect(frames('aibot_send_msg').map((frame) => frame.body?.markdown)).toEqual(
      Array(2).fill({ content: '文件“值班日报.docx”无法在此发送，请登录查阅' }),
    );
  });
});
