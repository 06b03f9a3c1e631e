/** The simulation can fail: sources with a mistake of one line in them are found out. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const run = promisify(execFile);

test('each planted fault still fits the sources, and the seed that is known to find it does', async () => {
  const names = readdirSync(resolve(__dirname, 'faults')).map((file) => file.replace('.patch', ''));
  const program = ['-r', resolve('bench/typescript.js'), resolve(__dirname, 'main.ts'), '--faults', '--known'];
  const { stdout } = await run(process.execPath, program).catch((fault: { stdout: string; stderr: string }) => ({
    stdout: `${fault.stdout}${fault.stderr}`,
  }));
  const found = stdout.split('\n').filter((line) => line.includes(' seed '));
  expect(found.map((line) => line.split(' ')[0])).toEqual(names.sort());
  expect(names.length).toBeGreaterThanOrEqual(10);
}, 300_000);
