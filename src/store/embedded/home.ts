/** The folder of the embedded database: below the data folder where the server's account can go there, else beside the system's data. */
import { createHash } from 'node:crypto';
import { chownSync, existsSync, lstatSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Logger } from 'pino';
import { type Account, canEnter } from './account';
import { fileFault } from './faults';

/** Where root's data goes when the server's account cannot enter the data folder. */
const SYSTEM_DATA = '/var/lib/fenghuo';

export interface Home {
  /** Holds everything below; owned by the server's account. */
  readonly folder: string;
  /** The cluster itself. */
  readonly cluster: string;
  readonly password: string;
  readonly log: string;
}

/**
 * Makes `<dataDir>/postgres` when missing. As root with a data folder that the server's account cannot enter (a clone below a
 * 0700 home) it becomes a link into /var/lib/fenghuo, and the log says so. May run again.
 */
export function prepareHome(dataDir: string, account: Account | null, log: Logger): Home {
  const wanted = join(resolve(dataDir), 'postgres');
  try {
    mkdirSync(resolve(dataDir), { recursive: true });
    if (!existsSync(wanted)) makeFolder(wanted, account, log);
    const folder = realpathSync(wanted);
    return { folder, cluster: join(folder, 'cluster'), password: join(folder, 'password'), log: join(folder, 'server.log') };
  } catch (fault) {
    throw fileFault(dataDir, fault);
  }
}

function makeFolder(wanted: string, account: Account | null, log: Logger): void {
  if (canEnter(account, join(wanted, '..'))) {
    ownFolder(wanted, account);
    return;
  }
  const elsewhere = join(SYSTEM_DATA, createHash('sha256').update(wanted).digest('hex').slice(0, 12));
  mkdirSync(SYSTEM_DATA, { recursive: true, mode: 0o755 });
  ownFolder(elsewhere, account);
  if (!lstatSync(wanted, { throwIfNoEntry: false })) symlinkSync(elsewhere, wanted);
  log.warn({ folder: elsewhere }, `数据库账户 ${account?.name ?? ''} 无法进入 ${wanted}，数据库数据改放在 ${elsewhere}（原处留有链接）。`);
}

function ownFolder(folder: string, account: Account | null): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account) chownSync(folder, account.uid, account.gid);
}
