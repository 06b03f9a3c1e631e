/** What an earlier run left in a data folder: a server without its bot, a pid file, a socket folder. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Binaries } from './binaries';
import { EmbeddedFault, errorCode, sessionFault } from './faults';
import type { Home } from './home';
import { type Address, MAINTENANCE, removeLeftAddress, urlOf } from './launch';
import { takeOwnership } from './ownership';
import { clearRemains, endPostmaster, notedPostmaster, type Postmaster, runningPostmaster } from './postmaster';
import { belongs } from './processes';

/** A server younger than this may belong to a bot that is just about to take it, at its first start or after a crash. */
const SETTLED_MS = 2000;
const TELL_EVERY_MS = 10_000;

interface Left {
  readonly home: Home;
  readonly binaries: Binaries;
  readonly password: string;
  readonly log: Logger;
}

/**
 * Makes the folder ready for a new server. A server that already runs here has an owner (then `in_use`), or lost it to a kill
 * (then it is stopped). Refuses (`copied`) a folder copied from one that is in use: what was written meanwhile is torn in it.
 */
export async function endOrphan(left: Left): Promise<void> {
  const { home, log } = left;
  const found = await settledPostmaster(home, log);
  if (found) await stopOrphan(found, left);
  const noted = notedPostmaster(home.cluster);
  if (noted) {
    refuseCopy(noted, home, log);
    removeLeftAddress(noted, home);
  }
  await clearRemains(home.cluster);
}

/** The refusal for a folder that another bot, the process `pid`, works on. */
export function inUse(folder: string, pid: string): EmbeddedFault {
  return new EmbeddedFault(
    'in_use',
    `数据目录 ${folder} 正被另一个烽火进程（${pid}）使用：请先停止它，或用 FENGHUO_DATA_DIR 指定其他目录。`,
  );
}

/** Waits for one that is starting, recovering or stopping, and says every 10 s that it waits. */
async function settledPostmaster(home: Home, log: Logger): Promise<Postmaster | null> {
  let toldAt = performance.now();
  for (;;) {
    const found = runningPostmaster(home.cluster);
    if (!found || found.status === 'ready') return found;
    if (performance.now() - toldAt > TELL_EVERY_MS) {
      toldAt = performance.now();
      log.info({ pid: found.pid, status: found.status }, '数据目录上已有数据库正在启动、恢复或停止，等待它完成。');
    }
    await pause(50);
  }
}

async function stopOrphan(found: Postmaster, { home, binaries, password, log }: Left): Promise<void> {
  await pause(Math.min(Math.max(found.startedAt * 1000 + SETTLED_MS - Date.now(), 0), SETTLED_MS));
  const owner = await takeOwnership(urlOf(addressOf(found), MAINTENANCE, password), log).catch((cause: unknown) => {
    throw errorCode(cause) === '28P01' ? sessionFault(home.folder, cause) : unreachable(found.pid, home.folder, cause);
  });
  if ('heldBy' in owner) throw inUse(home.folder, owner.heldBy);
  log.warn({ pid: found.pid }, '发现上次异常退出遗留的数据库进程，正在停止并重新启动。');
  await owner.release();
  await endPostmaster(found.pid, home.cluster, binaries);
  removeLeftAddress(found, home);
}

function unreachable(pid: number, folder: string, cause: unknown): EmbeddedFault {
  return new EmbeddedFault(
    'in_use',
    `数据目录 ${folder} 上已有数据库在运行（进程 ${pid}），但无法连接：请先执行 kill -INT ${pid}，再重新启动。`,
    { cause },
  );
}

/** A pid file that names another folder came with the folder: moved or copied after a crash, or copied while in use. */
function refuseCopy(noted: Postmaster, home: Home, log: Logger): void {
  if (noted.cluster === home.cluster) return;
  if (belongs(noted.pid, noted.cluster))
    throw new EmbeddedFault(
      'copied',
      `数据目录 ${home.folder} 是在数据库运行时从 ${noted.cluster} 复制来的，内容可能不完整：请删除它，先停止使用原目录的烽火，再重新复制。`,
    );
  log.warn({ from: noted.cluster }, '数据目录从别处移来，且当时数据库没有正常停止，正在恢复数据。');
}

function addressOf(found: Postmaster): Pick<Address, 'host' | 'port'> {
  return { host: found.socketDir || found.host, port: found.port };
}
