/** A real Redis on a free loopback port, for one test file. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** Without it the Redis suites are left out. */
export const hasRedis = (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'redis-server')));

export interface TestRedis {
  readonly url: string;
  /** One command on a connection of its own. */
  command(name: string, ...args: string[]): Promise<unknown>;
  /** Kills the server; `start` brings it back on the same port, empty. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

/** Started and answering when it resolves. */
export async function startRedis(policy = 'noeviction'): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'fenghuo-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let end: () => Promise<void> = async () => undefined;
  const start = async (): Promise<void> => {
    const flags = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--maxmemory-policy', policy];
    const child = spawn('redis-server', flags, { stdio: 'ignore' });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    end = async () => {
      child.kill('SIGKILL');
      await ended;
    };
    while ((await command(url, 'PING').catch(() => '')) !== 'PONG') await pause(20);
  };
  await start();
  return {
    url,
    command: (name, ...args) => command(url, name, ...args),
    kill: () => end(),
    start,
    stop: async () => {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function command(url: string, name: string, ...args: string[]): Promise<unknown> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0, disconnectTimeout: 50 });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return await redis.call(name, ...args);
  } finally {
    redis.disconnect();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const bound = probe.address();
      probe.close(() => resolve(typeof bound === 'object' && bound ? bound.port : 0));
    });
  });
}
