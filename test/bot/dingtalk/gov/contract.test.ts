/** Channel by channel and kind by kind: what people see on the simulated government edition, and how a sending ends. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { full, open, quote } from '../../../../src/core/notices/message';
import type { Cleared } from '../../../../src/core/privacy/clear';
import { ACK, message } from '../../wire/support';
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
    expect(seen).toHaveLength(results.length);
    const texts = seen.map((one) => one.text).join('\n');
    expect(texts).toMatch(shown);
    expect(seen.flatMap((one) => one.pinged)).toEqual([]);
    expect(texts).not.toMatch(/<@|@all|@所有人|http:\/\/evil|\u202e/);
  });
});
