/** What every channel of every platform has to do, run on its simulated platform: what people see of each kind of message, and how each refusal ends. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { full, open, quote } from '../../src/core/notices/message';
import type { Cleared } from '../../src/core/privacy/clear';
import type { SendResult } from '../../src/ports/platform';
import type { Message } from '../../src/sandbox/messages';
import { ACK, message } from './wire/support';

/** One sending, as the sender does it: all parts in order, urgent where it says so. */
export type Send = (id: string, said: Cleared, address: string, urgent?: boolean) => Promise<readonly SendResult[]>;

/** A simulated platform with everything open that its channels need. */
export interface Opened {
  readonly send: Send;
  /** Plants a fault for the next call. */
  arm(fault: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** How many calls of this name the platform has had. */
  calls(api: string): Promise<number>;
  /** What stands in this conversation, whoever wrote it. */
  messages(place: string): Promise<readonly Message[]>;
  close(): Promise<unknown>;
}

/** One channel and one address of it. */
export interface Place<O extends Opened> {
  readonly id: string;
  /** The conversation in which it is seen. */
  readonly place: string;
  address(opened: O): string;
  readonly pages: boolean;
  /** Can buttons be pressed there? Else they are named in words. */
  readonly buttons: boolean;
}

/** One channel, the call it makes, and how each refusal of that call ends. */
export interface Refusing<O extends Opened> extends Pick<Place<O>, 'id' | 'address'> {
  readonly api: string;
  readonly said?: Cleared;
  readonly ends: readonly Ending[];
}
/** A fault as it is planted, and the end it has to lead to; `calls` where the adapter makes more than one. */
export interface Ending {
  readonly name: string | number;
  readonly fault: Readonly<Record<string, unknown>>;
  readonly end: Readonly<Record<string, unknown>>;
  readonly calls?: number;
}

/** What one platform brings. */
export interface ChannelFixture<O extends Opened> {
  readonly name: string;
  open(): Promise<O>;
  readonly places: readonly Place<O>[];
  readonly refusing: readonly Refusing<O>[];
}

const EVIL = '<@SdLeader1> @DtLeader1 @all @所有人 [点](http://evil.example) <a href="http://evil.example">看</a>\u202e\n# 标题';
/** Everything a notice can be made of, and what has to be read of it. */
const KINDS: readonly (readonly [string, Cleared, RegExp])[] = [
  ['a line', message(), /#12 突发事件接报/],
  ['lines', message({}, [open('请到岗'), full('地点：', quote('湖滨区'))]), /请到岗[\s\S]*湖滨区/],
  ['buttons', message({ buttons: [ACK] }, [open('请签收')]), /请签收/],
  ['buttons and much to say', message({ buttons: [ACK] }, [open('甲'.repeat(300))]), /甲{10}/],
  ['a person’s words', message({}, [full('来报：', quote(EVIL))]), /来报：/],
  ['8 KB', message({}, [full(quote('火情'.repeat(1400)))]), /火情/],
  ['a name to call', message({ mentions: ['leader1'] }, [open('请到岗')]), /请到岗/],
];

/** Declares the tests of one platform. */
export function channelSuite<O extends Opened>({ name, open: openPlatform, places, refusing }: ChannelFixture<O>): void {
  let opened: O;
  beforeEach(async () => {
    opened = await openPlatform();
  });
  afterEach(() => opened.close());

  describe(`${name}: what people see`, () => {
    const rows = places.flatMap((place) => KINDS.map(([kind, said, shown]) => ({ ...place, kind, said, shown })));

    test.each(rows)('$kind through $id in $place', async ({ id, place, address, said, shown, pages, buttons }) => {
      const results = await opened.send(id, said, address(opened));
      expect(results.map((result) => result.is)).toEqual(results.map(() => 'accepted'));
      const seen = (await opened.messages(place)).filter((one) => one.fromBot);
      const texts = seen.map((one) => `${one.text}${JSON.stringify(one.card ?? '')}`).join('\n');
      expect(texts).toMatch(shown);
      expect(seen.flatMap((one) => one.pinged)).toEqual(pages ? said.mentions : []);
      expect(texts).not.toMatch(/<@|@all|@所有人|http:\/\/evil|\u202e/);
      if (said.mentions.length === 0) expect(texts).not.toMatch(/@(Sd|Dt)Leader1/);
      const pressable = seen.flatMap((one) => one.buttons ?? []).map(({ key, text }) => ({ key, text }));
      expect(pressable).toEqual(buttons ? said.buttons : []);
      if (!buttons && said.buttons.length > 0) expect(texts).toContain('可回复：收到');
    });
  });

  describe.each(refusing)(`${name}: a refusal of $id`, ({ id, api, address, said = message(), ends }) => {
    test.each(ends)('$name', async ({ fault, end, calls = 1 }) => {
      await opened.arm({ api, times: 1, ...fault });
      const [first] = await opened.send(id, said, address(opened), true);
      expect(first).toMatchObject(end);
      expect(Object.keys(first ?? {}).sort()).toEqual(Object.keys(end.is === 'accepted' ? (first ?? {}) : end).sort());
      expect(await opened.calls(api)).toBe(calls);
      expect(await opened.send(id, said, address(opened), true)).toMatchObject([{ is: 'accepted' }]);
    });
  });
}
