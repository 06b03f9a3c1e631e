/** Dependencies from the lock file, through npm. */
const { existsSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { run } = require('./child.js');
const { sayWhile, sentence } = require('./say.js');

const FLAGS = ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--no-update-notifier', '--loglevel=warn'];

/** Whether every package that `kind` needs is there in the locked version, by npm's own record of what it installed. */
function isInstalled(root, kind) {
  const there = record(root);
  if (!there) return false;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(locked).every(([path, wanted]) => path === '' || isThere(root, path, wanted, there[path], kind));
}

/** `full` when test packages are there too, `run`, or null when nothing is. */
function installedKind(root) {
  const there = record(root);
  if (!there) return null;
  return Object.values(there).some((entry) => entry.dev) ? 'full' : 'run';
}

/** Runs `npm ci`; answers npm's warning lines. Shows npm's output only when it fails. The lock file is never changed. */
async function install(root, kind, what = kind === 'full' ? '正在安装依赖（含测试）' : '正在安装依赖') {
  const args = kind === 'full' ? FLAGS : [...FLAGS, '--omit=dev'];
  const npm = findNpm();
  const work = run(npm.command, [...npm.args, ...args], { cwd: root, shell: npm.shell, env: { ...process.env, NODE_ENV: '' } });
  const { code, printed } = await sayWhile(what, work).catch((fault) => {
    throw sentence(`找不到 npm（${fault.code}）：请安装带 npm 的 Node.js 20 或更高版本。`);
  });
  if (code !== 0) throw sentence(`依赖安装失败，npm 的输出：\n${essence(printed)}\n请检查网络或 npm 镜像设置后重试。`);
  return printed.split('\n').filter((line) => line.startsWith('npm warn'));
}

/** npm adds pages of general help to some faults. */
function essence(printed) {
  const lines = printed.split('\n').filter((line) => line.startsWith('npm error'));
  return (lines.length > 0 ? lines : printed.trim().split('\n')).slice(0, 20).join('\n');
}

function record(root) {
  try {
    return JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
  } catch {
    return null;
  }
}

function isThere(root, path, wanted, found, kind) {
  if (found) return found.version === wanted.version && (path.split('node_modules/').length > 2 || existsSync(join(root, path)));
  return Boolean(wanted.optional || wanted.devOptional || (wanted.dev && kind === 'run'));
}

/** The npm that runs us, else the one beside Node.js, else the one on the PATH. */
function findNpm() {
  const beside = join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const script = [process.env.npm_execpath ?? '', beside].find((path) => path.endsWith('npm-cli.js') && existsSync(path));
  if (script) return { command: process.execPath, args: [script], shell: false };
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

module.exports = { install, isInstalled, installedKind };
