/** The embedded database: a real PostgreSQL server of our own, started, watched and stopped beside the bot. */
import { Client } from 'pg';
import type { Logger } from 'pino';
import { serverAccount } from './account';
import { readyBinaries, removeOldBinaries } from './binaries';
import { NAME, readyCluster } from './cluster';
import { EmbeddedFault, sessionFault } from './faults';
import { homeOf, prepareHome } from './home';
import { chooseAddress, type Launch, launch, MAINTENANCE, type Server, urlOf } from './launch';
import { endOrphan, inUse } from './orphan';
import { type Ownership, takeOwnership } from './ownership';
import { clearRemains, endPostmaster, runningPostmaster } from './postmaster';
import { mendRights } from './rights';
import { supervise } from './supervise';
import { watchDisk } from './watchDisk';

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
  const account = serverAccount(homeOf(dataDir));
  const home = prepareHome(dataDir, account, log);
  mendRights(home, account, log);
  const binaries = readyBinaries(home.folder, account, log);
  const password = await readyCluster({ home, binaries, account, isLasting: settings.fsync !== 'off', log });
  await endOrphan({ home, binaries, password, log });
  const address = await chooseAddress(account);
  const maintenance = urlOf(address, MAINTENANCE, password);
  const parts: Launch = { home, binaries, account, address, settings, log };
  const { server, owner } = await startOwned(parts, maintenance).catch((fault) => {
    address.remove();
    throw fault;
  });
  removeOldBinaries(home.folder, binaries);
  const supervisor = watch(server, parts);
  const unwatchDisk = watchDisk(home.folder, log);
  const stop = async (): Promise<void> => {
    unwatchDisk();
    await owner.release();
    await supervisor.stop();
    address.remove();
  };
  let stopped: Promise<void> | null = null;
  return { url: urlOf(address, NAME, password), pid: supervisor.pid, stop: () => (stopped ??= stop()) };
}

/** Starts the server and takes it; a server that cannot be taken is ended again, unless it is another bot's. */
async function startOwned(parts: Launch, maintenance: string): Promise<{ readonly server: Server; readonly owner: Ownership }> {
  const { home, binaries, log } = parts;
  const server = await startServer(parts);
  try {
    const owner = await takeOwnership(maintenance, log);
    if ('heldBy' in owner) throw inUse(home.folder, owner.heldBy);
    await makeDatabase(maintenance);
    return { server, owner };
  } catch (fault) {
    if (fault instanceof EmbeddedFault) throw fault;
    await endPostmaster(server.pid, home.cluster, binaries);
    throw sessionFault(home.folder, fault);
  }
}

async function startServer(parts: Launch): Promise<Server> {
  try {
    return await launch(parts);
  } catch (fault) {
    const other = runningPostmaster(parts.home.cluster);
    throw other ? inUse(parts.home.folder, String(other.pid)) : fault;
  }
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

function watch(first: Server, parts: Launch): ReturnType<typeof supervise> {
  const { home, binaries, address, log } = parts;
  return supervise({
    first,
    start: async () => {
      await clearRemains(home.cluster);
      return startServer(parts);
    },
    end: ({ pid }) => endPostmaster(pid, home.cluster, binaries),
    isReachable: address.isThere,
    log,
  });
}
