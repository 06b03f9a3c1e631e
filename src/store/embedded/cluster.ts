/** Makes the database cluster once: UTF-8, passwords as scram-sha-256, checksums, a random password in a 0600 file. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Account } from './account';
import { type Binaries, cannotRun, program } from './binaries';
import { diskFull, EmbeddedFault, errorCode, fileFault, printedFault } from './faults';
import type { Home } from './home';

/** The owner of the cluster and the name of its one database. */
export const NAME = 'fenghuo';
const MAJOR = '18';
const ROOM_NEEDED = 300 * 1024 * 1024;
const HALF_MADE_AFTER_MS = 600_000;

/** What every child of ours sees; nothing of our own environment reaches the server, least of all a time zone. */
export const SERVER_ENV = { PATH: process.env.PATH ?? '', SystemRoot: process.env.SystemRoot ?? '', LC_ALL: 'C', TZ: 'UTC' };

/**
 * Makes the cluster when there is none and answers its password. A half-made one is never taken for whole: it is made under
 * another name and renamed. Refuses a cluster of another PostgreSQL version and one whose password file is gone.
 */
export async function readyCluster(home: Home, binaries: Binaries, account: Account | null, log: Logger): Promise<string> {
  try {
    if (!existsSync(home.cluster)) await makeCluster(home, binaries, account, log);
    checkVersion(home);
    return readFileSync(home.password, 'utf8').trim();
  } catch (fault) {
    if (errorCode(fault) !== 'ENOENT' || existsSync(home.password)) throw fileFault(home.folder, fault);
    throw new EmbeddedFault('password_lost', `数据库口令文件 ${home.password} 已丢失：请从备份恢复该文件（权限 0600）后重新启动。`);
  }
}

async function makeCluster(home: Home, binaries: Binaries, account: Account | null, log: Logger): Promise<void> {
  const room = statfsSync(home.folder);
  if (room.bavail * room.bsize < ROOM_NEEDED) throw diskFull(home.folder);
  log.info({ folder: home.folder }, '首次启动：正在创建内置数据库。');
  removeHalfMade(home);
  makePassword(home, account);
  const half = `${home.cluster}.${randomBytes(4).toString('hex')}.new`;
  const flags = [
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--auth=scram-sha-256',
    '--no-sync',
  ];
  const { code, printed } = await run(
    program(binaries, 'initdb'),
    ['-D', half, `--username=${NAME}`, `--pwfile=${home.password}`, ...flags],
    account,
    home,
  );
  if (code !== 0) throw printedFault(home.folder, '创建内置数据库失败', printed);
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
  const mine = `${home.password}.${randomBytes(4).toString('hex')}`;
  writeFileSync(mine, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  if (account) chownSync(mine, account.uid, account.gid);
  try {
    linkSync(mine, home.password);
  } catch (fault) {
    if (errorCode(fault) !== 'EEXIST') throw fault;
  } finally {
    rmSync(mine);
  }
}

function removeHalfMade(home: Home): void {
  for (const name of readdirSync(home.folder).filter((found) => found.endsWith('.new'))) {
    const at = join(home.folder, name);
    if (Date.now() - statSync(at).mtimeMs > HALF_MADE_AFTER_MS) rmSync(at, { recursive: true, force: true });
  }
}

function checkVersion(home: Home): void {
  const version = readFileSync(join(home.cluster, 'PG_VERSION'), 'utf8').trim();
  if (version === MAJOR) return;
  throw new EmbeddedFault(
    'other_version',
    `数据目录 ${home.cluster} 属于 PostgreSQL ${version}，本版本使用 ${MAJOR}：请继续使用原版本程序，或用 PostgreSQL ${version} 的工具导出后导入新的数据目录。`,
  );
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
