/** What copying, unpacking and chmod -R do to a data folder, mended before PostgreSQL refuses it. */
import { chmodSync, existsSync, lchownSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { type Account, accountName } from './account';
import { EmbeddedFault, fileFault, noRights } from './faults';
import type { Home } from './home';

/**
 * Gives the folder to the server's account alone: its owner when we are root, modes 0700 and 0600. Does nothing where they are
 * right, says in the log what it mended, may run again. Refuses (`other_owner`) an ordinary user the folder of somebody else, and
 * (`no_rights`) a file system that keeps neither owners nor modes.
 */
export function mendRights(home: Home, account: Account | null, log: Logger): void {
  if (process.getuid === undefined) return;
  try {
    mend(home, account, log);
  } catch (fault) {
    throw fileFault(home.folder, fault);
  }
}

function mend(home: Home, account: Account | null, log: Logger): void {
  const wanted = account?.uid ?? process.getuid?.();
  const there = [home.folder, home.cluster, home.password].filter((path) => existsSync(path));
  if (there.some((path) => statSync(path).uid !== wanted)) giveTo(account, home.folder, log);
  const open = there.filter((path) => isOpen(path, home));
  if (open.length === 0) return;
  for (const path of open) chmodSync(path, path === home.password ? 0o600 : 0o700);
  if (open.some((path) => isOpen(path, home))) throw noRights(home.folder);
  log.warn({ open }, '数据目录的权限曾被放宽，已改回只许数据库账户访问。');
}

function giveTo(account: Account | null, folder: string, log: Logger): void {
  if (!account) throw otherOwner(folder);
  const inside = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  for (const at of [folder, ...inside]) lchownSync(at, account.uid, account.gid);
  if (statSync(folder).uid !== account.uid) throw noRights(folder);
  log.warn({ folder }, `数据目录中有其他账户的文件，已全部改归数据库账户 ${account.name}。`);
}

function otherOwner(folder: string): EmbeddedFault {
  const [owner, us] = [accountName(statSync(folder).uid), accountName(process.getuid?.() ?? 0)];
  return new EmbeddedFault(
    'other_owner',
    `数据目录 ${folder} 中有账户 ${owner} 的文件，当前账户 ${us} 不能使用：请改由 root 或 ${owner} 启动，或由 root 执行 chown -R ${us} ${folder} 后重新启动。`,
  );
}

/** PostgreSQL allows its group to read, which some backup programs ask for; nobody shares the password. */
function isOpen(path: string, home: Home): boolean {
  return (statSync(path).mode & (path === home.password ? 0o077 : 0o027)) !== 0;
}
