/** Five simulated minutes in which the platform replaces the socket every second: nothing it would push again is lost, nothing taken twice. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { until } from '../../wire/support';
import { type Simulated, simulate } from '../simulated';

const SECONDS = 300;
/** Real time of the simulator; an answer that does not come is asked for again so soon. */
const TIMES = {
  answerMs: 150,
  repeats: 20,
  pingMs: 60_000,
  pongMs: 30_000,
  closeAfterMs: 40,
  lifeMs: 21_600_000,
  cardAnswerMs: 5_000,
  callbackMs: 5_000,
  eventAnswerMs: 1_500,
};

let sim: Simulated;
beforeEach(async () => {
  sim = await simulate({ times: TIMES });
});
afterEach(() => sim.close());

/** A simulated second: pauses before a new attempt pass, and heartbeats beat. */
function second() {
  sim.advance(1_000);
  sim.deps.pace.pass(1_000);
}

test('a socket a second for five minutes', async () => {
  const effects = new Map<string, number>();
  const stored = new Set<string>();
  let [offers, most] = [0, 0];
  sim.keep(async ({ source, dedupeKey, content }) => {
    offers += 1;
    if (offers % 11 === 0) throw new Error('database is away');
    const key = `${source} ${dedupeKey}`;
    const text = content.is === 'text' ? content.text : content.is;
    if (!stored.has(key)) effects.set(text, (effects.get(text) ?? 0) + 1);
    stored.add(key);
  });
  const said: string[] = [];
  const say = async (text: string) => {
    said.push(text);
    await sim.say('duty', 'duty1', text);
  };
  await sim.connect();
  for (let at = 0; at < SECONDS; at += 1) {
    const before = await opened();
    await sim.post('api/line', at % 9 === 4 ? { drop: true } : at % 9 === 7 ? { zombie: true, expire: true } : { expire: true });
    if (at % 2 === 0) await say(`第${at}秒`);
    while ((await opened()) === before) second();
    if (at % 2 === 1) await say(`第${at}秒`);
    second();
    if (at % 10 === 0) most = Math.max(most, await sim.sockets());
  }
  await until(() => {
    second();
    return said.every((text) => effects.has(text));
  });
  expect(effects.size).toBe(SECONDS);
  expect([...effects].filter(([, times]) => times !== 1)).toEqual([]);
  expect(await opened()).toBeGreaterThan(SECONDS);
  expect(most).toBeLessThanOrEqual(4);
  expect(sim.states).not.toContain('refused');
}, 120_000);

let [count, cursor] = [0, '0'];

/** How many sockets the platform has let in so far. */
async function opened(): Promise<number> {
  const more = await sim.get<{ cursor: string; calls: readonly unknown[] }>(`api/calls?api=stream/connect&after=${cursor}`);
  cursor = more.cursor;
  count += more.calls.length;
  return count;
}
