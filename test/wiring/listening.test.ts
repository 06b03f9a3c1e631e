/** The HTTP server's door: a crowd of strangers neither takes the whole process nor those who are already inside. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Listening, listen } from '../../src/wiring/listening';

const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
let listening: Listening;
let callers: Socket[];
beforeEach(async () => {
  callers = [];
  listening = await listen((_request, response) => response.end('served'), { host: '127.0.0.1', port: 0 }, SILENT);
});
afterEach(async () => {
  for (const caller of callers) caller.destroy();
  await listening.stop();
});

/** A connection that says nothing yet. */
async function call(): Promise<Socket> {
  const caller = connect({ host: '127.0.0.1', port: Number(new URL(listening.url).port) });
  callers.push(caller.on('error', () => undefined));
  await once(caller, 'connect');
  return caller;
}

/** Is it answered, or hung up on? */
async function isServed(caller: Socket): Promise<boolean> {
  const heard = new Promise<boolean>((resolve) => {
    caller.once('data', (words) => resolve(String(words).startsWith('HTTP/1.1 200 ')));
    if (caller.closed) resolve(false);
    else caller.once('close', () => resolve(false));
  });
  caller.write('GET / HTTP/1.1\r\nHost: duty\r\n\r\n');
  return heard;
}

test('two thousand callers are heard at once; one more is hung up on, and is let in when somebody has left', async () => {
  const first = await call();
  while (callers.length < 1_999) await call();
  const last = await call();
  expect(await isServed(await call())).toBe(false);
  expect([await isServed(first), await isServed(last)]).toEqual([true, true]);
  first.destroy();
  while (!(await isServed(await call())));
});
