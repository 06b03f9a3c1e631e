/** PostgreSQL refuses to run as root: under which account the server runs, and where that account may go. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { EmbeddedFault } from './faults';

/** A system account by its numbers. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * The account to drop to when this process is root: the one that owns `folder` already (made by an earlier start of an ordinary
 * user), else `postgres`, else `nobody`; null when the server may run as ourselves.
 */
export function serverAccount(folder: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = systemAccounts();
  const owner = existsSync(folder) ? statSync(folder) : null;
  if (owner && owner.uid !== 0) return accounts.find(({ uid }) => uid === owner.uid) ?? unnamed(owner);
  const found = ['postgres', 'nobody'].flatMap((wanted) => accounts.filter(({ name }) => name === wanted));
  if (found[0]) return found[0];
  throw new EmbeddedFault('no_account', '数据库不能以 root 身份运行，而系统中没有 postgres 或 nobody 账户：请改用普通用户启动。');
}

/** What people call an account; its number when the system has no name for it. */
export function accountName(uid: number): string {
  return systemAccounts().find((account) => account.uid === uid)?.name ?? String(uid);
}

/** Whether the account may enter this folder and every folder above it, by their mode bits. */
export function canEnter(account: Account | null, folder: string): boolean {
  if (!account) return true;
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (!mayPass(account, at)) return false;
    if (at === dirname(at)) return true;
  }
}

function systemAccounts(): readonly Account[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}

function unnamed({ uid, gid }: { readonly uid: number; readonly gid: number }): Account {
  return { name: String(uid), uid, gid };
}

function mayPass(account: Account, folder: string): boolean {
  const { mode, uid, gid } = statSync(folder);
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
