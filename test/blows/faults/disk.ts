/** The disk of the database full while reports flow: what was said yes to is there, the rest is refused, and it goes on when there is room again. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Fault, type Outcome, seconds } from '../fault';
import { flow } from '../flow';
import { CAUGHT_UP_MS, peopleIn } from '../people';
import { judgeReports } from '../reports';
import { onServer } from '../server';
import type { World } from '../world';

const SIZE = '300m';
const REPORTS = 11;
const EVERY_MS = 2_000;
const FULL_AFTER_MS = 4_000;
const FULL_MS = 12_000;

const diskFault: Fault = {
  name: 'disk_full',
  isAlone: true,
  run: () => onSmallDisk((disk) => onServer({ in: disk }, (_server, world) => filled(disk, world))),
};

/** A file system of its own can be mounted by root only. */
export const diskFaults: readonly Fault[] = canMount() ? [diskFault] : [];

async function filled(disk: string, world: World): Promise<Outcome> {
  const ballast = join(disk, 'ballast');
  const numbers = Array.from({ length: REPORTS }, (_, i) => 60 + i);
  const [taken, roomAt] = await Promise.all([
    flow(world, numbers, EVERY_MS),
    pause(FULL_AFTER_MS)
      .then(() => fill(disk, ballast))
      .then(() => pause(FULL_MS))
      .then(() => {
        rmSync(ballast);
        return performance.now();
      }),
  ]);
  await peopleIn(world).rest();
  const took = performance.now() - roomAt;
  const outcome = await judgeReports(world, taken, [
    `the disk full for ${seconds(FULL_MS)}`,
    `caught up ${seconds(took)} after there was room again`,
  ]);
  return took <= CAUGHT_UP_MS ? outcome : { ...outcome, faults: [...outcome.faults, `caught up only after ${seconds(took)}`] };
}

/** To the last byte. */
function fill(disk: string, ballast: string): void {
  const { bavail, bsize } = statfsSync(disk);
  try {
    writeFileSync(ballast, Buffer.alloc(bavail * bsize));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOSPC') throw cause;
  }
}

async function onSmallDisk<T>(work: (disk: string) => Promise<T>): Promise<T> {
  const disk = mkdtempSync(join(tmpdir(), 'fenghuo-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', disk]);
  chmodSync(disk, 0o755);
  return work(disk).finally(() => {
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  });
}

function canMount(): boolean {
  const probe = mkdtempSync(join(tmpdir(), 'fenghuo-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe], { stdio: 'ignore' });
    execFileSync('umount', [probe], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
}
