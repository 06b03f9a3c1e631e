/** The note a server leaves for its watchdog in the data folder: where the embedded database is, and the simulated webhook. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const noteSchema = z.strictObject({ databaseUrl: z.string().nullable(), webhook: z.string().nullable() });

/** What settings do not tell; null where they do. Holds secrets of this machine and of the simulator, never of a real platform. */
export type WatchNote = z.output<typeof noteSchema>;

/** Leaves it with mode 0600 in place of an older one. May run again. */
export function leaveNote(dataDir: string, note: WatchNote): void {
  const path = pathIn(dataDir);
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(`${path}.new`, JSON.stringify(note), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** Null when there is none that can be read. */
export function foundNote(dataDir: string): WatchNote | null {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(pathIn(dataDir), 'utf8')));
  } catch {
    return null;
  }
}

function pathIn(dataDir: string): string {
  return join(dataDir, 'watchdog.json');
}
