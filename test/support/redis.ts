/** A real Redis on a free loopback port, for one test file. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from './freePort';

/** Without it the Redis suites are left out. */
export const hasRedis = (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'redis-server')));

export interface TestRedis {
  readonly url: string;
  /** One command on a connection of its own. */
  command(name: string, ...args: string[]): Promise<unknown>;
  /** Deletes the queue's jobs and leaves what it keeps about them. */
  deleteJobs(): Promise<void>;
  /** Ids of the alarms that are set. */
  alarms(): Promise<readonly string[]>;
  /** Each connection in the server's own words, but for the one that asks. */
  connections(): Promise<readonly string[]>;
  /** Cuts every connection; the server lives on. */
  cut(): Promise<void>;
  /** Kills the server; `start` brings it back on the same port, empty. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

const QUEUE_KEYS = 'bull:fenghuo:';
/** Settings, counters and who stands for which deduplicated ring. */
const KEPT_ABOUT_JOBS = /:(meta|id|events|de:[a-z]+)$/;

/** Started and answering when it resolves. */
export async function startRedis(policy = 'noeviction'): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'fenghuo-redis-'));
  let server = await serve(await freePort(), folder, policy);
  // Somebody else was faster at this port.
  while (server === null) server = await serve(await freePort(), folder, policy);
  const { port } = server;
  let end = server.end;
  const url = urlAt(port);
  const start = async (): Promise<void> => {
    const again = await serve(port, folder, policy);
    if (again === null) throw new Error(`port ${port} was taken meanwhile`);
    end = again.end;
  };
  return {
    url,
    command: (name, ...args) => command(url, name, ...args),
    deleteJobs: async () => {
      const jobs = (await keys(url)).filter((key) => !KEPT_ABOUT_JOBS.test(key));
      if (jobs.length > 0) await command(url, 'DEL', ...jobs);
    },
    alarms: async () => (await command(url, 'ZRANGE', `${QUEUE_KEYS}delayed`, '0', '-1')) as string[],
    connections: async () => {
      const lines = String(await command(url, 'CLIENT', 'LIST'))
        .trim()
        .split('\n');
      return lines.filter((line) => !line.includes('cmd=client'));
    },
    cut: async () => {
      for (const kind of ['normal', 'pubsub']) await command(url, 'CLIENT', 'KILL', 'TYPE', kind);
    },
    kill: () => end(),
    start,
    stop: async () => {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Server {
  readonly port: number;
  end(): Promise<void>;
}

/** Null when the port is somebody else's. */
async function serve(port: number, folder: string, policy: string): Promise<Server | null> {
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--maxmemory-policy', policy];
  const child = spawn('redis-server', flags, { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const own = `process_id:${child.pid}\r`;
  while (child.exitCode === null) {
    const info = await command(urlAt(port), 'INFO', 'server').catch(() => '');
    if (String(info).includes(own)) {
      const end = async (): Promise<void> => {
        child.kill('SIGKILL');
        await ended;
      };
      return { port, end };
    }
    await pause(20);
  }
  return null;
}

function urlAt(port: number): string {
  return `redis://127.0.0.1:${port}`;
}

async function keys(url: string): Promise<readonly string[]> {
  return (await command(url, 'KEYS', `${QUEUE_KEYS}*`)) as string[];
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
