/** Every way of sending once on the simulated platform: what arrives, whom it really calls, and what can be asked and taken back later. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardTicket, sessionTicket } from '../../../../src/bot/dingtalk/tickets';
import { open, press } from '../../../../src/core/notices/message';
import type { SendResult, Ticket } from '../../../../src/ports/platform';
import { ACK, FOREVER, message } from '../../wire/support';
import { openEar } from '../ear';
import { bound, type Outgoing, outgoing } from '../outgoing';

let sim: Outgoing;
beforeEach(async () => {
  sim = await outgoing();
});
afterEach(() => sim.close());

const duty = () => sim.given.rooms.duty?.openConversationId ?? '';
const userid = (person: string) => sim.given.people[person] ?? '';
const CALL = message({ mentions: ['leader1'] }, [open('请到岗')]);
const refOf = (result: SendResult | undefined) => (result?.is === 'accepted' ? (result.ref ?? '') : '');

/** What an answer to this person’s words can go by. */
async function ticketOf(room: string, from: string): Promise<Ticket> {
  const ear = await openEar(sim.given);
  await sim.post('say', { room, from, text: '在岗吗' });
  const { data } = await ear.next();
  ear.close();
  const [url, until] = [String(data.sessionWebhook), Number(data.sessionWebhookExpiredTime)];
  const ticket = sessionTicket(bound(sim.given, {}), url, until, sim.deps.clock.now());
  if (ticket === null) throw new Error(`no ticket for ${url}`);
  return ticket;
}

async function shown(room: string) {
  return (await sim.messages(room)).filter(({ fromBot }) => fromBot);
}

describe('a message to a group', () => {
  test('goes by the robot and calls nobody', async () => {
    expect(await sim.send('dingtalk.group', CALL, duty())).toMatchObject([{ is: 'accepted' }]);
    const [seen] = await shown('duty');
    expect(seen).toMatchObject({ via: 'robot', kind: 'markdown', pinged: [] });
    expect(seen?.text).toContain('请到岗');
  });

  test('goes as an answer by session webhook, and really calls people', async () => {
    const ticket = await ticketOf('duty', 'duty1');
    expect(await sim.send('dingtalk.group', CALL, duty(), ticket)).toEqual([{ is: 'accepted' }]);
    expect((await shown('duty')).map(({ pinged }) => pinged)).toEqual([['leader1']]);
    expect(await sim.calls('robot/groupMessages/send')).toEqual([]);
  });

  test('is pushed instead when the session is over, or would lead to a foreign host', async () => {
    const ticket = await ticketOf('duty', 'duty1');
    sim.advance(89 * 60_000 + 1);
    expect(await sim.send('dingtalk.group', CALL, duty(), ticket)).toMatchObject([{ is: 'accepted' }]);
    const foreign = { ...ticket, url: 'http://127.0.0.1:1/robot/sendBySession?session=x', until: String(Number.MAX_SAFE_INTEGER) };
    expect(await sim.send('dingtalk.group', CALL, duty(), foreign)).toMatchObject([{ is: 'accepted' }]);
    expect((await sim.calls('robot/groupMessages/send')).length).toBe(2);
    expect(await sim.calls('robot/sendBySession')).toEqual([]);
  });

  test('goes by the webhook with a signature, and really calls people; a repeat of the call is shown once', async () => {
    const [part] = sim.channel('dingtalk.webhook').split(CALL, { address: 'duty', ticket: null });
    const send = () => sim.channel('dingtalk.webhook').send(part ?? { body: '' }, { address: 'duty', ticket: null }, 'd1-0', FOREVER);
    expect([await send(), await send()]).toEqual([{ is: 'accepted' }, { is: 'accepted' }]);
    expect((await shown('duty')).map(({ via, pinged }) => ({ via, pinged }))).toEqual([{ via: 'webhook', pinged: ['leader1'] }]);
  });

  test('goes as a card that really calls people; a repeat of the call is shown once', async () => {
    const [part] = sim.channel('dingtalk.card').split(CALL, { address: duty(), ticket: null });
    const send = () => sim.channel('dingtalk.card').send(part ?? { body: '' }, { address: duty(), ticket: null }, 'd1-0', FOREVER);
    expect([await send(), await send()]).toMatchObject([{ is: 'accepted' }, { is: 'accepted' }]);
    expect((await shown('duty')).map(({ kind, pinged }) => ({ kind, pinged }))).toEqual([{ kind: 'card', pinged: ['leader1'] }]);
  });

  test('can be taken back; nobody is asked who has read it', async () => {
    const ref = refOf((await sim.send('dingtalk.group', CALL, duty()))[0]);
    const group = sim.channel('dingtalk.group');
    expect(group.receipt).toBeUndefined();
    expect(await group.recall?.(ref, FOREVER)).toEqual({ is: 'accepted' });
    expect((await shown('duty')).map(({ recalled }) => recalled)).toEqual([true]);
    expect(await group.recall?.('3 nobody key', FOREVER)).toMatchObject({ is: 'refused', fault: 'capability' });
  });
});

