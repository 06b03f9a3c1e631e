/** Which processes of this machine belong to a cluster: on Linux by /proc, elsewhere as well as the system tells. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { errorCode } from './faults';

/** The server itself, or one of its helpers. */
export interface ClusterProcess {
  readonly pid: number;
  readonly isServer: boolean;
}

/**
 * The name that the helpers of this cluster's server bear in their titles. By it they are known where the system hides working
 * folders: from root without CAP_SYS_PTRACE, which is how containers run.
 */
export function clusterName(cluster: string): string {
  const { dev, ino } = statSync(cluster);
  return `fenghuo-${dev}-${ino}`;
}

/** Whether the process is of this cluster's server: its number may have passed to another program since a power cut. A zombie does not count. */
export function belongs(pid: number, cluster: string): boolean {
  if (!(pid > 0)) return false;
  if (process.platform === 'linux') return roleOf(pid, cluster) !== null;
  if (process.platform === 'win32') return isAlive(pid);
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).includes(cluster);
  } catch {
    return false;
  }
}

/** All processes of the cluster, whatever its pid file says; none where the system has no /proc. */
export function processesOf(cluster: string): readonly ClusterProcess[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((entry) => {
    const pid = Number(entry);
    const role = pid > 0 ? roleOf(pid, cluster) : null;
    return role ? [{ pid, isServer: role === 'server' }] : [];
  });
}

/** Whether there is such a process; a dead one that nobody has collected yet counts. */
export function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}

function roleOf(pid: number, cluster: string): 'server' | 'helper' | null {
  try {
    if (readFileSync(`/proc/${pid}/comm`, 'utf8') !== 'postgres\n') return null;
    const [title = '', ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const data = args[args.indexOf('-D') + 1];
    const isServer = args.includes('-D') && data !== undefined;
    const isOurs = worksIn(pid, cluster) ?? (isServer ? isSame(data, cluster) : title.startsWith(`postgres: ${clusterName(cluster)}: `));
    if (!isOurs) return null;
    return isServer ? 'server' : 'helper';
  } catch {
    return null;
  }
}

/** By device and number of the folder, which no rename, link or bind mount changes; null when the system does not let us look. */
function worksIn(pid: number, cluster: string): boolean | null {
  try {
    return isSame(`/proc/${pid}/cwd`, cluster);
  } catch (fault) {
    if (errorCode(fault) === 'EACCES' || errorCode(fault) === 'EPERM') return null;
    throw fault;
  }
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [statSync(one), statSync(other)];
  return a.dev === b.dev && a.ino === b.ino;
}
