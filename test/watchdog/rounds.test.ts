/** The rounds of the watchdog on records of its own: once told, once over, whatever happens in between. */
import { expect, test } from '@jest/globals';
import type { Sighting, ToldAlarm, WatchRecords } from '../../src/ports/watch';
import { createWatch } from '../../src/watchdog/rounds';
import { dead, instance, NOW, ring, sight } from './sight';

interface Post {
  readonly text: string;
  readonly pages: boolean;
}

/** A duty room, a database that can be away, and a webhook that can fail; several watchdogs may be set up on one. */
function scene() {
  const room: Post[] = [];
  const world = {
    seen: sight() as Sighting | null,
    open: [] as readonly ToldAlarm[],
    leader: null as string | null,
    mono: 0,
    failure: null as string | null,
    pings: 0,
  };
  const recordsOf = (name: string): WatchRecords => ({
    look: async () => {
      if (world.seen === null) throw new Error('away');
      return world.seen;
    },
    lead: async () => {
      world.leader ??= name;
      return world.leader === name;
    },
    leave: async () => {
      world.leader = null;
    },
    openAlarms: async () => world.open,
    keep: async (open) => {
      world.open = open;
    },
  });
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const watchdog = (name: string) =>
    createWatch({
      records: recordsOf(name),
      pace: { mono: () => world.mono, sleep: async () => undefined },
      log,
      limits: { lateMs: 45_000, deafMs: 120_000 },
      leaseMs: 90_000,
      say: async (text, pages) => {
        if (world.failure === null) room.push({ text, pages });
        return world.failure;
      },
      ping: async () => {
        world.pings += 1;
        return null;
      },
    });
  return { room, world, watchdog };
}

const SILENT = sight({ instances: [dead()], rings: { count: 1, first: [ring()] } });

test('a silence is told once, paging the room, and its end once, paging nobody; meanwhile the outside hears nothing', async () => {
  const { room, world, watchdog } = scene();
  const one = watchdog('one');
  await one.round();
  expect(world.pings).toBe(1);
  world.seen = SILENT;
  for (let i = 0; i < 5; i += 1) await one.round();
  expect(room.map(({ pages }) => pages)).toEqual([true]);
  expect(world.pings).toBe(1);
  world.seen = sight();
  for (let i = 0; i < 3; i += 1) await one.round();
  expect(room.map(({ pages }) => pages)).toEqual([true, false]);
  expect(room[1]?.text).toContain('主程序已恢复');
  expect(world.pings).toBe(4);
});

test('a post that fails is tried again in the next round, and counts as told only when it has passed', async () => {
  const { room, world, watchdog } = scene();
  const one = watchdog('one');
  world.seen = SILENT;
  world.failure = 'ECONNREFUSED';
  await one.round();
  expect(world.open).toEqual([]);
  world.failure = null;
  await one.round();
  await one.round();
  expect(room).toHaveLength(1);
});

test('a watchdog that is started again does not tell the same silence twice', async () => {
  const { room, world, watchdog } = scene();
  world.seen = SILENT;
  await watchdog('one').round();
  world.leader = null;
  await watchdog('two').round();
  expect(room).toHaveLength(1);
});

test('of two watchdogs one speaks; the other goes on when it is gone', async () => {
  const { room, world, watchdog } = scene();
  const [one, two] = [watchdog('one'), watchdog('two')];
  await one.round();
  world.seen = SILENT;
  expect((await two.round()).leads).toBe(false);
  expect(room).toEqual([]);
  world.leader = null;
  expect((await two.round()).leads).toBe(true);
  expect(room).toHaveLength(1);
  expect((await one.round()).leads).toBe(false);
});

test('rings that come due during a silence are told half an hour later at the earliest, and only those', async () => {
  const { room, world, watchdog } = scene();
  const one = watchdog('one');
  world.seen = SILENT;
  await one.round();
  const later = (minutes: number, first: Sighting['rings']['first']): Sighting =>
    sight({ ...SILENT, now: NOW + minutes * 60_000, realNow: NOW + minutes * 60_000, rings: { count: first.length, first } });
  const fresh = ring({ n: 9, ringAt: NOW + 60_000, owner: 'leader1' });
  world.seen = later(29, [ring(), fresh]);
  await one.round();
  expect(room).toHaveLength(1);
  world.seen = later(31, [ring(), fresh]);
  await one.round();
  await one.round();
  expect(room).toHaveLength(2);
  expect(room[1]?.text).toContain('#9 任务签收');
  expect(room[1]?.text).not.toContain('#3 任务签收');
});

test('a database that stays away is told with the people last known, and what was told before is not told again after it', async () => {
  const { room, world, watchdog } = scene();
  const one = watchdog('one');
  await one.round();
  world.seen = null;
  await one.round();
  expect(room).toEqual([]);
  world.mono = 46_000;
  await one.round();
  await one.round();
  expect(room).toHaveLength(1);
  expect(room[0]?.text).toMatch(/数据库.*无法连接[\s\S]*周值一（值班员）100\*\*\*\*0001/);
  world.seen = sight({ instances: [instance()] });
  await one.round();
  expect(room[1]?.text).toContain('数据库已恢复');
});

test('what was wrong before a silence is not called over while it lasts', async () => {
  const { room, world, watchdog } = scene();
  const one = watchdog('one');
  world.seen = sight({ inbox: { count: 1, oldest: NOW - 60_000 } });
  await one.round();
  world.seen = SILENT;
  await one.round();
  expect(room.map(({ pages }) => pages)).toEqual([true, true]);
  world.seen = sight();
  await one.round();
  expect(room[2]?.text).toMatch(/消息处理已恢复[\s\S]*主程序已恢复/);
});
