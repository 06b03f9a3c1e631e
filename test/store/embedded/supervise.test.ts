/** The watch over the server, at the moments that real kills hit only by chance. */
import { expect, test } from '@jest/globals';
import pino from 'pino';
import { EmbeddedFault } from '../../../src/store/embedded/faults';
import type { Server } from '../../../src/store/embedded/launch';
import { type Supervised, supervise } from '../../../src/store/embedded/supervise';

test('a stop that comes while a server is being started ends that server too', async () => {
  const [first, second] = [server(1), server(2)];
  const starting = gate<Server>();
  const asked = gate<void>();
  const { supervisor, ended } = watched(first, () => {
    asked.open();
    return starting.passed;
  });
  first.die();
  await asked.passed;
  const stopped = supervisor.stop();
  starting.open(second);
  await stopped;
  expect(ended).toEqual([2]);
});

test('a reason that stays the same is told once, a new one at once, and the return once', async () => {
  const [first, second] = [server(1), server(2)];
  const reasons = ['磁盘空间不足', '磁盘空间不足', '权限不足'];
  const { supervisor, told } = watched(first, async () => {
    const why = reasons.shift();
    if (why) throw new EmbeddedFault('start_failed', why);
    return second;
  });
  first.die();
  while (supervisor.pid() !== 2) await new Promise(setImmediate);
  await supervisor.stop();
  expect(told.map((line) => line.replace(/^.*[：，]/, ''))).toEqual([
    '正在重新启动。',
    '磁盘空间不足',
    '权限不足',
    '内置数据库已恢复运行。',
  ]);
});

function watched(first: Server, start: Supervised['start']) {
  const ended: number[] = [];
  const told: string[] = [];
  const log = pino({}, { write: (line) => told.push(JSON.parse(line).msg) });
  const end = async ({ pid }: Server): Promise<void> => void ended.push(pid);
  return { supervisor: supervise({ first, start, end, isReachable: () => true, log }), ended, told };
}

function server(pid: number): Server & { die(): void } {
  const life = gate<void>();
  return { pid, ended: life.passed, die: () => life.open() };
}

function gate<T>(): { readonly passed: Promise<T>; open(value: T): void } {
  let open: (value: T) => void = () => undefined;
  const passed = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}
