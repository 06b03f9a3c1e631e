/** Launches one server process and waits until it takes connections. */
import { spawn } from 'node:child_process';
import { chownSync, closeSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Account, canEnter } from './account';
import { type Binaries, cannotRun, program } from './binaries';
import { NAME, SERVER_ENV } from './cluster';
import { printedFault } from './faults';
import type { Home } from './home';
import { notedPostmaster } from './postmaster';

/** Where the server listens: a socket folder (absolute path), or a port on loopback where sockets are missing. */
export interface Address {
  readonly host: string;
  readonly port: number;
  /** Removes the socket folder. */
  remove(): void;
}

export interface Server {
  readonly pid: number;
  /** Settles when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
}

const LOG_LIMIT = 10 * 1024 * 1024;
/** Longest path of a socket on the systems we know (macOS; Linux allows 107). */
const SOCKET_PATH_LIMIT = 103;
const SOCKET_FOLDER = 'fenghuo-pg-';
const DEFAULT_PORT = 5432;

/** A new socket folder that only the server's account may enter; a free loopback port on Windows. */
export async function chooseAddress(account: Account | null): Promise<Address> {
  const parent = [tmpdir(), '/tmp'].find((folder) => folder.length + 30 <= SOCKET_PATH_LIMIT && canEnter(account, folder));
  if (process.platform === 'win32' || !parent) return { host: '127.0.0.1', port: await freePort(), remove: () => undefined };
  const host = mkdtempSync(join(parent, SOCKET_FOLDER));
  if (account) chownSync(host, account.uid, account.gid);
  return { host, port: DEFAULT_PORT, remove: () => rmSync(host, { recursive: true, force: true }) };
}

/** Removes the socket folder that a killed server left, and nothing that is not one of ours. */
export function removeLeftAddress(socketDir: string): void {
  if (basename(socketDir).startsWith(SOCKET_FOLDER)) rmSync(socketDir, { recursive: true, force: true });
}

/** The connection string; sockets go into `host=`, which every client and URL parser understands. */
export function urlOf({ host, port }: Pick<Address, 'host' | 'port'>, database: string, password: string): string {
  const base = `postgresql://${NAME}:${password}@`;
  return host.startsWith('/')
    ? `${base}localhost:${port}/${database}?host=${encodeURIComponent(host)}`
    : `${base}${host}:${port}/${database}`;
}

interface Launch {
  readonly home: Home;
  readonly binaries: Binaries;
  readonly account: Account | null;
  readonly address: Address;
  readonly settings: Readonly<Record<string, string>>;
  readonly log: Logger;
}

/** Starts the server in a process group of its own (Ctrl-C must not reach it before the bot has drained) and waits for `ready`. */
export async function launch({ home, binaries, account, address, settings, log }: Launch): Promise<Server> {
  const path = program(binaries, 'postgres');
  const output = openLog(home, account);
  const begin = statSync(home.log).size;
  const as = account ? { uid: account.uid, gid: account.gid } : {};
  const child = spawn(path, ['-D', home.cluster, ...flags(address, settings)], {
    ...as,
    cwd: home.folder,
    env: SERVER_ENV,
    detached: true,
    stdio: ['ignore', output, output],
    windowsHide: true,
  });
  closeSync(output);
  child.unref();
  const failed = new Promise<never>((_, reject) => child.once('error', (fault) => reject(cannotRun(path, fault))));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  failed.catch(() => undefined);
  const isUp = await Promise.race([ready(home, child.pid ?? 0, log), ended.then(() => false), failed]);
  if (!isUp) throw printedFault(home.folder, '内置数据库启动失败', readFileSync(home.log).subarray(begin).toString('utf8'));
  return { pid: child.pid ?? 0, ended };
}

function flags(address: Address, more: Readonly<Record<string, string>>): string[] {
  const where = address.host.startsWith('/')
    ? { listen_addresses: '', unix_socket_directories: address.host, unix_socket_permissions: '0700' }
    : { listen_addresses: address.host, unix_socket_directories: '' };
  const settings = { ...where, port: String(address.port), max_wal_size: '256MB', timezone: 'UTC', log_timezone: 'Asia/Shanghai', ...more };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Recovery after a crash may take its time, so there is no limit while the process lives; the log says every 10 s that it goes on. */
async function ready(home: Home, pid: number, log: Logger): Promise<boolean> {
  for (let ticks = 1; ; ticks += 1) {
    const noted = notedPostmaster(home.cluster);
    if (noted?.pid === pid && noted.status === 'ready') return true;
    if (!isAlive(pid)) return false;
    if (ticks % 500 === 0) log.info({ pid }, '内置数据库正在恢复数据，请稍候。');
    await pause(20);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function openLog(home: Home, account: Account | null): number {
  const size = statSync(home.log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT) renameSync(home.log, `${home.log}.1`);
  const opened = openSync(home.log, 'a', 0o600);
  if (account) chownSync(home.log, account.uid, account.gid);
  return opened;
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
