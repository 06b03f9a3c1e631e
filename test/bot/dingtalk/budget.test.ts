import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Budget, createBudget } from '../../../src/bot/dingtalk/budget';
import { monthEnd, type Used } from '../../../src/bot/dingtalk/month';
import { createQuota, type Quota } from '../../../src/bot/dingtalk/quota';
import type { Meter } from '../../../src/ports/platform';
import { type TestDeps, testDeps } from '../wire/support';

const AUGUST = Date.parse('2026-08-31T23:00:00+08:00');
const HOUR = 3_600_000;

let deps: TestDeps;
let heard: (readonly [number, Used])[];
beforeEach(() => {
  deps = testDeps(AUGUST);
  heard = [];
});

/** What all instances share. */
function shared(): Meter & { readonly rows: Map<string, number> } {
  const rows = new Map<string, number>();
  return {
    rows,
    add: async (name, calls) => {
      rows.set(name, (rows.get(name) ?? 0) + calls);
      return rows.get(name) ?? 0;
    },
  };
}

const budget = (meter?: Meter, allowed = 100): Budget =>
  createBudget({
    name: 'b',
    allowed,
    clock: deps.clock,
    log: deps.log,
    meter,
    passed: (percent, used) => void heard.push([percent, used]),
  });
const settle = () => new Promise((resolve) => setImmediate(resolve));
async function use(one: Budget, calls: number) {
  for (let nth = 0; nth < calls; nth += 1) one.count();
  await settle();
}

describe('the month’s calls', () => {
  test('are said at 70 and 90 percent once each, and the last tenth is for the urgent alone', async () => {
    const one = budget();
    await use(one, 69);
    expect(heard).toEqual([]);
    await use(one, 1);
    expect(heard).toEqual([[70, { used: 70, allowed: 100 }]]);
    await use(one, 19);
    expect([one.may(false), one.may(true)]).toEqual([true, true]);
    await use(one, 1);
    expect([one.may(false), one.may(true)]).toEqual([false, true]);
    await use(one, 30);
    expect(one.may(true)).toBe(true);
    expect(heard.map(([percent]) => percent)).toEqual([70, 90]);
    expect(deps.lines.map((line) => line.split(' ')[0])).toEqual(['warn', 'error']);
  });

  test('begin anew on the first of the next month by the clock of Shanghai', async () => {
    const one = budget();
    await use(one, 95);
    one.empty();
    expect(one.may(false)).toBe(false);
    deps.clock.time += HOUR;
    expect([one.may(false), one.now().used]).toEqual([true, 0]);
    expect(monthEnd(AUGUST)).toBe(AUGUST + HOUR);
    expect(monthEnd(Date.parse('2026-12-31T23:59:59+08:00'))).toBe(Date.parse('2027-01-01T00:00:00+08:00'));
  });

  test('are counted over all instances and after a restart, and a share is told by one of them alone', async () => {
    const meter = shared();
    const [a, b] = [budget(meter), budget(meter)];
    await use(a, 61);
    await use(b, 1);
    expect(b.now().used).toBe(62);
    await use(b, 20);
    expect(heard.map(([percent]) => percent)).toEqual([70]);
    const restarted = budget(meter);
    await use(restarted, 1);
    expect(restarted.now().used).toBeGreaterThanOrEqual(81);
    expect([...meter.rows.keys()]).toEqual(['b:2026-08', 'b:2026-08:70%']);
    expect(heard.map(([percent]) => percent)).toEqual([70]);
  });

  test('go on being counted here when the shared count is away', async () => {
    const one = budget({ add: () => Promise.reject(new Error('away')) });
    await use(one, 90);
    expect(one.may(false)).toBe(false);
    expect(deps.lines.join()).toContain('not reached');
  });

  test('of an organisation without a limit are never held', async () => {
    const one = budget(undefined, 0);
    await use(one, 50_000);
    expect([one.may(false), heard]).toEqual([true, []]);
    one.empty();
    expect([one.may(false), one.may(true)]).toEqual([false, true]);
  });
});

describe('what was bought for the month', () => {
  const quota = (meter?: Meter, allowed = 10): Quota =>
    createQuota({
      name: 'q',
      allowed,
      clock: deps.clock,
      log: deps.log,
      meter,
      passed: (percent, used) => void heard.push([percent, used]),
    });
  const take = async (of: Quota, times: number) => {
    const taken: boolean[] = [];
    for (let nth = 0; nth < times; nth += 1) taken.push((await of.take()) !== null);
    await settle();
    return taken.filter((one) => one).length;
  };

  test('is used to the last one and no further by all instances and after a restart, and said once at 70 and 90 percent', async () => {
    const meter = shared();
    const [a, b] = [quota(meter), quota(meter)];
    expect([await take(a, 6), heard]).toEqual([6, []]);
    expect(await take(b, 1)).toBe(1);
    expect(heard).toEqual([[70, { used: 7, allowed: 10 }]]);
    expect((await Promise.all([take(a, 3), take(b, 3)])).reduce((x, y) => x + y)).toBe(3);
    expect(await take(quota(meter), 1)).toBe(0);
    expect(heard.map(([percent]) => percent)).toEqual([70, 90]);
    expect(meter.rows.get('q:2026-08')).toBe(10);
  });

  test('is given back where nobody was reached, but not to the next month, which begins whole', async () => {
    const meter = shared();
    const one = quota(meter, 1);
    const first = await one.take();
    expect(await one.take()).toBeNull();
    await first?.back();
    const second = await one.take();
    expect(second).not.toBeNull();
    deps.clock.time += HOUR;
    await second?.back();
    expect([await take(one, 2), meter.rows.get('q:2026-08'), meter.rows.get('q:2026-09')]).toEqual([1, 1, 1]);
  });

  test('is counted here while the shared count is away, and told to it afterwards', async () => {
    const meter = shared();
    let isAway = true;
    const one = quota({ add: (...asked) => (isAway ? Promise.reject(new Error('away')) : meter.add(...asked)) }, 3);
    expect(await take(one, 2)).toBe(2);
    isAway = false;
    expect(await take(one, 2)).toBe(1);
    expect(meter.rows.get('q:2026-08')).toBe(3);
    expect(deps.lines.join()).toContain('not reached');
  });

  test('without a limit is counted and never held', async () => {
    const meter = shared();
    expect(await take(quota(meter, 0), 50)).toBe(50);
    expect([meter.rows.get('q:2026-08'), heard]).toEqual([50, []]);
  });
});
