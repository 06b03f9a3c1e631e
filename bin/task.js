/** The tasks of a developer and of continuous integration: test, check, build, dev, e2e, bench, blows, fuzz, sim. */
const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const { delimiter, join } = require('node:path');
const { directDependencies, pagesReady, peersReady, ready, ROOT } = require('./setup.js');
const { say } = require('./setup/say.js');

const BIN = {
  tsc: 'typescript/bin/tsc',
  biome: '@biomejs/biome/bin/biome',
  jest: 'jest/bin/jest.js',
};

const TASKS = { test, check, build, dev, e2e, bench, blows, fuzz, sim };

async function build() {
  return (await ready({ kind: 'full' })) && pagesReady();
}

async function test(args) {
  if (!(await ready({ kind: 'full', skipBuild: true }))) return false;
  if (!isOnPath('redis-server')) say('未找到 redis-server，本次不运行 Redis 测试。');
  return tool('jest', args);
}

async function check(args) {
  const warnings = [];
  if (!(await ready({ kind: 'full', skipBuild: true, warnings }))) return false;
  const steps = [
    ['依赖版本', async () => enginesFit(warnings)],
    ['格式与规范', () => tool('biome', ['check', '--error-on-warnings', '.'])],
    ['类型', () => tool('tsc', ['-p', 'tsconfig.json'])],
    ['测试', () => test(args)],
  ];
  for (const [name, step] of steps) if (!(await timed(name, step))) return false;
  return true;
}

/** The pages are checked where they are looked at: their types with a compiler of their own, then in a browser; processes and kills with them. */
async function e2e(args) {
  if (!(await build())) return false;
  const pages = join(ROOT, 'console');
  if (!(await child([join(pages, 'node_modules', 'vue-tsc', 'bin', 'vue-tsc.js'), '--noEmit', '-p', pages]))) return false;
  return tool('jest', ['-c', 'jest.e2e.config.js', ...args]);
}

/** Runs from the TypeScript source, as the tests do. */
async function bench(args) {
  if (!(await ready({ kind: 'full' }))) return false;
  const folder = process.env.FENGHUO_BENCH_PEERS ?? join(ROOT, 'bench');
  const isThere = process.env.FENGHUO_BENCH_PEERS !== undefined || (await peersReady());
  if (!isThere) say('没有对照程序：与它们的比较从略，其余照常测量。联网后重新运行即可补装。');
  return typescript('bench/run.ts', args, isThere ? { FENGHUO_BENCH_PEERS: folder } : {});
}

/** Odd and hostile input by the thousand; see docs/fuzz.md. */
async function fuzz(args) {
  if (!(await ready({ kind: 'full', skipBuild: true }))) return false;
  return typescript('test/fuzz/main.ts', args);
}

/** Lives through seeded nights on virtual time; see docs/simulation.md. */
async function sim(args) {
  if (!(await ready({ kind: 'full', skipBuild: true }))) return false;
  return typescript('test/simulation/main.ts', args);
}

/** Kills the built program in the middle of its work; see docs/blows.md. */
async function blows(args) {
  if (!(await ready({ kind: 'full' }))) return false;
  return child([join(ROOT, 'test', 'blows', 'run.js'), ...args]);
}

/** The server starts after the compiler's first round, which writes every file anew. */
async function dev(args) {
  if (!(await build())) return false;
  const flags = ['-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'];
  const watch = spawn(process.execPath, [join(ROOT, 'node_modules', BIN.tsc), ...flags], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  watch.stdout.pipe(process.stdout);
  const isWatching = await new Promise((resolve) => {
    watch.stdout.on('data', (text) => String(text).includes('Watching for file changes') && resolve(true));
    watch.once('close', () => resolve(false));
  });
  if (!isWatching) return false;
  const good = await child(['--watch-path', join(ROOT, 'dist'), join(ROOT, 'bin', 'run.js'), 'start', ...args]);
  watch.kill();
  return good;
}

/** A direct dependency that does not support this Node.js is a fault; what npm says of deeper ones is theirs to know. */
function enginesFit(warnings) {
  const direct = directDependencies();
  const misfits = warnings.filter((line) => line.includes('EBADENGINE') && direct.some((name) => line.includes(`package: '${name}@`)));
  for (const line of misfits) say(line);
  return misfits.length === 0;
}

async function timed(name, step) {
  const begun = performance.now();
  say(`${name}…`);
  const good = await step();
  say(`${name}：${good ? '通过' : '未通过'}（${((performance.now() - begun) / 1000).toFixed(1)} 秒）`);
  return good;
}

function tool(name, args) {
  return child([join(ROOT, 'node_modules', BIN[name]), ...args]);
}

/** Runs a file of TypeScript as it stands. */
function typescript(file, args, env = {}) {
  return child(['-r', join(ROOT, 'bench', 'typescript.js'), '--enable-source-maps', join(ROOT, file), ...args], env);
}

/** Runs Node.js with our own terminal; true when it ended well. */
function child(args, env = {}) {
  return new Promise((resolve) => {
    const running = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
    running.once('error', () => resolve(false));
    running.once('close', (code) => resolve(code === 0));
  });
}

function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

async function main([name, ...args]) {
  const task = Object.hasOwn(TASKS, name ?? '') ? TASKS[name] : null;
  if (!task) {
    process.stderr.write(`用法：node bin/task.js ${Object.keys(TASKS).join(' | ')}\n`);
    return 2;
  }
  return (await task(args)) ? 0 : 1;
}

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
