/** Makes the database cluster once: UTF-8, passwords as scram-sha-256, checksums, a random password in a 0600 file. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Account } from './account';
import { type Binaries, cannotRun, program } from './binaries';
import { damaged, diskFull, EmbeddedFault, errorCode, fileFault, passwordLost, printedFault } from './faults';
import type { Home } from './home';
import { isAlive } from './processes';

/** The owner of the cluster and the name of its one database. */
export const NAME = 'fenghuo';
const MAJOR = '18';
/** To make a cluster, and to work on one that is there: two pieces of the journal. */
const ROOM_TO_MAKE = 300 * 1024 * 1024;
const ROOM_TO_WORK = 32 * 1024 * 1024;

/** What every child of ours sees; nothing of our own environment reaches the server, least of all a time zone. */
export const SERVER_ENV = { PATH: process.env.PATH ?? '', SystemRoot: process.env.SystemRoot ?? '', LC_ALL: 'C', TZ: 'UTC' };

interface Making {
  readonly home: Home;
  readonly binaries: Binaries;
  readonly account: Account | null;
  /** Whether the new files must outlive a power cut in the next minute; tests need not wait for the disk. */
  readonly isLasting: boolean;
  readonly log: Logger;
}

/**
 * Makes the cluster when there is none and answers its password. A half-made one is never taken for whole: it is made under
 * another name and renamed, and what a killed start left of one is removed. Refuses a cluster of another PostgreSQL version, one
 * that is not whole and one whose password file is gone.
 */
export async function readyCluster(how: Making): Promise<string> {
  const { home } = how;
  try {
    removeHalfMade(home);
    const isThere = existsSync(home.cluster);
    const { bavail, bsize } = statfsSync(home.folder);
    if (bavail * bsize < (isThere ? ROOM_TO_WORK : ROOM_TO_MAKE)) throw diskFull(home.folder);
    if (!isThere) await makeCluster(how);
    checkVersion(home);
    return readPassword(home);
  } catch (fault) {
    throw fileFault(home.folder, fault);
  }
}

async function makeCluster({ home, binaries, account, isLasting, log }: Making): Promise<void> {
  log.info({ folder: home.folder }, '首次启动：正在创建内置数据库。');
  makePassword(home, account);
  const half = `${home.cluster}.${halfName()}`;
  const flags = [
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--auth=scram-sha-256',
    ...(isLasting ? [] : ['--no-sync']),
  ];
  const { code, printed } = await run(
    program(binaries, 'initdb'),
    ['-D', half, `--username=${NAME}`, `--pwfile=${home.password}`, ...flags],
    account,
    home,
  );
  if (code !== 0) {
    rmSync(half, { recursive: true, force: true });
    throw printedFault(home.folder, '创建内置数据库失败', printed);
  }
  keepFirst(half, home.cluster);
}

/** Two starts may make a cluster at the same time; the first to finish wins. */
function keepFirst(half: string, cluster: string): void {
  try {
    renameSync(half, cluster);
  } catch (fault) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(cluster)) throw fault;
  }
}

function makePassword(home: Home, account: Account | null): void {
  const mine = `${home.password}.${halfName()}`;
  try {
    writeLasting(mine, `${randomBytes(24).toString('base64url')}\n`);
    if (account) chownSync(mine, account.uid, account.gid);
    linkSync(mine, home.password);
  } catch (fault) {
    if (errorCode(fault) !== 'EEXIST') throw fault;
  } finally {
    rmSync(mine, { force: true });
  }
}

function writeLasting(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Names its maker, so that nobody removes what another start is still making. */
function halfName(): string {
  return `${process.pid}-${randomBytes(4).toString('hex')}.new`;
}

function removeHalfMade(home: Home): void {
  for (const name of readdirSync(home.folder)) {
    const [, maker] = /\.(\d+)-[0-9a-f]+\.new$/.exec(name) ?? [];
    // The maker's initdb may outlive it for a moment and still write.
    if (maker && Number(maker) !== process.pid && !isAlive(Number(maker)))
      rmSync(join(home.folder, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** An empty one is what a power cut at the first start can leave. */
function readPassword(home: Home): string {
  const password = readIfThere(home.password)?.trim();
  if (password) return password;
  throw passwordLost(home.password, '已丢失');
}

function checkVersion(home: Home): void {
  const version = readIfThere(join(home.cluster, 'PG_VERSION'))?.trim();
  if (version === MAJOR) return;
  if (!version) throw damaged(home.folder, '');
  throw new EmbeddedFault(
    'other_version',
    `数据目录 ${home.cluster} 属于 PostgreSQL ${version}，本版本使用 ${MAJOR}：请继续使用原版本程序，或用 PostgreSQL ${version} 的工具导出后导入新的数据目录。`,
  );
}

function readIfThere(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** Runs a program to its end as the server's account and collects what it prints. */
function run(
  path: string,
  args: readonly string[],
  account: Account | null,
  home: Home,
): Promise<{ code: number | null; printed: string }> {
  const as = account ? { uid: account.uid, gid: account.gid } : {};
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { ...as, cwd: home.folder, env: SERVER_ENV, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let printed = '';
    child.stdout.on('data', (text) => (printed += text));
    child.stderr.on('data', (text) => (printed += text));
    child.once('error', (fault) => reject(cannotRun(path, fault)));
    child.once('close', (code) => resolve({ code, printed }));
  });
}
