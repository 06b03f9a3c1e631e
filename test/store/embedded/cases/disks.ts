/** Disks: too small, full at the start, full while it runs, read-only; each on a real small file system. */
import assert from 'node:assert/strict';
import { closeSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { keep, keepAndStop, kept, lines, refusal, up } from '../judge';
import { mountDisk, noSmallDisk } from '../machine';
import { ask, type Bot, type Case, onScene, type Scene, until } from '../scene';

export const disks: readonly Case[] = [
  { name: 'a disk too small to begin on: told, nothing half made; with room the next start works', leftOut: noSmallDisk, run: tooSmall },
  { name: 'a disk that is full at the start: told; with room the next start has all data', leftOut: noSmallDisk, run: fullAtStart },
  {
    name: 'a disk that fills while it runs: nothing acknowledged is lost; with room it goes on by itself',
    leftOut: noSmallDisk,
    run: fullWhileRunning,
  },
  { name: 'a disk mounted read-only: told; mounted for writing again the next start has all data', leftOut: noSmallDisk, run: readOnly },
];

async function tooSmall(): Promise<string> {
  return onDisk('size=200m', async (scene, disk) => {
    const said = refusal(await scene.bot(), 'disk_full');
    assert.equal(readdirSync(join(scene.dataDir, 'postgres')).length, 0);
    disk.remount('size=600m');
    assert.equal(await up(await scene.bot()).stop(), 0);
    return said;
  });
}

async function fullAtStart(): Promise<string> {
  return onDisk('size=400m', async (scene) => {
    await scene.begin();
    const first = up(await scene.bot());
    await keep(first);
    await first.kill();
    await scene.endServers(scene.dataDir);
    const free = fill(scene);
    const said = refusal(await scene.bot(), 'disk_full');
    free();
    await kept(up(await scene.bot()));
    return said;
  });
}

async function fullWhileRunning(): Promise<string> {
  return onDisk('size=600m', async (scene) => {
    await scene.begin();
    const bot = up(await scene.bot());
    await ask(bot.url, 'CREATE TABLE kept (n int PRIMARY KEY, words text)');
    const acknowledged = new Set<number>();
    const writing = write(bot, acknowledged);
    await fillAndFree(scene, bot, acknowledged).finally(writing.stop);
    const found = String(await ask(bot.url, "SELECT string_agg(n::text, ',') FROM kept"))
      .split(',')
      .map(Number);
    assert.equal([...acknowledged].filter((n) => !found.includes(n)).length, 0);
    assert.equal(await bot.stop(), 0);
    return `${acknowledged.size} rows acknowledged round the full disk, all there`;
  });
}

async function fillAndFree(scene: Scene, bot: Bot, acknowledged: ReadonlySet<number>): Promise<void> {
  await until('rows are written', () => acknowledged.size > 50);
  const free = fill(scene);
  await until('it ends for want of room', async () => {
    await ask(bot.url, 'SELECT pg_switch_wal()').catch(() => undefined);
    return lines(bot, '重新启动失败，稍后自动再试：') > 0;
  });
  assert.match(bot.log(), /所在磁盘空间不足：请至少腾出/);
  await until('people are warned', () => lines(bot, '写满后将不能接收消息：请尽快腾出空间') === 1);
  const before = acknowledged.size;
  free();
  await until('rows are written again', () => acknowledged.size > before + 50);
}

async function readOnly(): Promise<string> {
  return onDisk('size=400m', async (scene, disk) => {
    await scene.begin();
    await keepAndStop(up(await scene.bot()));
    disk.remount('ro');
    const said = refusal(await scene.bot(), 'not_writable');
    refusal(await scene.bot({ dataDir: join(scene.dataDir, 'other') }), 'not_writable');
    disk.remount('rw');
    await kept(up(await scene.bot()));
    return said;
  });
}

/** The scene's data folder is a disk of its own. */
async function onDisk(options: string, work: (scene: Scene, disk: ReturnType<typeof mountDisk>) => Promise<string>): Promise<string> {
  return onScene(async (scene) => {
    const disk = mountDisk(scene.dataDir, options);
    try {
      return await work(scene, disk);
    } finally {
      scene.killAll();
      await scene.endServers(scene.dataDir);
      disk.unmount();
    }
  });
}

/** Takes every byte that is left; the answer gives them back. */
function fill(scene: Scene): () => void {
  const ballast = join(scene.dataDir, 'ballast');
  const file = openSync(ballast, 'w');
  for (const size of [1 << 20, 1 << 12]) {
    try {
      for (const block = Buffer.alloc(size); ; ) if (writeSync(file, block) < size) break;
    } catch {
      // Full, which is what was wanted.
    }
  }
  closeSync(file);
  return () => rmSync(ballast);
}

/** Writes rows one after the other and notes each that was acknowledged; `stop` waits for the last one. */
function write(bot: Bot, acknowledged: Set<number>): { stop(): Promise<void> } {
  let stopped = false;
  const ended = (async () => {
    for (let n = 0; !stopped; n += 1) {
      const insert = `INSERT INTO kept SELECT ${n}, string_agg(md5(random()::text), '') FROM generate_series(1, 5000)`;
      await ask(bot.url, insert).then(
        () => acknowledged.add(n),
        () => pause(20),
      );
    }
  })();
  return {
    stop: () => {
      stopped = true;
      return ended;
    },
  };
}
