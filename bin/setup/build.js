/** Compiles `src` into `dist` when anything it is made from has changed. */
const { createHash } = require('node:crypto');
const { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join, sep } = require('node:path');
const { run } = require('./child.js');
const { sayWhile, sentence } = require('./say.js');

/** Whether the last build was made from exactly these sources, settings and locked packages. */
function isBuilt(root) {
  const stamp = stampOf(root);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(root);
}

/** Compiles, copies what is not TypeScript, removes what has no source any more, and leaves a stamp. The pages below are built apart. */
async function build(root) {
  const made = fingerprint(root);
  rmSync(stampOf(root), { force: true });
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { code, printed } = await sayWhile('正在编译', run(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root }));
  if (code !== 0) throw sentence(`编译失败：\n${printed.trim()}`);
  const names = filesBelow(join(root, 'src'));
  for (const name of names.filter((found) => !found.endsWith('.ts'))) copyTo(join(root, 'dist', name), join(root, 'src', name));
  removeOrphans(root, new Set(names));
  writeFileSync(stampOf(root), made);
}

function stampOf(root) {
  return join(root, 'dist', '.stamp');
}

function fingerprint(root) {
  const hash = createHash('sha256');
  const settings = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
  const sources = filesBelow(join(root, 'src')).map((name) => join('src', name));
  for (const name of [...settings, ...sources])
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(root, name)))
      .update('\0');
  return hash.digest('hex');
}

function filesBelow(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));
  return names.sort();
}

function copyTo(to, from) {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

function removeOrphans(root, sources) {
  for (const name of filesBelow(join(root, 'dist'))) {
    const source = name.replace(/\.js(\.map)?$/, '.ts');
    const isOurs = name.startsWith('.') || name.startsWith(`console${sep}`) || sources.has(name) || sources.has(source);
    if (!isOurs) rmSync(join(root, 'dist', name));
  }
}

module.exports = { build, isBuilt };
