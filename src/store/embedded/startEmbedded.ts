/** The embedded database: a real PostgreSQL server of our own, started, watched and stopped beside the bot. */
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { Logger } from 'pino';
import { type Account, serverAccount } from './account';
import { type Binaries, readyBinaries } from './binaries';
import { NAME, readyCluster } from './cluster';
import { EmbeddedFault } from './faults';
import { type Home, prepareHome } from './home';
import { type Address, chooseAddress, launch, removeLeftAddress, type Server, urlOf } from './launch';
import { type Ownership, takeOwnership } from './ownership';
import { clearRemains, endPostmaster, notedPostmaster, type Postmaster, runningPostmaster } from './postmaster';

/** The database every cluster has: ownership is held there, since such a lock counts within one database only. */
const MAINTENANCE = 'postgres';

/** A server younger than this may belong to a bot that is just about to take it, at its first start or after a crash. */
const SETTLED_MS = 2000;

export interface EmbeddedOptions {
  /** The bot's data folder; the database lives in `postgres/` below it. */
  readonly dataDir: string;
  readonly log: Logger;
  /** Further server settings, e.g. `fsync: 'off'` for tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface Embedded {
  /** Connection string of the database `fenghuo`; holds the password, never to be logged. It stays good over restarts of the server. */
  readonly url: string;
  /** Number of the server's process now. */
  pid(): number;
  /** Orderly: waits until the server has ended. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts the database of `dataDir`, making it when there is none, and keeps it running: a server that ends unasked is started
 * again on the same address. A server left behind by a killed bot is stopped first. Throws EmbeddedFault with one sentence for
 * the person at the machine, among others when another bot owns the folder.
 */
export async function startEmbedded({ dataDir, log, settings = {} }: EmbeddedOptions): Promise<Embedded> {
  const account = serverAccount();
  const home = prepareHome(dataDir, account, log);
  const binaries = readyBinaries(home.folder, account, log);
  const password = await readyCluster(home, binaries, account, log);
  await endOrphan({ home, binaries, password, log });
  const address = await chooseAddress(account);
  const start = (): Promise<Server> => startServer({ home, binaries, account, address, settings, log });
  const server = await start().catch((fault) => {
    address.remove();
    throw fault;
  });
  const url = urlOf(address, NAME, password);
  const owner = await ownOrGiveUp({ maintenance: urlOf(address, MAINTENANCE, password), folder: home.folder, log }).catch(async (fault) => {
    if (!(fault instanceof EmbeddedFault)) {
      await endPostmaster(server.pid, home.cluster, binaries);
      address.remove();
    }
    throw fault;
  });
  return supervise({ server, start, url, owner, address, home, binaries, log });
}

interface Orphan {
  readonly home: Home;
  readonly binaries: Binaries;
  readonly password: string;
  readonly log: Logger;
}

/** A server that already runs here has an owner (then we end), or lost it to a kill (then it is stopped and started anew). */
async function endOrphan({ home, binaries, password, log }: Orphan): Promise<void> {
  let found = runningPostmaster(home.cluster);
  while (found && found.status !== 'ready') {
    await pause(50);
    found = runningPostmaster(home.cluster);
  }
  if (found) {
    await pause(Math.min(Math.max(found.startedAt * 1000 + SETTLED_MS - Date.now(), 0), SETTLED_MS));
    const owner = await takeOwnership(urlOf(foundAddress(found), MAINTENANCE, password), log).catch((cause: unknown) => {
      throw new EmbeddedFault(
        'in_use',
        `数据目录 ${home.folder} 上已有数据库在运行（进程 ${found?.pid}），但无法连接：请先执行 kill -INT ${found?.pid}，再重新启动。`,
        { cause },
      );
    });
    if ('heldBy' in owner) throw inUse(home.folder, owner.heldBy);
    log.warn({ pid: found.pid }, '发现上次异常退出遗留的数据库进程，正在停止并重新启动。');
    await owner.release();
    await endPostmaster(found.pid, home.cluster, binaries);
    removeLeftAddress(found.socketDir);
  }
  const left = notedPostmaster(home.cluster);
  if (left) removeLeftAddress(left.socketDir);
  await clearRemains(home.cluster);
}

function foundAddress(found: Postmaster): Pick<Address, 'host' | 'port'> {
  return { host: found.socketDir || found.host, port: found.port };
}

function inUse(folder: string, pid: string): EmbeddedFault {
  return new EmbeddedFault(
    'in_use',
    `数据目录 ${folder} 正被另一个烽火进程（${pid}）使用：请先停止它，或用 FENGHUO_DATA_DIR 指定其他目录。`,
  );
}

async function startServer(how: {
  home: Home;
  binaries: Binaries;
  account: Account | null;
  address: Address;
  settings: Readonly<Record<string, string>>;
  log: Logger;
}): Promise<Server> {
  try {
    return await launch(how);
  } catch (fault) {
    const other = runningPostmaster(how.home.cluster);
    throw other ? inUse(how.home.folder, String(other.pid)) : fault;
  }
}

async function ownOrGiveUp({ maintenance, folder, log }: { maintenance: string; folder: string; log: Logger }): Promise<Ownership> {
  const owner = await takeOwnership(maintenance, log);
  if ('heldBy' in owner) throw inUse(folder, owner.heldBy);
  await makeDatabase(maintenance);
  return owner;
}

async function makeDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [NAME]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${NAME}`);
  } finally {
    await client.end();
  }
}

interface Supervised {
  readonly server: Server;
  readonly start: () => Promise<Server>;
  readonly url: string;
  readonly owner: Ownership;
  readonly address: Address;
  readonly home: Home;
  readonly binaries: Binaries;
  readonly log: Logger;
}

function supervise({ server: first, start, url, owner, address, home, binaries, log }: Supervised): Embedded {
  let server = first;
  let stopping: Promise<void> | null = null;
  const restart = async (): Promise<void> => {
    for (let wait = 200; !stopping; wait = Math.min(wait * 2, 5000)) {
      await pause(wait);
      await clearRemains(home.cluster);
      const next = stopping ? null : await start().catch((fault) => log.error({ err: fault }, '内置数据库重新启动失败，稍后再试。'));
      if (next) return follow(next);
    }
  };
  const follow = (running: Server): void => {
    server = running;
    running.ended.then(() => {
      if (stopping) return;
      log.error({ pid: running.pid }, '内置数据库意外退出，正在重新启动。');
      return restart();
    });
  };
  const stop = async (): Promise<void> => {
    await owner.release();
    if (runningPostmaster(home.cluster)?.pid === server.pid) await endPostmaster(server.pid, home.cluster, binaries);
    address.remove();
  };
  follow(first);
  return { url, pid: () => server.pid, stop: () => (stopping ??= stop()) };
}
