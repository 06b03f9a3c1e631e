/** What can go wrong with the embedded database, each as one sentence that says what to do. */
import { statfsSync } from 'node:fs';

export type EmbeddedFaultCode =
  | 'no_package'
  | 'cannot_run'
  | 'no_account'
  | 'other_owner'
  | 'not_writable'
  | 'no_rights'
  | 'path_too_long'
  | 'data_gone'
  | 'closed_folder'
  | 'disk_full'
  | 'in_use'
  | 'copied'
  | 'damaged'
  | 'other_version'
  | 'password_lost'
  | 'start_failed';

/** Thrown by `startEmbedded`; `message` is a Chinese sentence for the person at the machine, without any secret. */
export class EmbeddedFault extends Error {
  constructor(
    readonly code: EmbeddedFaultCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'EmbeddedFault';
  }
}

/** With less than this nothing of PostgreSQL can be written, not even its log, where the reason would stand. */
const FULL_BYTES = 1024 * 1024;

/** Turns a fault of the file system under `path` into a sentence; anything else comes back unchanged. */
export function fileFault(path: string, cause: unknown): unknown {
  switch (errorCode(cause)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    // Node.js makes folders on a read-only file system fail with this code.
    case 'ENOENT':
      return new EmbeddedFault('not_writable', `无法写入数据目录 ${path}：请改正该目录的权限，或用 FENGHUO_DATA_DIR 指定可写的目录。`, {
        cause,
      });
    case 'ENOTDIR':
    case 'EEXIST':
      return new EmbeddedFault(
        'not_writable',
        `数据目录 ${path} 的位置上已有同名文件：请移走该文件，或用 FENGHUO_DATA_DIR 指定其他目录。`,
        { cause },
      );
    case 'ENAMETOOLONG':
      return pathTooLong(path);
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(path, cause);
    default:
      return cause;
  }
}

/** Reads what the server or its set-up printed and names the cause where it is a known one. */
export function printedFault(path: string, what: string, printed: string): EmbeddedFault {
  if (/No space left on device|Disk quota exceeded/i.test(printed) || isFull(path)) return diskFull(path, printed);
  if (/could not look up effective user ID/.test(printed)) return unknownUser();
  if (/invalid permissions|wrong ownership/.test(printed)) return noRights(path);
  if (/shared memory block .* is still in use/.test(printed)) return stillRunning(path);
  if (/checkpoint record|PANIC:|could not open file|invalid data in file|incorrect checksum/.test(printed)) return damaged(path, printed);
  const tail = printed.trim().split('\n').slice(-6).join('\n');
  return new EmbeddedFault(
    'start_failed',
    `${what}。数据库最后的输出：\n${tail}\n请按输出处理后重新启动；也可用 FENGHUO_DATABASE_URL 改用外部 PostgreSQL。`,
  );
}

/** What the running server answered to our own first session. */
export function sessionFault(path: string, cause: unknown): EmbeddedFault {
  const code = errorCode(cause);
  if (code === '53100') return diskFull(path, cause);
  if (code === '28P01') return passwordLost(`${path}/password`, '与数据库不符');
  return new EmbeddedFault(
    'start_failed',
    `内置数据库已启动但不能使用（${code ?? '没有应答'}）：请查看 ${path}/server.log 末尾，处理后重新启动。`,
    {
      cause,
    },
  );
}

/** Without its password nobody can use a cluster. */
export function passwordLost(file: string, how: string): EmbeddedFault {
  return new EmbeddedFault('password_lost', `数据库口令文件 ${file} ${how}：请从备份恢复该文件（权限 0600）后重新启动。`);
}

/** A full disk, or one too small to begin on. */
export function diskFull(path: string, cause?: unknown): EmbeddedFault {
  return new EmbeddedFault('disk_full', `数据目录 ${path} 所在磁盘空间不足：请至少腾出 500 MB 后重新启动。`, { cause });
}

/** A file system that keeps no owners and modes, which PostgreSQL insists on: a share, a memory stick. */
export function noRights(path: string): EmbeddedFault {
  return new EmbeddedFault(
    'no_rights',
    `数据目录 ${path} 所在的文件系统（如共享盘、U 盘）不能限定只由数据库账户访问：请用 FENGHUO_DATA_DIR 指定本机磁盘上的目录。`,
  );
}

/** A cluster of which parts are missing or torn: copied while it ran, cut by a failing disk. */
export function damaged(path: string, printed: string): EmbeddedFault {
  const line = printed.split('\n').find((one) => /PANIC:|FATAL:/.test(one));
  const why = line ? `（${line.replace(/^.*?(PANIC|FATAL): */, '')}）` : '';
  return new EmbeddedFault(
    'damaged',
    `数据目录 ${path} 的内容不完整或已损坏${why}：请原样保留该目录，用 FENGHUO_DATA_DIR 指定新的目录，从备份恢复后启动。`,
    { cause: printed },
  );
}

/** PostgreSQL holds paths of up to 1023 bytes, and adds to ours. */
export function pathTooLong(path: string): EmbeddedFault {
  return new EmbeddedFault(
    'path_too_long',
    `数据目录的路径过长（${Buffer.byteLength(path)} 字节）：请用 FENGHUO_DATA_DIR 指定较短的路径（不超过 800 字节）。`,
  );
}

/** The system's short code of a fault, e.g. ENOENT; undefined when it has none. */
export function errorCode(fault: unknown): string | undefined {
  const code = typeof fault === 'object' && fault !== null && 'code' in fault ? fault.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

function isFull(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize < FULL_BYTES;
  } catch {
    return false;
  }
}

function unknownUser(): EmbeddedFault {
  const uid = process.getuid?.() ?? 0;
  return new EmbeddedFault(
    'no_account',
    `当前用户（编号 ${uid}）在系统中没有账户，不能创建数据库：请先建立该账户（如 useradd -u ${uid} fenghuo），或改用已有的普通用户启动。`,
  );
}

function stillRunning(path: string): EmbeddedFault {
  return new EmbeddedFault(
    'in_use',
    `数据目录 ${path} 上一次的数据库进程尚未结束：请停止使用该目录的所有程序后重新启动；仍不行时重启本机。`,
  );
}
