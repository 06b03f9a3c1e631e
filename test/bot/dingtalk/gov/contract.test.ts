/** Channel by channel and kind by kind: what people see on the simulated government edition, and how a sending ends. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { full, open, quote } from '../../../../src/core/notices/message';
import type { Cleared } from '../../../../src/core/privacy/clear';
import { ACK, FOREVER, message } from '../../wire/support';
import { type SimulatedGov, simulate } from './simulated';

let sim: SimulatedGov;
beforeEach(async () => {
  sim = await simulate((given) => ({ senderAccountId: given.people.leader1?.accountId }));
});
afterEach(() => sim.close());

/** Where each channel writes to, and the conversation in which that is seen. */
const PLACES: readonly (readonly [string, string, () => string])[] = [
  ['govding.group', 'duty', () => 'duty'],
  ['govding.single', 'dm:duty1', () => 'duty1'],
  ['govding.work', 'dm:duty1', () => 'duty1'],
  ['govding.chat', 'duty', () => sim.given.rooms.duty?.chatId ?? ''],
];
const EVIL = '<@SdLeader1> @all @所有人 [点](http://evil.example) <a href="http://evil.example">看</a>\u202e\n# 标题';
const KINDS: readonly (readonly [string, Cleared, RegExp])[] = [
  ['a line', message(), /#12 突发事件接报/],
  ['lines', message({}, [open('请到岗'), full('地点：', quote('湖滨区'))]), /请到岗[\s\S]*湖滨区/],
  ['buttons', message({ buttons: [ACK] }, [open('请签收')]), /请签收[\s\S]*可回复：收到/],
  ['a person’s words', message({}, [full('来报：', quote(EVIL))]), /来报：/],
  ['8 KB', message({}, [full(quote('火情'.repeat(1400)))]), /火情/],
  ['a text of quotation marks', message({}, [full(quote('"\\'.repeat(1500)))]), /"/],
  ['a name to call', message({ mentions: ['leader1'] }, [open('请到岗')]), /请到岗/],
];
const ROWS = PLACES.flatMap(([id, place, address]) => KINDS.map(([kind, said, shown]) => ({ id, place, address, kind, said, shown })));

describe('what people see', () => {
  test.each(ROWS)('$kind through $id in $place', async ({ id, place, address, said, shown }) => {
    const results = await sim.send(id, said, address());
    expect(results.map((result) => result.is)).toEqual(results.map(() => 'accepted'));
    const seen = await sim.messages(place);
    const notices = place === 'duty' ? said.mentions.length : 0;
    expect(seen).toHaveLength(results.length - notices);
    const texts = seen.map((one) => one.text).join('\n');
    expect(texts).toMatch(shown);
    expect(seen.flatMap((one) => one.pinged)).toEqual([]);
    expect(texts).not.toMatch(/<@|@all|@所有人|http:\/\/evil|\u202e/);
  });
});

describe('whoever is called in a room', () => {
  const called = message({ mentions: ['leader1', 'office1'] }, [open('请到岗')]);

  test.each(['govding.group', 'govding.chat'])('%s says the words once, and each person has a notice of his own', async (id) => {
    const results = await sim.send(id, called, id === 'govding.chat' ? (sim.given.rooms.duty?.chatId ?? '') : 'duty');
    expect(results.map(({ is }) => is)).toEqual(['accepted', 'accepted']);
    for (const person of ['leader1', 'office1']) {
      const [notice, ...more] = await sim.messages(`dm:${person}`);
      expect(notice?.text).toMatch(/^#12 突发事件接报（09:00:00）\n（群内点名，请到群里回复）\n请到岗$/);
      expect(more).toEqual([]);
    }
    expect(await sim.messages('dm:coord1')).toEqual([]);
  });

  test('a person nobody has bound is named in the log and keeps nobody from being called', async () => {
    await sim.send('govding.group', message({ mentions: ['stranger', 'leader1'] }), 'duty');
    expect(await sim.messages('dm:leader1')).toHaveLength(1);
    expect(sim.deps.lines.join()).toContain('"stranger"');
  });

  test('no way calls by mention, so none but DING promises to call', () => {
    expect(sim.gov.channels.filter(({ pages }) => pages).map(({ id }) => id)).toEqual(['govding.ding']);
    const ways = [...sim.gov.routesToRoom('duty'), ...sim.gov.routesToPerson('duty1')];
    expect(ways.map(({ pages }) => pages)).toEqual(ways.map(() => false));
  });
});

describe('the same words twice', () => {
  test('a work notice said again later in the day arrives again, because it bears its time', async () => {
    await sim.send('govding.work', message(), 'duty1');
    sim.advance(3_600_000);
    await sim.send('govding.work', message(), 'duty1');
    expect((await sim.messages('dm:duty1')).map(({ text }) => text)).toEqual([
      '#12 突发事件接报（09:00:00）',
      '#12 突发事件接报（10:00:00）',
    ]);
  });

  test('the same call made twice is shown once and counts as accepted both times', async () => {
    const to = { address: 'duty1', ticket: null };
    const [part] = sim.channel('govding.work').split(message(), to);
    if (part === undefined) throw new Error('nothing to send');
    for (const _ of [1, 2]) expect(await sim.channel('govding.work').send(part, to, 'one-key', FOREVER)).toMatchObject({ is: 'accepted' });
    expect(await sim.messages('dm:duty1')).toHaveLength(1);
  });
});
