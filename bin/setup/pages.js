/** Builds the pages of `console` into `dist/console` when anything they are made from has changed; their packages are their own. */
const { createHash } = require('node:crypto');
const { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { run } = require('./child.js');
const { install, isInstalled } = require('./install.js');
const { sayWhile, sentence } = require('./say.js');

const FILES = ['index.html', 'package-lock.json', 'vite.config.ts'];

/** Whether what was last built was made from exactly these files. */
function arePagesBuilt(root) {
  const stamp = stampOf(root);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(root);
}

/** Installs the packages of the pages where they are missing, and builds. Throws a sentence for people. */
async function buildPages(root) {
  const folder = join(root, 'console');
  const made = fingerprint(root);
  rmSync(stampOf(root), { force: true });
  if (!isInstalled(folder, 'run')) await install(folder, 'run');
  const vite = join(folder, 'node_modules', 'vite', 'bin', 'vite.js');
  const { code, printed } = await sayWhile('正在生成网页', run(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: folder }));
  if (code !== 0) throw sentence(`网页生成失败：\n${printed.trim()}`);
  writeFileSync(stampOf(root), made);
}

function stampOf(root) {
  return join(root, 'dist', 'console', '.stamp');
}

function fingerprint(root) {
  const hash = createHash('sha256');
  const source = join(root, 'console', 'src');
  const sources = readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
  for (const path of [...FILES.map((name) => join(root, 'console', name)), ...sources])
    hash
      .update(`${path.slice(root.length)}\0`)
      .update(readFileSync(path))
      .update('\0');
  return hash.digest('hex');
}

module.exports = { arePagesBuilt, buildPages };
