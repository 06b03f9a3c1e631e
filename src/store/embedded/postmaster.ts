/** Reads and ends a PostgreSQL server by the notes it leaves in its pid file. */
import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Binaries, program } from './binaries';
import { EmbeddedFault } from './faults';
import { belongs, isAlive, processesOf } from './processes';

/** What the pid file says; `status` is `starting`, `ready`, `stopping` or empty while it is being written. */
export interface Postmaster {
  readonly pid: number;
  /** The cluster it serves, as it was called when the server started; a copied folder brings the name of the original with it. */
  readonly cluster: string;
  /** Epoch seconds. */
  readonly startedAt: number;
  readonly port: number;
  readonly socketDir: string;
  readonly host: string;
  readonly status: string;
}

/** Helpers of a killed server end by themselves within moments; after this they are killed. */
const HELPERS_MS = 5000;
/** A server has written its pid file, or has ended after removing it, long before this. */
const SERVER_MS = 2000;

/** The server that the pid file of this cluster names, running or not; null without a file. */
export function notedPostmaster(cluster: string): Postmaster | null {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const at = (line: number): string => lines[line - 1]?.trim() ?? '';
    const [pid, startedAt, port] = [Number(at(1)), Number(at(3)), Number(at(4))];
    return { pid, cluster: lines[1] ?? '', startedAt, port, socketDir: at(5), host: at(6), status: at(8) };
  } catch {
    return null;
  }
}

/** The server of this cluster if it really runs. */
export function runningPostmaster(cluster: string): Postmaster | null {
  const noted = notedPostmaster(cluster);
  return noted && belongs(noted.pid, cluster) ? noted : null;
}

/**
 * Clears the way for a new server after a crash: waits for helpers of a killed one and removes a pid file that PostgreSQL would
 * stumble over: unreadable, or with a number that belongs to another program now; any other stale one PostgreSQL removes itself.
 * Touches nothing when a server runs, be it one that starts at this moment; refuses (`in_use`) when one runs whose pid file is gone.
 */
export async function clearRemains(cluster: string): Promise<void> {
  const begun = performance.now();
  for (let left = processesOf(cluster); left.length > 0; left = processesOf(cluster)) {
    if (runningPostmaster(cluster)) return;
    const waited = performance.now() - begun;
    const server = left.find((one) => one.isServer);
    if (server && waited > SERVER_MS) throw lostPidFile(cluster, server.pid);
    if (!server && waited > HELPERS_MS) for (const { pid } of left) signal(pid, 'SIGKILL');
    await pause(20);
  }
  const noted = notedPostmaster(cluster);
  if (noted && (!(noted.pid > 0) || isAlive(noted.pid)) && !belongs(noted.pid, cluster)) removeStale(cluster, noted.pid);
}

/** Orderly and fast: open transactions are rolled back, data is written. After `patienceMs` it is made to end at once (recovery follows at the next start). */
export async function endPostmaster(pid: number, cluster: string, binaries: Binaries, patienceMs = 30_000): Promise<void> {
  if (!belongs(pid, cluster)) return;
  const end = performance.now() + patienceMs;
  interrupt(pid, binaries, 'INT');
  while (belongs(pid, cluster)) {
    if (performance.now() > end) interrupt(pid, binaries, 'QUIT');
    await pause(20);
  }
}

/** Moved aside first and put back if it is no longer the one that was judged: deleting a live one would let two servers in. */
function removeStale(cluster: string, pid: number): void {
  const file = join(cluster, 'postmaster.pid');
  const aside = join(cluster, `postmaster.stale.${process.pid}`);
  renameSync(file, aside);
  if (!Object.is(Number(readFileSync(aside, 'utf8').split('\n')[0]), pid)) linkSync(aside, file);
  rmSync(aside);
}

function lostPidFile(cluster: string, pid: number): EmbeddedFault {
  return new EmbeddedFault(
    'in_use',
    `数据目录 ${cluster} 上仍有数据库在运行（进程 ${pid}），但它的 postmaster.pid 文件已被删除：请先执行 kill -INT ${pid}，待其结束后重新启动。`,
  );
}

/** Node cannot send a gentle signal on Windows; PostgreSQL's own tool can. */
function interrupt(pid: number, binaries: Binaries, name: 'INT' | 'QUIT'): void {
  if (process.platform !== 'win32') signal(pid, `SIG${name}`);
  else execFileSync(program(binaries, 'pg_ctl'), ['kill', name, String(pid)], { stdio: 'ignore', windowsHide: true });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Already gone.
  }
}
