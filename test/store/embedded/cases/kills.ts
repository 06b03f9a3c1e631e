/** Kills: of the bot, of the database, of both, at the worst moments. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processesOf } from '../../../../src/store/embedded/processes';
import { keep, kept, lines, refusal, up } from '../judge';
import { ask, type Case, onBegunScene, onScene, until } from '../scene';

export const kills: readonly Case[] = [
  { name: 'kill -9 of the bot: the database it leaves behind is found, stopped and started anew', run: orphanIsFound },
  { name: 'kill -9 of bot and database: a stale, an empty and a garbled pid file are no hindrance', run: stalePidFile },
  { name: 'kill -9 of the database: noticed, started anew at the same address, one line in the log each way', run: databaseKilled },
  { name: 'a stop while a killed database is being started again: nothing runs afterwards', run: stoppedWhileDown },
  { name: 'kill -9 of one helper of the database: it comes back by itself', run: helperKilled },
  {
    name: 'kill -9 of the bot during its very first start: the second makes the database and clears the half-made one',
    run: killedWhileMaking,
  },
  { name: 'the pid file deleted under a running database: a second start refuses, the first goes on', run: pidFileDeleted },
  { name: 'the socket folder cleaned away: noticed, the database is reachable again', run: socketsCleaned },
];

const LOST = '内置数据库意外退出，正在重新启动';
const BACK = '内置数据库已恢复运行';

async function orphanIsFound(): Promise<string> {
  return onBegunScene(async (scene) => {
    const first = up(await scene.bot());
    await keep(first);
    await first.kill();
    process.kill(first.pid, 0);
    const second = up(await scene.bot());
    await kept(second);
    assert.notEqual(second.pid, first.pid);
    assert.equal(lines(second, '遗留的数据库进程，正在停止并重新启动'), 1);
    assert.equal(await second.stop(), 0);
    return `database ${first.pid} stopped, ${second.pid} started on the same data`;
  });
}

async function stalePidFile(): Promise<string> {
  return onBegunScene(async (scene) => {
    const first = up(await scene.bot());
    await keep(first);
    await first.kill();
    process.kill(first.pid, 'SIGKILL');
    const file = join(scene.dataDir, 'postgres', 'cluster', 'postmaster.pid');
    assert.equal(Number.parseInt(readFileSync(file, 'utf8'), 10), first.pid);
    for (const left of [null, '', 'not a number\n', `${process.pid}\n/elsewhere\n0\n5432\n/tmp\n\n0 0\nready\n`]) {
      if (left !== null) writeFileSync(file, left);
      const next = up(await scene.bot());
      await kept(next);
      assert.equal(await next.stop(), 0);
    }
    return 'four starts over four remains of a pid file, the data is there';
  });
}

async function databaseKilled(): Promise<string> {
  return onBegunScene(async (scene) => {
    const bot = up(await scene.bot());
    await keep(bot);
    const begun = performance.now();
    process.kill(bot.pid, 'SIGKILL');
    await until('the database answers again', () => ask(bot.url, 'SELECT n FROM kept'));
    const ms = Math.round(performance.now() - begun);
    assert.ok(ms < 60_000, `back after ${ms} ms`);
    await until('it is told', () => lines(bot, BACK) > 0);
    assert.deepEqual([lines(bot, LOST), lines(bot, BACK)], [1, 1]);
    refusal(await scene.bot(), 'in_use');
    assert.equal(await bot.stop(), 0);
    return `back after ${ms} ms, and still ours`;
  });
}

async function stoppedWhileDown(): Promise<string> {
  return onBegunScene(async (scene) => {
    const bot = up(await scene.bot());
    await keep(bot);
    process.kill(bot.pid, 'SIGKILL');
    const cluster = join(scene.dataDir, 'postgres', 'cluster');
    await until(
      'another one is being started',
      () => Number.parseInt(readFileSync(join(cluster, 'postmaster.pid'), 'utf8'), 10) !== bot.pid,
    );
    assert.equal(await bot.stop(), 0);
    assert.equal(processesOf(cluster).length, 0);
    await kept(up(await scene.bot()));
    return 'no server was left, the next start has all data';
  });
}

async function helperKilled(): Promise<string> {
  return onBegunScene(async (scene) => {
    const bot = up(await scene.bot());
    await keep(bot);
    const helper = Number(await ask(bot.url, `SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'`));
    process.kill(helper, 'SIGKILL');
    await until('the database answers again', () =>
      ask(bot.url, `SELECT pid <> ${helper} FROM pg_stat_activity WHERE backend_type = 'checkpointer'`),
    );
    await kept(bot);
    refusal(await scene.bot(), 'in_use');
    assert.equal(await bot.stop(), 0);
    return 'the database restarted its helpers, and is still ours';
  });
}

async function killedWhileMaking(): Promise<string> {
  return onScene(async (scene) => {
    const home = join(scene.dataDir, 'postgres');
    const halves = (): string[] => readdirSync(home).filter((name) => name.endsWith('.new'));
    const making = scene.bot().catch(() => null);
    await until('it is making the database', () => halves().some((name) => name.startsWith('cluster.')));
    scene.killAll();
    await making;
    assert.equal(halves().length, 1);
    const second = up(await scene.bot());
    await keep(second);
    assert.equal(halves().length, 0);
    assert.equal(await second.stop(), 0);
    return 'the half-made database is gone, a whole one serves';
  });
}

async function pidFileDeleted(): Promise<string> {
  return onBegunScene(async (scene) => {
    const bot = up(await scene.bot());
    await keep(bot);
    rmSync(join(scene.dataDir, 'postgres', 'cluster', 'postmaster.pid'));
    const said = refusal(await scene.bot(), 'in_use');
    await kept(bot);
    assert.equal(await bot.stop(), 0);
    await kept(up(await scene.bot()));
    return said;
  });
}

async function socketsCleaned(): Promise<string> {
  return onBegunScene(async (scene) => {
    const bot = up(await scene.bot());
    await keep(bot);
    for (const name of readdirSync(scene.folder)) if (name.startsWith('fenghuo-pg-')) rmSync(join(scene.folder, name), { recursive: true });
    await until('the database is reachable again', () => ask(bot.url, 'SELECT n FROM kept'));
    assert.equal(lines(bot, '连接文件已被删除'), 1);
    assert.equal(await bot.stop(), 0);
    return 'restarted at the same address';
  });
}
