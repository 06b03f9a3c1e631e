/** What can go wrong with the embedded database, each as one sentence that says what to do. */

export type EmbeddedFaultCode =
  | 'no_package'
  | 'cannot_run'
  | 'no_account'
  | 'not_writable'
  | 'disk_full'
  | 'in_use'
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

/** Turns a fault of the file system under `path` into a sentence; anything else comes back unchanged. */
export function fileFault(path: string, cause: unknown): unknown {
  switch (errorCode(cause)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
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
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(path, cause);
    default:
      return cause;
  }
}

/** Reads what the server or its set-up printed and names the cause where it is a known one. */
export function printedFault(path: string, what: string, printed: string): EmbeddedFault {
  if (/No space left on device|Disk quota exceeded/i.test(printed)) return diskFull(path, printed);
  const tail = printed.trim().split('\n').slice(-6).join('\n');
  return new EmbeddedFault(
    'start_failed',
    `${what}。数据库最后的输出：\n${tail}\n请按输出处理后重新启动；也可用 FENGHUO_DATABASE_URL 改用外部 PostgreSQL。`,
  );
}

/** A full disk, or one too small to begin on. */
export function diskFull(path: string, cause?: unknown): EmbeddedFault {
  return new EmbeddedFault('disk_full', `数据目录 ${path} 所在磁盘空间不足：请至少腾出 500 MB 后重新启动。`, { cause });
}

/** The system's short code of a fault, e.g. ENOENT; undefined when it has none. */
export function errorCode(fault: unknown): string | undefined {
  const code = typeof fault === 'object' && fault !== null && 'code' in fault ? fault.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
