/** Says in the log when the disk of the data folder runs low, while there is still room to act. */
import { statfs } from 'node:fs/promises';
import type { Logger } from 'pino';

/** Well above what PostgreSQL needs to go on (its journal may grow to 256 MB), and a margin so that one line is not followed by ten. */
const LOW_BYTES = 300 * 1024 * 1024;
const ENOUGH_BYTES = 400 * 1024 * 1024;
const LOOK_EVERY_MS = 5000;

/** One line when less than 300 MB are left, one when there are 400 MB again. The answer ends it. */
export function watchDisk(folder: string, log: Logger): () => void {
  let isLow = false;
  const look = async (): Promise<void> => {
    const { bavail, bsize } = await statfs(folder);
    const left = bavail * bsize;
    const leftMb = Math.floor(left / 1024 / 1024);
    if (!isLow && left < LOW_BYTES)
      log.error({ leftMb }, `数据目录 ${folder} 所在磁盘只剩 ${leftMb} MB，写满后将不能接收消息：请尽快腾出空间。`);
    if (isLow && left >= ENOUGH_BYTES) log.warn({ leftMb }, '数据目录所在磁盘空间已恢复。');
    isLow = isLow ? left < ENOUGH_BYTES : left < LOW_BYTES;
  };
  // A folder that cannot be asked is told by the database itself.
  const tryLook = (): void => void look().catch(() => undefined);
  tryLook();
  const looking = setInterval(tryLook, LOOK_EVERY_MS).unref();
  return () => clearInterval(looking);
}
