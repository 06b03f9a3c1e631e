/** Where a test may put what need not outlive it. */
import { readFileSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const MEMORY = '/dev/shm';
const ROOM_BYTES = 4 * 2 ** 30;

/** Files in memory, where Linux has them, with room and the right to run programs: a database is copied in a fifth of the time. Else the usual place. */
export function quickFolder(): string {
  return isQuick() ? MEMORY : tmpdir();
}

function isQuick(): boolean {
  try {
    const mounted = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .findLast((line) => line.split(' ')[1] === MEMORY);
    const { bavail, bsize } = statfsSync(MEMORY);
    return mounted !== undefined && !/\bnoexec\b|\bro\b/.test(mounted) && bavail * bsize > ROOM_BYTES;
  } catch {
    return false;
  }
}
