/** Five simulated minutes on a line that is cut every second: one connection at a time, nothing taken or shown twice. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { listening } from '../../sandbox/dutyRoom';
import { type Simulated, simulate } from './simulated';
import { message, until } from './support';

/** Passes bytes on until it is told to cut, or to go silent without a word. */
class BadLine {
  readonly pairs = new Set<readonly [Socket, Socket]>();
  most = 0;
  made = 0;
  private server: Server | undefined;

  async open(port: number): Promise<string> {
    this.server = createServer((near) => {
      const far = connect(port, '127.0.0.1');
      const pair = [near, far] as const;
      this.pairs.add(pair);
      this.made += 1;
      this.most = Math.max(this.most, this.pairs.size);
      const end = () => {
        this.pairs.delete(pair);
        near.destroy();
        far.destroy();
      };
      for (const socket of pair) socket.on('error', end).on('close', end);
      near.pipe(far).pipe(near);
    });
    return `ws://127.0.0.1:${await listening(this.server as never)}`;
  }

  cut(): void {
    for (const [near] of this.pairs) near.resetAndDestroy();
  }

  silence(): void {
    for (const [near, far] of this.pairs) {
      near.unpipe(far);
      far.unpipe(near);
    }
  }

  close(): void {
    this.cut();
    this.server?.close();
  }
}

let sim: Simulated;
let line: BadLine;
beforeEach(async () => {
  line = new BadLine();
  sim = await simulate(async (room) => {
    return { wsUrl: await line.open(Number(new URL(room.sandbox.binding().wsUrl).port)) };
  });
});
afterEach(async () => {
  await sim.close();
  line.close();
});

/** Lets what real sockets have under way arrive. */
async function settle(most = 60) {
  for (let rounds = 0; rounds < most; rounds += 1) await new Promise((resolve) => setImmediate(resolve));
}

test('a drop a second for five minutes', async () => {
  const SECONDS = 300;
  const chat = sim.room.sandbox.binding().rooms.duty?.chatId ?? '';
  const sendings: Promise<{ readonly words: string; readonly is: string }>[] = [];
  await sim.connect();
  for (let second = 0; second < SECONDS; second += 1) {
    const words = `第${second}秒`;
    const isUp = sim.states.at(-1) === 'open';
    if (isUp || second % 10 === 0) await sim.room.say('duty', 'duty1', `问${second}`);
    if (isUp || second % 10 === 0) {
      sendings.push(sim.send('wecom.robot', message({ heading: words }), chat).then(([result]) => ({ words, is: result?.is ?? 'none' })));
    }
    if (second % 2 !== 0) await Promise.race([Promise.all(sendings), settle(10_000)]);
    if (second % 10 === 9) line.silence();
    else line.cut();
    await settle();
    sim.advance(1_000);
    sim.deps.pace.pass(1_000);
    await settle();
    expect(line.pairs.size).toBeLessThanOrEqual(1);
  }
  const before = sim.states.length;
  for (let more = 0; more < 180 && sim.states.at(-1) !== 'open'; more += 1) {
    sim.advance(1_000);
    sim.deps.pace.pass(1_000);
    await settle();
  }
  expect(sim.states.slice(before - 1)).toContain('open');
  await until(() => line.pairs.size === 1);
  expect(line.most).toBe(1);
  expect(line.made).toBeGreaterThan(10);

  const keys = sim.taken.map((one) => one.dedupeKey);
  expect(keys.length).toBeGreaterThan(0);
  expect(new Set(keys).size).toBe(keys.length);
  const shown = (await sim.room.messages('duty')).filter((one) => one.fromBot).map((one) => one.text);
  const ends = await Promise.all(sendings);
  for (const { words, is } of ends) {
    const times = shown.filter((text) => text.includes(`${words}`)).length;
    if (is === 'accepted') expect({ words, times }).toEqual({ words, times: 1 });
    if (is === 'road') expect({ words, times }).toEqual({ words, times: 0 });
    expect(times).toBeLessThanOrEqual(1);
  }
  expect(new Set(ends.map(({ is }) => is)).has('accepted')).toBe(true);
  expect(new Set(ends.map(({ is }) => is)).has('road')).toBe(true);

  await sim.room.say('duty', 'duty1', '现在呢');
  await until(() => sim.taken.some((one) => one.content.is === 'text' && one.content.text === '现在呢'));
  expect(await sim.send('wecom.robot', message({ heading: '通了' }), chat)).toMatchObject([{ is: 'accepted' }]);
}, 60_000);
