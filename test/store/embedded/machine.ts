/** What this machine allows a case to do: become somebody else, mount a small disk. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';

/** The account of an ordinary user, for cases that run as root. */
export const NOBODY = { uid: 65_534, gid: 65_534 } as const;
/** Root as containers have it: may change accounts, but not look into the processes of others. */
export const CONTAINER_ROOT = ['setpriv', '--inh-caps=-sys_ptrace', '--bounding-set=-sys_ptrace'] as const;

const isRoot = process.getuid?.() === 0;

/** Why nothing can be done as another account. */
export function notRoot(): string | null {
  return isRoot ? null : 'this test run is not root';
}

/** Why a process cannot run with the rights of root in a container. */
export function noContainerRoot(): string | null {
  if (!isRoot) return notRoot();
  const [command, ...flags] = CONTAINER_ROOT;
  return spawnSync(command, [...flags, 'true']).status === 0 ? null : 'setpriv cannot take a right away';
}

/** Why no disk of a chosen size can be had; asks the system once. */
export function noSmallDisk(): string | null {
  mountable ??= mayMount();
  return mountable ? null : 'this account may not mount a small file system';
}

/** Mounts a file system in memory at `at`, which is made; `options` as for mount -o, e.g. `size=400m`. */
export function mountDisk(at: string, options: string): { remount(options: string): void; unmount(): void } {
  mkdirSync(at, { recursive: true });
  must('mount', '-t', 'tmpfs', '-o', `mode=777,${options}`, 'tmpfs', at);
  return {
    remount: (other) => must('mount', '-o', `remount,${other}`, at),
    unmount: () => must('umount', '-l', at),
  };
}

/** Whether an ordinary user can read this clone and the Node.js that runs us. */
export function closedToOthers(): string | null {
  if (!isRoot) return notRoot();
  const driver = JSON.stringify(require.resolve('pg'));
  const reads = spawnSync(process.execPath, ['-e', `require(${driver})`], { ...NOBODY, stdio: 'ignore' });
  return reads.status === 0 ? null : 'an ordinary user cannot read this clone';
}

let mountable: boolean | null = null;

function mayMount(): boolean {
  if (!isRoot || !readFileSync('/proc/filesystems', 'utf8').includes('tmpfs')) return false;
  const at = mkdtempSync('/tmp/fenghuo-mount-');
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', at]).status === 0;
  if (mounted) spawnSync('umount', [at]);
  rmSync(at, { recursive: true, force: true });
  return mounted;
}

function must(command: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
}
