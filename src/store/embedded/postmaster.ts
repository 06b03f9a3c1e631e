/** Reads and ends a PostgreSQL server by the notes it leaves: its pid file, and on Linux /proc. */
import { execFileSync } from 'node:child_process';
import { linkSync, readdirSync, readFileSync, readlinkSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Binaries, program } from './binaries';

/** What the pid file says; `status` is `starting`, `ready`, `stopping` or empty while it is being written. */
export interface Postmaster {
  readonly pid: number;
  /** Epoch seconds. */
  readonly startedAt: number;
  readonly port: number;
  readonly socketDir: string;
  readonly host: string;
  readonly status: string;
}

/** The server that the pid file of this cluster names, running or not; null without a file. */
export function notedPostmaster(cluster: string): Postmaster | null {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const at = (line: number): string => lines[line - 1]?.trim() ?? '';
    return { pid: Number(at(1)), startedAt: Number(at(3)), port: Number(at(4)), socketDir: at(5), host: at(6), status: at(8) };
  } catch {
    return null;
  }
}

/** The server of this cluster if it really runs: its number may have passed to another process since a power cut. */
export function runningPostmaster(cluster: string): Postmaster | null {
  const noted = notedPostmaster(cluster);
  return noted && serves(noted.pid, cluster) ? noted : null;
}

/**
 * Clears the way for a new server after a crash: waits for helpers of a killed one (they end by themselves; after 5 s they are
 * killed) and removes a pid file whose number belongs to another program now; any other stale one PostgreSQL removes itself.
 * Touches nothing when a server runs, be it one that starts at this moment.
 */
export async function clearRemains(cluster: string): Promise<void> {
  const end = performance.now() + 5000;
  for (let left = helpers(cluster); left.length > 0; left = helpers(cluster)) {
    if (runningPostmaster(cluster)) return;
    if (performance.now() > end) for (const pid of left) signal(pid, 'SIGKILL');
    await pause(20);
  }
  const noted = notedPostmaster(cluster);
  if (noted && isAlive(noted.pid) && !serves(noted.pid, cluster)) removeStale(cluster, noted.pid);
}

/** Moved aside first and put back if it is no longer the one that was judged: deleting a live one would let two servers in. */
function removeStale(cluster: string, pid: number): void {
  const file = join(cluster, 'postmaster.pid');
  const aside = join(cluster, `postmaster.stale.${process.pid}`);
  renameSync(file, aside);
  if (Number(readFileSync(aside, 'utf8').split('\n')[0]) !== pid) linkSync(aside, file);
  rmSync(aside);
}

/** Orderly and fast: open transactions are rolled back, data is written. After `patienceMs` it is made to end at once (recovery follows at the next start). */
export async function endPostmaster(pid: number, cluster: string, binaries: Binaries, patienceMs = 30_000): Promise<void> {
  const end = performance.now() + patienceMs;
  interrupt(pid, binaries, 'INT');
  while (serves(pid, cluster)) {
    if (performance.now() > end) interrupt(pid, binaries, 'QUIT');
    await pause(20);
  }
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

function serves(pid: number, cluster: string): boolean {
  if (!(pid > 0)) return false;
  if (process.platform === 'linux') return worksIn(pid, realpathSync(cluster));
  if (process.platform === 'win32') return isAlive(pid);
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).includes(cluster);
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function helpers(cluster: string): number[] {
  if (process.platform !== 'linux') return [];
  const folder = realpathSync(cluster);
  const pids = readdirSync('/proc').map(Number);
  return pids.filter((pid) => pid > 0 && worksIn(pid, folder));
}

/** A zombie has no working folder any more, so it does not count. */
function worksIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder && basename(readlinkSync(`/proc/${pid}/exe`)).startsWith('postgres');
  } catch {
    return false;
  }
}
