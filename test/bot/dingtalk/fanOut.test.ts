/** Everybody at once: five thousand people are told the same, in the shortest time the platform allows, and never faster. */
import { describe, expect, test } from '@jest/globals';
import { A_SECOND, AT_ONCE, bodyOf, busiest, deliver, LEAST_CALLS, LEAST_MS, PEOPLE, people, platform, SECOND } from './crowd';
import { virtualPace } from './virtual';

describe('five thousand people', () => {
  test('are told within 1.1 times the shortest time and the fewest calls, and no second has more than ten', async () => {
    const pace = virtualPace();
    const one = platform(pace);
    const body = bodyOf(one, '#12 全员集结');
    const ends = await pace.until(Promise.all(people.map((address) => deliver(one, pace, address, body))));
    expect(ends).toHaveLength(PEOPLE);
    expect(one.made.reduce((sum, { people: told }) => sum + told, 0)).toBe(PEOPLE);
    expect(one.made.length).toBeLessThanOrEqual(LEAST_CALLS * 1.1);
    expect(Math.max(...ends)).toBeLessThanOrEqual(LEAST_MS * 1.1);
    expect(busiest(one.made)).toBeLessThanOrEqual(A_SECOND);
    expect(Math.max(...one.made.map(({ people: told }) => told))).toBeLessThanOrEqual(AT_ONCE);
  });

  test('do not keep one who is needed: each urgent message in between goes within a second', async () => {
    const pace = virtualPace();
    const one = platform(pace);
    const body = bodyOf(one, '#12 全员集结');
    const crowd = Promise.all(people.map((address) => deliver(one, pace, address, body)));
    const urgent = async (nth: number) => {
      await pace.sleep(nth * 1_700);
      const asked = pace.mono();
      return (await deliver(one, pace, 'leader', bodyOf(one, `#${nth} 请到岗`), true)) - asked;
    };
    const waits = await pace.until(Promise.all(Array.from({ length: 12 }, (_, nth) => urgent(nth + 1))));
    await pace.until(crowd);
    expect(Math.max(...waits)).toBeLessThanOrEqual(SECOND);
    expect(busiest(one.made)).toBeLessThanOrEqual(A_SECOND);
  });

  test('are all told though the platform says too fast now and then: slower after it, never twice to anybody it has taken', async () => {
    const pace = virtualPace();
    const one = platform(pace, (made) => [30, 31, 90].includes(made.length));
    const body = bodyOf(one, '#12 全员集结');
    const ends = await pace.until(Promise.all(people.map((address) => deliver(one, pace, address, body))));
    expect(ends).toHaveLength(PEOPLE);
    const told = one.made.filter((_, nth) => ![30, 31, 90].includes(nth)).reduce((sum, { people: some }) => sum + some, 0);
    expect(told).toBe(PEOPLE);
    const after = one.made
      .slice(33, 40)
      .map(({ at }, nth, all) => at - (all[nth - 1]?.at ?? at))
      .slice(1);
    expect(Math.min(...after)).toBeGreaterThanOrEqual(200);
  });
});
