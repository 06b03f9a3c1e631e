/** Who starts it: an ordinary user, root, both in turn, root in a container; and what they do to the rights of the data folder. */
import assert from 'node:assert/strict';
import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { keep, keepAndStop, kept, lines, refusal, up } from '../judge';
import { CONTAINER_ROOT, closedToOthers, NOBODY, noContainerRoot, notRoot } from '../machine';
import { type Case, onBegunScene, onScene } from '../scene';

export const accounts: readonly Case[] = [
  { name: 'begun by an ordinary user, gone on with by root, then by the user again', leftOut: closedToOthers, run: userRootUser },
  { name: 'begun by root, an ordinary user is told whose it is and how to go on', leftOut: closedToOthers, run: rootThenUser },
  { name: 'an ordinary user without an account of that number is told to make one', leftOut: closedToOthers, run: noSuchUser },
  {
    name: 'root in a container, which may not look into other processes, stops its database and finds an orphan',
    leftOut: noContainerRoot,
    run: containerRoot,
  },
  { name: 'a data folder opened by chmod -R 777 and given to root by a copy is mended', leftOut: notRoot, run: rightsMended },
  { name: 'a data folder moved below a closed folder: told, and goes on when moved back', leftOut: notRoot, run: movedBelowClosed },
  { name: 'the place outside a closed folder is gone: refused, never begun anew over it', leftOut: notRoot, run: dataGone },
];

async function userRootUser(): Promise<string> {
  return onScene(async (scene) => {
    const first = up(await scene.bot({ as: NOBODY }));
    assert.equal(processOwner(first.pid), NOBODY.uid);
    await keepAndStop(first);
    for (const how of [{}, { as: NOBODY }]) {
      const next = up(await scene.bot(how));
      assert.equal(processOwner(next.pid), NOBODY.uid);
      await kept(next);
      assert.equal(await next.stop(), 0);
    }
    return 'the database always runs as the user it belongs to';
  });
}

async function rootThenUser(): Promise<string> {
  return onBegunScene(async (scene) => {
    await keepAndStop(up(await scene.bot()));
    const said = refusal(await scene.bot({ as: NOBODY }), 'other_owner');
    await kept(up(await scene.bot()));
    return said;
  });
}

async function noSuchUser(): Promise<string> {
  return onScene(async (scene) => {
    const said = refusal(await scene.bot({ as: { uid: 54_321, gid: 54_321 } }), 'no_account');
    rmSync(scene.dataDir, { recursive: true });
    assert.equal(await up(await scene.bot({ as: NOBODY })).stop(), 0);
    return said;
  });
}

async function containerRoot(): Promise<string> {
  return onBegunScene(async (scene) => {
    const how = { through: CONTAINER_ROOT };
    const first = up(await scene.bot(how));
    await keep(first);
    refusal(await scene.bot(how), 'in_use');
    await first.kill();
    const second = up(await scene.bot(how));
    assert.equal(lines(second, '遗留的数据库进程，正在停止并重新启动'), 1);
    await kept(second);
    assert.equal(await second.stop(), 0);
    assert.equal(existsSync(`/proc/${second.pid}/cwd`), false);
    assert.equal(existsSync(join(scene.dataDir, 'postgres', 'cluster', 'postmaster.pid')), false);
    return 'a second start refused, the orphan found, nothing left after the stop';
  });
}

async function rightsMended(): Promise<string> {
  return onBegunScene(async (scene) => {
    await keepAndStop(up(await scene.bot()));
    const copy = join(scene.folder, 'copy');
    cpSync(scene.dataDir, copy, { recursive: true });
    const home = join(copy, 'postgres');
    assert.equal(statSync(join(home, 'cluster')).uid, 0);
    for (const path of [home, join(home, 'cluster'), join(home, 'password')]) chmodSync(path, 0o777);
    const second = up(await scene.bot({ dataDir: copy }));
    await kept(second);
    assert.deepEqual([home, join(home, 'cluster'), join(home, 'password')].map(modeOf), [0o700, 0o700, 0o600]);
    assert.deepEqual([lines(second, '权限曾被放宽'), lines(second, '已全部改归数据库账户')], [1, 1]);
    assert.equal(await second.stop(), 0);
    return 'owner and modes put right, both said in the log';
  });
}

async function movedBelowClosed(): Promise<string> {
  return onBegunScene(async (scene) => {
    await keepAndStop(up(await scene.bot()));
    const home = join(scene.folder, 'home');
    mkdirSync(home, { mode: 0o700 });
    renameSync(scene.dataDir, join(home, 'data'));
    const said = refusal(await scene.bot({ dataDir: join(home, 'data') }), 'closed_folder');
    renameSync(join(home, 'data'), scene.dataDir);
    await kept(up(await scene.bot()));
    return said;
  });
}

async function dataGone(): Promise<string> {
  return onBegunScene(async (scene) => {
    const [link, place, aside] = [join(scene.dataDir, 'postgres'), join(scene.folder, 'place'), join(scene.folder, 'aside')];
    await keepAndStop(up(await scene.bot()));
    renameSync(link, place);
    symlinkSync(place, link);
    renameSync(place, aside);
    const said = refusal(await scene.bot(), 'data_gone');
    assert.equal(existsSync(place), false);
    renameSync(aside, place);
    await kept(up(await scene.bot()));
    return said;
  });
}

function processOwner(pid: number): number {
  return statSync(`/proc/${pid}`).uid;
}

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}
