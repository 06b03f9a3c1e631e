/** The simulation can fail: sources with a mistake of one line in them are found out. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { applied, parsePatch } from './patch';

const run = promisify(execFile);

test('each planted fault still fits the sources, and the simulation finds it within few seeds', async () => {
  const names = readdirSync(resolve(__dirname, 'faults')).map((file) => file.replace('.patch', ''));
  const program = ['-r', resolve('bench/typescript.js'), resolve(__dirname, 'main.ts'), '--faults', '--known'];
  const { stdout } = await run(process.execPath, program).catch((fault: { stdout: string; stderr: string }) => ({
    stdout: `${fault.stdout}${fault.stderr}`,
  }));
  const found = stdout.split('\n').filter((line) => line.includes(' seed '));
  expect(found.map((line) => line.split(' ')[0])).toEqual(names.sort());
  expect(names.length).toBeGreaterThanOrEqual(10);
}, 300_000);

const PATCH = `Why it is a mistake.

--- a/src/x.ts
+++ b/src/x.ts
@@ -7,3 +7,3 @@
 one
-two
+three
 four
`;

test('a planted fault is found by its words wherever they have moved, and fits nothing that is gone or there twice', () => {
  const [file = { path: '', hunks: [] }] = parsePatch(PATCH).files;
  expect(file.path).toBe('src/x.ts');
  expect(applied('new\none\ntwo\nfour\n', file)).toBe('new\none\nthree\nfour\n');
  expect(applied('one\nfour\n', file)).toBeNull();
  expect(applied('one\ntwo\nfour\none\ntwo\nfour\n', file)).toBeNull();
  expect(() => parsePatch('nothing')).toThrow('changes nothing');
});
