/** Everybody told at once by the whole sender, in virtual time: calls and time against the least that the platform's limits allow. */
import { A_SECOND, bodyOf, busiest, deliver, people, platform, SECOND } from '../test/bot/dingtalk/crowd';
import { virtualPace } from '../test/bot/dingtalk/virtual';
import { leastCalls, leastMs, ROUND_TRIP_MS, tellEverybody } from '../test/jobs/send/everybody';
import { type Figure, figure } from './figure';
import type { Length } from './turns';

const URGENT = 12;
const URGENT_EVERY_MS = 1_700;

/** Rounds of the quick form are too short for everybody. */
const QUICK_MESSAGES = 2_000;

/** Virtual time has no noise: once is enough. */
export async function fanOut({ messages }: Length): Promise<readonly Figure[]> {
  const count = messages > QUICK_MESSAGES ? 5_000 : 1_000;
  const { made, took } = await tellEverybody(count);
  const sends = made.filter((one) => one.people > 0);
  const crowd = await urgentAmongMany();
  const bench = 'fanOut';
  const tenth = { is: 'most', value: 1.1 } as const;
  const note = `${count} people, 20 a call, ${A_SECOND} calls a second; virtual time`;
  return [
    figure({ bench, unit: 'x', what: 'calls, against the least', bar: tenth, note }, [sends.length / leastCalls(count)]),
    figure({ bench, unit: 'x', what: 'time, against the shortest', bar: tenth, note }, [(took - ROUND_TRIP_MS) / leastMs(count)]),
    figure({ bench, unit: 'calls', what: 'over the limit in the busiest second', bar: { is: 'most', value: 0 }, note: 'of both runs' }, [
      Math.max(0, Math.max(busiest(sends), crowd.busiest) - A_SECOND),
    ]),
    figure(
      {
        bench,
        unit: 'ms',
        what: 'longest wait of an urgent one meanwhile',
        bar: { is: 'most', value: SECOND },
        note: `${URGENT} among ${people.length} others`,
      },
      [Math.max(...crowd.waits)],
    ),
  ];
}

/** How long each urgent message waits that comes while five thousand others are being told. */
async function urgentAmongMany(): Promise<{ readonly waits: readonly number[]; readonly busiest: number }> {
  const pace = virtualPace();
  const one = platform(pace);
  const body = bodyOf(one, '#12 全员集结');
  const others = Promise.all(people.map((address) => deliver(one, pace, address, body)));
  const urgent = async (nth: number): Promise<number> => {
    await pace.sleep(nth * URGENT_EVERY_MS);
    const asked = pace.mono();
    return (await deliver(one, pace, 'leader', bodyOf(one, `#${nth} 请到岗`), true)) - asked;
  };
  const waits = await pace.until(Promise.all(Array.from({ length: URGENT }, (_, nth) => urgent(nth + 1))));
  await pace.until(others);
  return { waits, busiest: busiest(one.made) };
}
