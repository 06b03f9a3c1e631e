/** PostgreSQL refuses to run as root: under which account the server runs, and where that account may go. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { EmbeddedFault } from './faults';

/** A system account by its numbers. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The account to drop to when this process is root (`postgres`, else `nobody`); null when the server may run as ourselves. */
export function serverAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const found = accounts.find(([name]) => name === wanted);
    if (found) return { name: wanted, uid: Number(found[2]), gid: Number(found[3]) };
  }
  throw new EmbeddedFault('no_account', '数据库不能以 root 身份运行，而系统中没有 postgres 或 nobody 账户：请改用普通用户启动。');
}

/** Whether the account may enter this folder and every folder above it, by their mode bits. */
export function canEnter(account: Account | null, folder: string): boolean {
  if (!account) return true;
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (!mayPass(account, at)) return false;
    if (at === dirname(at)) return true;
  }
}

function mayPass(account: Account, folder: string): boolean {
  const { mode, uid, gid } = statSync(folder);
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
