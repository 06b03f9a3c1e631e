/** Five simulated minutes on a line that is cut every second: one connection at a time, nothing taken or shown twice. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { listening } from '../../sandbox/dutyRoom';
import { message, until } from '../wire/support';
import { type Simulated, simulate } from './simulated';

/** Passes bytes on until it is told to cut, or to go silent without a word. */
class BadLine {
  readonly pairs = new Set<readonly [Socket, Socket]>();
  most = 0;
  made = 0;
  /** Whether the next connection is cut before a byte has passed. */
  cutsNext = false;
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
      if (this.cutsNext) near.resetAndDestroy();
      this.cutsNext = false;
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

const isUp = () => sim.states.at(-1) === 'open';

/** A simulated second: when a new attempt falls into it, until that attempt has ended one way or the other. */
async function second() {
  const attempts = !isUp() && (sim.deps.pace.waits()[0] ?? 0) <= 1_000;
  const before = sim.states.length;
  sim.advance(1_000);
  sim.deps.pace.pass(1_000);
  if (attempts) await until(() => sim.states.length > before);
}

test('a drop a second for five minutes', async () => {
  const SECONDS = 300;
  const chat = sim.room.sandbox.binding().rooms.duty?.chatId ?? '';
  const sendings: Promise<{ readonly words: string; readonly is: string }>[] = [];
  let ups = 0;
  await sim.connect();
  for (let at = 0; at < SECONDS; at += 1) {
    const words = `第${at}秒`;
    if (isUp() || at % 10 === 0) {
      await sim.room.say('duty', 'duty1', `问${at}`);
      sendings.push(sim.send('wecom.robot', message({ heading: words }), chat).then(([result]) => ({ words, is: result?.is ?? 'none' })));
    }
    if (isUp()) ups += 1;
    if (isUp() && ups % 2 === 1) await Promise.all(sendings);
    if (ups % 5 === 3 && isUp()) {
      line.silence();
      await second();
    }
    line.cut();
    line.cutsNext = at % 7 === 3;
    await until(() => !isUp() && line.pairs.size === 0 && sim.deps.pace.waits().length > 0);
    await second();
    expect(line.pairs.size).toBeLessThanOrEqual(1);
  }
  line.cutsNext = false;
  for (let more = 0; more < 180 && !isUp(); more += 1) await second();
  expect(isUp()).toBe(true);
  expect(line.pairs.size).toBe(1);
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
}, 120_000);
