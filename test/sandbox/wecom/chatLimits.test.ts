import { beforeEach, expect, test } from '@jest/globals';
import { createCores, type WeComCore, weComOf } from '../../../src/sandbox/core';
import { WORLD } from '../dutyRoom';

const MINUTE = 60_000;
const DAY = 86_400_000;
const crowd = Array.from({ length: 2000 }, (_, n) => ({ id: `p${n}`, name: `${n}`, post: '', roles: [], phone: `${n}` }));

let now: number;
let core: WeComCore;
beforeEach(() => {
  now = 1_785_546_000_000;
  const control = { now: () => now, advanceTo: async (target: number) => target, reset: async () => undefined };
  const [only] = weComOf(createCores([{ ...WORLD, people: [...WORLD.people, ...crowd] }], { control, base: () => 'http://127.0.0.1' }));
  if (!only) throw new Error('no enterprise');
  core = only;
});

/** One call of the app, past the wire: these limits are too wide for sockets. */
function call(name: 'create' | 'update' | 'send', json: object): unknown {
  const { agentId } = core.world.keys;
  const empty = { query: new URLSearchParams(), text: '', body: Buffer.alloc(0), contentType: undefined, range: undefined, tail: '' };
  const reply = core.weCom.app.chats.apis()[`appchat/${name}`]?.run({ ...empty, json, caller: { kind: 'app', agentId } });
  return reply && 'errcode' in reply ? reply.errcode : undefined;
}
const create = (chatid: string, userlist = ['SdDuty1', 'SdLeader1']) => call('create', { chatid, userlist });
const send = (chatid: string) => call('send', { chatid, msgtype: 'text', text: { content: 'x' } });

test('an enterprise makes 1000 groups a day', () => {
  for (let n = 0; n < 1000; n += 1) expect(create(`g${n}`)).toBe(0);
  expect(create('g1000')).toBe(45009);
  now += DAY;
  expect(create('g1000')).toBe(0);
});

test('an enterprise changes groups 1000 times an hour', () => {
  create('g');
  for (let n = 0; n < 1000; n += 1) expect(call('update', { chatid: 'g', name: `${n}` })).toBe(0);
  expect(call('update', { chatid: 'g', name: 'x' })).toBe(45009);
  now += 60 * MINUTE;
  expect(call('update', { chatid: 'g', name: 'x' })).toBe(0);
});

test('a group has two to 2000 members', () => {
  const userids = core.world.people.map((person) => person.userid);
  expect(create('g', userids.slice(0, 2001))).toBe(86006);
  expect(create('g', userids.slice(0, 2000))).toBe(0);
});

test('an enterprise reaches 20000 heads a minute in its groups, and is told when it wants more', () => {
  create(
    'g',
    core.world.people.slice(0, 2000).map((person) => person.userid),
  );
  for (let n = 0; n < 10; n += 1) expect(send('g')).toBe(0);
  expect(send('g')).toBe(45009);
  now += MINUTE;
  expect(send('g')).toBe(0);
});

test('a member gets 10000 messages a day from groups, further ones vanish', () => {
  create('g');
  for (let n = 0; n < 10_001; n += 1) {
    if (n % 200 === 0) now += MINUTE;
    expect(send('g')).toBe(0);
  }
  expect(core.drops.read(0).drops).toMatchObject([{ why: 'member_rate', people: ['duty1', 'leader1'] }]);
});
