/** The folder of the embedded database: below the data folder where the server's account can go there, else beside the system's data. */
import { chownSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readlinkSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Logger } from 'pino';
import { type Account, canEnter } from './account';
import { EmbeddedFault, errorCode, fileFault, pathTooLong } from './faults';

/** Where root's data goes when the server's account cannot enter the data folder. */
const SYSTEM_DATA = '/var/lib/fenghuo';
const PATH_LIMIT_BYTES = 900;

export interface Home {
  /** Holds everything below; owned by the server's account. */
  readonly folder: string;
  /** The cluster itself. */
  readonly cluster: string;
  readonly password: string;
  readonly log: string;
}

/** Where people look for the database of this data folder; may be a link, or not be there yet. */
export function homeOf(dataDir: string): string {
  return join(resolve(dataDir), 'postgres');
}

/**
 * Makes `<dataDir>/postgres` when missing. As root with a data folder that the server's account cannot enter (a clone below a
 * 0700 home) it becomes a link into /var/lib/fenghuo, and the log says so. May run again. Refuses `data_gone` when the link leads
 * nowhere: an empty database in the place of a lost one would pass for it; `closed_folder` when data stands where that account
 * cannot go.
 */
export function prepareHome(dataDir: string, account: Account | null, log: Logger): Home {
  const wanted = homeOf(dataDir);
  try {
    mkdirSync(dirname(wanted), { recursive: true });
    if (!existsSync(wanted)) makeFolder(wanted, account, log);
    const folder = realpathSync(wanted);
    if (Buffer.byteLength(folder) > PATH_LIMIT_BYTES) throw pathTooLong(folder);
    if (!canEnter(account, dirname(folder))) throw closed(folder, account?.name ?? '');
    return { folder, cluster: join(folder, 'cluster'), password: join(folder, 'password'), log: join(folder, 'server.log') };
  } catch (fault) {
    throw fileFault(dataDir, fault);
  }
}

function makeFolder(wanted: string, account: Account | null, log: Logger): void {
  if (lstatSync(wanted, { throwIfNoEntry: false })?.isSymbolicLink()) throw dataGone(wanted);
  if (canEnter(account, dirname(wanted))) ownFolder(wanted, account);
  else linkElsewhere(wanted, account, log);
}

/** The place has a name of its own: a clone made anew under an old path must not find the data of the old one. */
function linkElsewhere(wanted: string, account: Account | null, log: Logger): void {
  mkdirSync(SYSTEM_DATA, { recursive: true, mode: 0o755 });
  const elsewhere = mkdtempSync(join(SYSTEM_DATA, 'data-'));
  try {
    ownFolder(elsewhere, account);
    symlinkSync(elsewhere, wanted);
    log.warn(
      { folder: elsewhere },
      `数据库账户 ${account?.name ?? ''} 无法进入 ${wanted}，数据库数据改放在 ${elsewhere}（原处留有链接）。`,
    );
  } catch (fault) {
    rmSync(elsewhere, { recursive: true });
    // Two first starts at the same moment: the other one made the link.
    if (errorCode(fault) !== 'EEXIST') throw fault;
  }
}

function ownFolder(folder: string, account: Account | null): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account) chownSync(folder, account.uid, account.gid);
}

/** Data that stood in an open place and was moved below a closed folder, or the folder was closed afterwards. */
function closed(folder: string, account: string): EmbeddedFault {
  return new EmbeddedFault(
    'closed_folder',
    `数据库账户 ${account} 无法进入数据目录 ${folder} 的上级目录：请把数据目录移到所有账户可进入的位置（如 /srv），并用 FENGHUO_DATA_DIR 指定。`,
  );
}

function dataGone(wanted: string): EmbeddedFault {
  const target = readlinkSync(wanted);
  return new EmbeddedFault(
    'data_gone',
    `数据目录 ${wanted} 是指向 ${target} 的链接，而那里已没有数据：请先恢复 ${target}；确实要从空数据库开始时，删除该链接后重新启动。`,
  );
}
