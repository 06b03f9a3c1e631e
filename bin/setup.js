/** Makes a clone ready to run: dependencies from the lock file, build when the sources changed. Node.js alone, nothing installed yet. */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { build, isBuilt } = require('./setup/build.js');
const { install, isInstalled, installedKind } = require('./setup/install.js');
const { withLock } = require('./setup/lock.js');
const { arePagesBuilt, buildPages } = require('./setup/pages.js');
const { say } = require('./setup/say.js');

const ROOT = join(__dirname, '..');

/**
 * Installs what `kind` needs (`run`: building and running, `full`: tests too) and builds unless `skipBuild`; does nothing when all is
 * fresh. Only one process works at a time, others wait for it. Answers false after having said what failed; `warnings` collects
 * what npm complained about.
 */
async function ready({ kind, skipBuild = false, warnings = [], root = ROOT }) {
  const fresh = () => isInstalled(root, kind) && (skipBuild || isBuilt(root));
  if (fresh()) return true;
  try {
    await withLock(root, async () => {
      if (!isInstalled(root, kind)) warnings.push(...(await install(root, installedKind(root) === 'full' ? 'full' : kind)));
      if (!skipBuild && !isBuilt(root)) await build(root);
    });
    return true;
  } catch (fault) {
    say(fault.forPeople ? fault.message : `准备失败：${fault.stack}`);
    return false;
  }
}

/** Builds the pages where they are not fresh, one process at a time. Answers false after having said what failed. */
async function pagesReady(root = ROOT) {
  if (arePagesBuilt(root)) return true;
  try {
    await withLock(root, async () => {
      if (!arePagesBuilt(root)) await buildPages(root);
    });
    return true;
  } catch (fault) {
    say(fault.forPeople ? fault.message : `网页生成失败：${fault.stack}`);
    return false;
  }
}

/** Installs the programs that the benches measure beside, a package of its own. Answers false after having said what failed. */
async function peersReady(root = ROOT) {
  const folder = join(root, 'bench');
  if (isInstalled(folder, 'run')) return true;
  try {
    await withLock(root, async () => {
      if (!isInstalled(folder, 'run')) await install(folder, 'run', '正在安装对照程序（bench/package.json）');
    });
    return true;
  } catch (fault) {
    say(fault.forPeople ? fault.message : `对照程序安装失败：${fault.stack}`);
    return false;
  }
}

/** The direct dependencies, for judging npm's warnings. */
function directDependencies(root = ROOT) {
  const { dependencies, optionalDependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies });
}

module.exports = { ready, pagesReady, peersReady, directDependencies, ROOT };
