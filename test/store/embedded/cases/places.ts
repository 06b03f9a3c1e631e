/** Where the data folder stands: odd names, long paths, copies, and temporary folders that are not there. */
import assert from 'node:assert/strict';
import { chmodSync, cpSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { keep, keepAndStop, kept, lines, refusal, up } from '../judge';
import { type Case, onBegunScene, onScene, type Scene } from '../scene';

export const places: readonly Case[] = [
  { name: 'a data path and a temporary folder with spaces, quotes, commas and Chinese characters', run: oddNames },
  { name: 'no temporary folder where the environment says: another one is used', run: noTemporaryFolder },
  { name: 'a path far longer than a socket may have works; one too long for PostgreSQL is told', run: longPaths },
  { name: 'a data folder copied from a running one is refused, and the running one goes on', run: copiedWhileRunning },
  { name: 'a data folder moved after a crash is recovered where it stands now', run: movedAfterCrash },
  { name: 'a data folder with parts missing is told as damaged, and left as it is', run: partsMissing },
];

async function oddNames(): Promise<string> {
  return onScene(async (scene) => {
    const [dataDir, tmp] = [join(scene.folder, `值班 室 'a' "b", $c`), join(scene.folder, '临时, 文件')];
    mkdirSync(tmp);
    await beginAndGoOn(scene, { dataDir, tmp });
    return `works in ${dataDir.slice(scene.folder.length + 1)}`;
  });
}

async function noTemporaryFolder(): Promise<string> {
  return onScene(async (scene) => {
    await beginAndGoOn(scene, { tmp: join(scene.folder, 'missing') });
    return 'works';
  });
}

async function longPaths(): Promise<string> {
  return onScene(async (scene) => {
    const ofLength = (bytes: number): string => {
      const parts = ['长'.repeat(60), ...Array(9).fill('x'.repeat(100))];
      return join(scene.folder, ...parts)
        .slice(0, bytes - 120)
        .replace(/\/$/, 'x');
    };
    const long = ofLength(880);
    await beginAndGoOn(scene, { dataDir: long });
    const said = refusal(await scene.bot({ dataDir: ofLength(1010) }), 'path_too_long');
    return `${Buffer.byteLength(long)} bytes work; ${said.slice(0, 30)}…`;
  });
}

async function copiedWhileRunning(): Promise<string> {
  return onBegunScene(async (scene) => {
    const [first, copy] = [up(await scene.bot()), join(scene.folder, 'copy')];
    await keep(first);
    cpSync(scene.dataDir, copy, { recursive: true });
    const said = refusal(await scene.bot({ dataDir: copy }), 'copied');
    await kept(first);
    assert.equal(await first.stop(), 0);
    rmSync(copy, { recursive: true });
    cpSync(scene.dataDir, copy, { recursive: true });
    await kept(up(await scene.bot({ dataDir: copy })));
    return said;
  });
}

async function movedAfterCrash(): Promise<string> {
  return onBegunScene(async (scene) => {
    const first = up(await scene.bot());
    await keep(first);
    await first.kill();
    await scene.endServers(scene.dataDir);
    const moved = join(scene.folder, 'moved');
    renameSync(scene.dataDir, moved);
    const second = up(await scene.bot({ dataDir: moved }));
    await kept(second);
    assert.equal(lines(second, '数据目录从别处移来'), 1);
    assert.equal(await second.stop(), 0);
    return 'recovered, and said so';
  });
}

async function partsMissing(): Promise<string> {
  return onBegunScene(async (scene) => {
    const first = up(await scene.bot());
    await keep(first);
    await first.stop();
    const [wal, aside] = [join(scene.dataDir, 'postgres', 'cluster', 'pg_wal'), join(scene.folder, 'aside')];
    cpSync(wal, aside, { recursive: true });
    const segments = readdirSync(wal).filter((name) => /^[0-9A-F]{24}$/.test(name));
    for (const name of segments) rmSync(join(wal, name));
    const said = refusal(await scene.bot(), 'damaged');
    for (const name of segments) cpSync(join(aside, name), join(wal, name));
    for (const name of segments) chmodSync(join(wal, name), 0o666);
    await kept(up(await scene.bot()));
    return said;
  });
}

async function beginAndGoOn(scene: Scene, how: Parameters<Scene['bot']>[0]): Promise<void> {
  await keepAndStop(up(await scene.bot(how)));
  const second = up(await scene.bot(how));
  await kept(second);
  assert.equal(await second.stop(), 0);
}
