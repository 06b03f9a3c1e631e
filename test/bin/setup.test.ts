/** Set-up on a bare clone: what is installed and built is judged by what is really there. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeEach, expect, test } from '@jest/globals';

const ours = join(__dirname, '..', '..');
const root = mkdtempSync(join(tmpdir(), 'fenghuo-setup-'));
let clone = '';
let count = 0;
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A small clone with our own set-up and compiler, whose locked packages are all there. */
beforeEach(() => {
  count += 1;
  clone = join(root, `clone${count}`);
  for (const folder of ['src/cli', 'node_modules/one']) mkdirSync(join(clone, folder), { recursive: true });
  cpSync(join(ours, 'bin'), join(clone, 'bin'), { recursive: true });
  for (const name of ['tsconfig.json', 'tsconfig.build.json']) cpSync(join(ours, name), join(clone, name));
  for (const name of ['typescript', '@typescript', '@types', 'undici-types'])
    symlinkSync(join(ours, 'node_modules', name), join(clone, 'node_modules', name));
  write('package.json', JSON.stringify({ name: 'small', dependencies: { one: '1.0.0' } }));
  lock('package-lock.json', { '': {}, 'node_modules/one': { version: '1.0.0' }, 'node_modules/tester': { version: '2.0.0', dev: true } });
  lock('node_modules/.package-lock.json', { 'node_modules/one': { version: '1.0.0' } });
  write(
    'src/cli/main.ts',
    `export async function main(argv: string[]): Promise<number> { process.stdout.write('hello ' + argv.join()); return 3; }`,
  );
});

function write(name: string, text: string): void {
  writeFileSync(join(clone, name), text);
}

function lock(name: string, packages: object): void {
  write(name, JSON.stringify({ name: 'small', lockfileVersion: 3, packages }));
}

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(...args: string[]): Promise<Outcome> {
  const env = { ...process.env, npm_execpath: '', npm_config_offline: 'true' };
  const done = promisify(execFile)(process.execPath, args, { cwd: clone, env });
  return done.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (fault: Outcome) => fault,
  );
}

test('The first command builds, later ones do not, and the program gives its own exit code', async () => {
  const first = await run('bin/fenghuo.js', 'a', 'b');
  expect(first).toMatchObject({ code: 3, stdout: 'hello a,b' });
  expect(first.stderr).toContain('正在编译');
  expect(await run('bin/fenghuo.js')).toMatchObject({ code: 3, stdout: 'hello ', stderr: '' });
});

test('A changed source is built again; what has no source any more is removed, and other files are copied', async () => {
  write('src/old.ts', 'export const old = 1;');
  write('src/page.html', '<p>');
  await run('bin/fenghuo.js');
  expect(readFileSync(join(clone, 'dist/page.html'), 'utf8')).toBe('<p>');
  rmSync(join(clone, 'src/old.ts'));
  expect((await run('bin/fenghuo.js')).stderr).toContain('正在编译');
  expect(() => readFileSync(join(clone, 'dist/old.js'))).toThrow(/ENOENT/);
});

test('A source that does not compile is told with its place, and the program is not started', async () => {
  write('src/cli/main.ts', 'export const main: number = "no";');
  const outcome = await run('bin/fenghuo.js');
  expect(outcome).toMatchObject({ code: 1, stdout: '' });
  expect(outcome.stderr).toMatch(/编译失败[\s\S]*src\/cli\/main\.ts\(1,14\)/);
});

test('A package of another version than the locked one is installed anew, and a failure shows what npm said', async () => {
  lock('node_modules/.package-lock.json', { 'node_modules/one': { version: '0.9.0' } });
  const outcome = await run('bin/fenghuo.js');
  expect(outcome).toMatchObject({ code: 1, stdout: '' });
  expect(outcome.stderr).toMatch(/正在安装依赖…[\s\S]*依赖安装失败，npm 的输出：[\s\S]*npm error/);
});

test('Of several commands on an unbuilt clone one sets it up while the others wait', async () => {
  const all = await Promise.all([1, 2, 3].map((n) => run('bin/fenghuo.js', String(n))));
  expect(all.map(({ code, stdout }) => [code, stdout])).toEqual([
    [3, 'hello 1'],
    [3, 'hello 2'],
    [3, 'hello 3'],
  ]);
  expect(all.filter(({ stderr }) => stderr.includes('正在编译'))).toHaveLength(1);
});

test('A set-up that was killed does not block the next one', async () => {
  mkdirSync(join(clone, 'dist'));
  write('dist/.setup.lock', '999999');
  expect(await run('bin/fenghuo.js')).toMatchObject({ code: 3 });
});

test('An unknown task is wrong usage', async () => {
  expect(await run('bin/task.js', 'dance')).toMatchObject({ code: 2, stderr: expect.stringContaining('test | check | build | dev | e2e') });
});
