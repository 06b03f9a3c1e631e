/** Launches one server process and waits until it takes connections. */
import { spawn } from 'node:child_process';
import { chownSync, closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Account, canEnter } from './account';
import { type Binaries, cannotRun, program } from './binaries';
import { NAME, SERVER_ENV } from './cluster';
import { fileFault, printedFault } from './faults';
import type { Home } from './home';
import { notedPostmaster, type Postmaster } from './postmaster';
import { clusterName, isAlive } from './processes';

/** Where the server listens: a socket folder (absolute path), or a port on loopback where sockets are missing. */
export interface Address {
  readonly host: string;
  readonly port: number;
  /** Makes the socket folder anew when somebody has removed it. */
  restore(): void;
  /** Whether the socket is still where clients look for it. */
  isThere(): boolean;
  /** Removes the socket folder. */
  remove(): void;
}

export interface Server {
  readonly pid: number;
  /** Settles when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
}

/** The database every cluster has: ownership is held there, since such a lock counts within one database only. */
export const MAINTENANCE = 'postgres';

const LOG_LIMIT = 10 * 1024 * 1024;
/** Longest path of a socket on the systems we know (macOS; Linux allows 107). */
const SOCKET_PATH_LIMIT = 103;
const SOCKET_FOLDER = 'fenghuo-pg-';
const DEFAULT_PORT = 5432;

/**
 * A new socket folder that only the server's account may enter: in the system's folder for temporary files, else in the usual
 * places when that one is missing, closed, too long or has a name that PostgreSQL cannot take. A free loopback port where no
 * folder will do, and on Windows.
 */
export async function chooseAddress(account: Account | null): Promise<Address> {
  const parents = process.platform === 'win32' ? [] : [tmpdir(), '/tmp', '/var/tmp', '/run'];
  for (const parent of parents) {
    const host = socketFolder(parent, account);
    if (host) return socketAddress(host, account);
  }
  return { host: '127.0.0.1', port: await freePort(), restore: () => undefined, isThere: () => true, remove: () => undefined };
}

function socketAddress(host: string, account: Account | null): Address {
  return {
    host,
    port: DEFAULT_PORT,
    restore: () => {
      if (existsSync(host)) return;
      mkdirSync(host, { mode: 0o700 });
      if (account) chownSync(host, account.uid, account.gid);
    },
    isThere: () => existsSync(join(host, `.s.PGSQL.${DEFAULT_PORT}`)),
    remove: () => rmSync(host, { recursive: true, force: true }),
  };
}

function socketFolder(parent: string, account: Account | null): string | null {
  if (Buffer.byteLength(parent) + 30 > SOCKET_PATH_LIMIT || /[,"]/.test(parent)) return null;
  try {
    if (!canEnter(account, parent)) return null;
    const folder = mkdtempSync(join(parent, SOCKET_FOLDER));
    if (account) chownSync(folder, account.uid, account.gid);
    return folder;
  } catch {
    return null;
  }
}

/** Removes the socket folder that a killed server of this cluster left, and nothing that is not one of ours. */
export function removeLeftAddress({ cluster, socketDir }: Postmaster, home: Home): void {
  if (cluster === home.cluster && basename(socketDir).startsWith(SOCKET_FOLDER)) rmSync(socketDir, { recursive: true, force: true });
}

/** The connection string; sockets go into `host=`, which every client and URL parser understands. */
export function urlOf({ host, port }: Pick<Address, 'host' | 'port'>, database: string, password: string): string {
  const base = `postgresql://${NAME}:${password}@`;
  return host.startsWith('/')
    ? `${base}localhost:${port}/${database}?host=${encodeURIComponent(host)}`
    : `${base}${host}:${port}/${database}`;
}

/** A server about to be started: its data, its programs, whose account it runs under (null: ours), where it listens. */
export interface Launch {
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
  address.restore();
  const output = openLog(home, account);
  const begin = statSync(home.log).size;
  const as = account ? { uid: account.uid, gid: account.gid } : {};
  const child = spawn(path, ['-D', home.cluster, ...flags(home, address, settings)], {
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
  const isUp = await Promise.race(child.pid === undefined ? [failed] : [ready(home, child.pid, log), ended.then(() => false)]);
  if (!isUp) throw printedFault(home.folder, '内置数据库启动失败', readFileSync(home.log).subarray(begin).toString('utf8'));
  return { pid: child.pid ?? 0, ended };
}

function flags(home: Home, address: Address, more: Readonly<Record<string, string>>): string[] {
  const where = address.host.startsWith('/')
    ? { listen_addresses: '', unix_socket_directories: address.host, unix_socket_permissions: '0700' }
    : { listen_addresses: address.host, unix_socket_directories: '' };
  const name = { cluster_name: clusterName(home.cluster), port: String(address.port) };
  const settings = { ...where, ...name, max_wal_size: '256MB', timezone: 'UTC', log_timezone: 'Asia/Shanghai', ...more };
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

function openLog(home: Home, account: Account | null): number {
  try {
    const size = statSync(home.log, { throwIfNoEntry: false })?.size ?? 0;
    if (size > LOG_LIMIT) renameSync(home.log, `${home.log}.1`);
    const opened = openSync(home.log, 'a', 0o600);
    if (account) chownSync(home.log, account.uid, account.gid);
    return opened;
  } catch (fault) {
    throw fileFault(home.folder, fault);
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