describe('a card that somebody presses', () => {
  test('comes back with its key, and changes for the one who pressed', async () => {
    const ear = await openEar(sim.given);
    await sim.send('dingtalk.group', message({ buttons: [ACK] }, [open('请签收')]), duty());
    const [card] = await shown('duty');
    expect(card?.buttons).toEqual([ACK]);
    await sim.post('click', { message: card?.id, button: ACK.key, from: 'leader1' });
    const { data } = await ear.next();
    ear.close();
    const content = JSON.parse(String(data.content)) as { cardPrivateData: { actionIds: string[] } };
    expect(content.cardPrivateData.actionIds).toEqual([ACK.key]);
    const ticket = cardTicket(String(data.outTrackId), String(data.userId));
    await sim.send('dingtalk.group', message({ pressed: '带班甲 已收到' }, [open('已登记')]), duty(), ticket);
    const [after] = await shown('duty');
    expect(after?.card?.faces?.leader1).toMatchObject({ buttons: [], replaced: '带班甲 已收到' });
    expect(after?.buttons).toEqual([ACK]);
  });
});

describe('a message that speaks of a button', () => {
  const asked = message({ buttons: [ACK] }, [open('请', press('点按钮，或'), '回复：收到')]);
  const PLACES = [
    ['dingtalk.group', () => duty(), 'duty'],
    ['dingtalk.webhook', () => 'duty', 'duty'],
    ['dingtalk.single', () => userid('duty1'), 'dm:duty1'],
    ['dingtalk.work', () => 'duty1', 'dm:duty1'],
    ['dingtalk.ding', () => 'duty1', 'dm:duty1'],
  ] as const;
  const heard = async () => {
    for (const [id, address] of PLACES) await sim.send(id, asked, address());
    sim.advance(10_000);
    return [...(await shown('duty')), ...(await shown('dm:duty1'))].map(({ text }) => text);
  };

  test('says so where cards are made', async () => {
    const texts = await heard();
    expect(texts).toHaveLength(PLACES.length);
    for (const text of texts) expect(text).toContain('请点按钮，或回复：收到');
  });

  test('does not where the organisation has no template for cards', async () => {
    await sim.close();
    sim = await outgoing({ cardTemplateId: undefined });
    const texts = await heard();
    expect(texts).toHaveLength(PLACES.length);
    for (const text of texts) expect(text).toMatch(/请回复：收到/);
    expect(texts.join()).not.toContain('按钮');
  });

  test('does not in the words that stand in for a card the platform refused', async () => {
    await sim.post('faults', {
      api: 'card/instances/createAndDeliver',
      code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
      times: 1,
    });
    expect(await sim.send('dingtalk.group', asked, duty())).toMatchObject([{ is: 'accepted' }]);
    const [seen] = await shown('duty');
    expect(seen?.text).toContain('请回复：收到');
    expect(seen?.text).not.toContain('按钮');
  });
});

describe('a message to one person', () => {
  test('arrives, and can be taken back', async () => {
    const single = sim.channel('dingtalk.single');
    const ref = refOf((await sim.send('dingtalk.single', CALL, userid('leader1')))[0]);
    expect((await shown('dm:leader1')).map(({ text }) => text).join()).toContain('请到岗');
    sim.advance(10_000);
    expect(await single.receipt?.(ref, FOREVER)).toMatchObject({ is: 'pending' });
    sim.advance(10_000);
    expect(await single.receipt?.(ref, FOREVER)).toEqual({ is: 'pending', againMs: 40_000 });
    sim.advance(24 * 60_000);
    expect(await single.recall?.(ref, FOREVER)).toEqual({ is: 'accepted' });
  });

  test('that says the same as to others shares their call; each hears the end of its own', async () => {
    const single = sim.channel('dingtalk.single');
    const [part = { body: '' }] = single.split(message(), { address: '', ticket: null });
    const people = [userid('leader1'), userid('duty1'), 'nobody'];
    const ends = await Promise.all(people.map((address) => single.send(part, { address, ticket: null }, 'k', FOREVER)));
    expect(ends).toMatchObject([{ is: 'accepted' }, { is: 'accepted' }, { is: 'refused', code: 'invalid_staff', fault: 'receiver' }]);
    expect(await sim.calls('robot/oToMessages/batchSend')).toHaveLength(1);
    expect(await single.recall?.(refOf(ends[0]), FOREVER)).toMatchObject({ is: 'refused', code: 'sent_in_batch' });
  });

  test('goes as a work notice whose result is asked for', async () => {
    const [end] = await sim.send('dingtalk.work', message(), 'leader1');
    expect(end).toMatchObject({ is: 'accepted' });
    expect(await sim.channel('dingtalk.work').receipt?.(refOf(end), FOREVER)).toMatchObject({ is: 'pending' });
    expect(await sim.channel('dingtalk.work').recall?.(refOf(end), FOREVER)).toEqual({ is: 'accepted' });
    expect(await sim.send('dingtalk.work', message(), 'stranger')).toMatchObject([{ is: 'refused', code: 'no_account' }]);
  });

  test.each([
    ['dingtalk.ding', 'strong_reminder', { is: 'accepted' }],
    ['dingtalk.ding.sms', 'sms', { is: 'refused', code: 'no_recall' }],
    ['dingtalk.ding.phone', 'voice', { is: 'refused', code: 'no_recall' }],
  ] as const)('rings by %s, the rung %s of the ladder', async (id, port, recalled) => {
    expect(sim.ding.serves?.[port]).toBe(id);
    const [end] = await sim.send(id, message({}, [open('请办理')]), 'leader1');
    expect(end).toMatchObject({ is: 'accepted' });
    expect(await sim.channel(id).receipt?.(refOf(end), FOREVER)).toMatchObject({ is: 'pending' });
    expect(await sim.channel(id).recall?.(refOf(end), FOREVER)).toMatchObject(recalled);
  });
});
