/** One set-up at a time in one clone. */
const { linkSync, mkdirSync, openSync, closeSync, readFileSync, renameSync, rmSync, writeSync } = require('node:fs');
const { join } = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');
const { say, sentence } = require('./say.js');

const PATIENCE_MS = 600_000;

/** Runs `work` while holding the lock file; waits for another living process that holds it, takes over from a dead one. */
async function withLock(root, work) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const path = join(root, 'dist', '.setup.lock');
  await take(path);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

async function take(path) {
  const end = performance.now() + PATIENCE_MS;
  for (let told = false; !tryTake(path); told = true) {
    const holder = holderOf(path);
    if (holder !== null && !isAlive(holder)) {
      clearDead(path, holder);
      continue;
    }
    if (!told) say(`另一个进程（${holder ?? '?'}）正在准备运行环境，等待它完成…`);
    if (performance.now() > end) throw sentence(`等待超过 10 分钟：如确认没有其他烽火进程在准备，请删除 ${path} 后重试。`);
    await pause(200);
  }
}

function tryTake(path) {
  try {
    const file = openSync(path, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (fault) {
    if (fault.code === 'EEXIST') return false;
    throw sentence(`无法写入 ${path}（${fault.code}）：请检查目录权限与磁盘空间。`);
  }
}

function holderOf(path) {
  try {
    return Number(readFileSync(path, 'utf8')) || null;
  } catch {
    return null;
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (fault) {
    return fault.code === 'EPERM';
  }
}

/** Two processes may find the same dead holder: what was moved aside is put back when it is already a living one's. */
function clearDead(path, dead) {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (holderOf(aside) !== dead) linkSync(aside, path);
  } catch {
    // Somebody else cleared it first.
  }
  rmSync(aside, { force: true });
}

module.exports = { withLock };
