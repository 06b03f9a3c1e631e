/** The simulator in a process of its own: bot and platform meet over sockets only, and the journey is the same. */
import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { walkTheMainRoad } from '../journeys/mainRoad';
import { type Bureau, openBureau } from '../support/bureau';

let simulator: ChildProcess;
let bureau: Bureau;

beforeAll(async () => {
  simulator = spawn(process.execPath, ['bin/fenghuo.js', 'sandbox', '--only'], { cwd: resolve('.'), stdio: ['ignore', 'pipe', 'ignore'] });
  const line = await new Promise<string>((done, failed) => {
    simulator.stdout?.once('data', (chunk: Buffer) => done(chunk.toString('utf8')));
    simulator.once('exit', (code) => failed(new Error(`the simulator ended at once with ${code}`)));
  });
  bureau = await openBureau({ SANDBOX_URL: (JSON.parse(line) as { url: string }).url });
}, 120_000);

afterAll(async () => {
  await bureau?.close();
  simulator.kill('SIGTERM');
});

test('the main road passes with bot and simulator in two processes', async () => {
  expect(bureau.app.page).not.toContain(bureau.app.url);
  await walkTheMainRoad(bureau);
}, 120_000);
