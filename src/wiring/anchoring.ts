/** Anchors every day in the database and in a file of the data folder, which an office copies elsewhere. */
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { z } from 'zod';
import { anchorYesterday } from '../handlers/anchor';
import type { AnchorsOutside } from '../ports/anchors';
import type { Clock } from '../ports/clock';
import type { Digest } from '../ports/ids';
import type { Log } from '../ports/log';
import { createAnchors } from '../store/postgres/anchors';

const EVERY_MS = 10 * 60_000;
const anchorSchema = z.strictObject({ day: z.iso.date(), root: z.string(), streams: z.int().min(0) });

/** Its name in the data folder: one JSON line a day. */
export function anchorsFile(dataDir: string): string {
  return join(dataDir, 'anchors.jsonl');
}

/** A file that is not there yet is empty. Throws for one that cannot be read. */
export function anchorsOutside(file: string): AnchorsOutside {
  return {
    read: async () => {
      const lines = (await readFile(file, 'utf8').catch(emptyWhereNone)).split('\n').filter((line) => line !== '');
      return lines.map((line) => anchorSchema.parse(JSON.parse(line)));
    },
    append: (anchors) => appendFile(file, anchors.map((one) => `${JSON.stringify(one)}\n`).join(''), { mode: 0o600 }),
  };
}

function emptyWhereNone(cause: unknown): string {
  if (typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ENOENT') return '';
  throw cause;
}

/** Looks at once and every ten minutes; one that fails is logged and tried again. Ends when what it answers is called. */
export function startAnchoring(
  { pool, clock, digest, log }: { readonly pool: Pool; readonly clock: Clock; readonly digest: Digest; readonly log: Log },
  file: string,
): () => Promise<void> {
  const anchors = createAnchors(pool);
  const outside = anchorsOutside(file);
  let running: Promise<unknown> = Promise.resolve();
  const look = (): void => {
    running = anchorYesterday(anchors, outside, digest, clock.now()).catch((cause: unknown) =>
      log.error({ cause }, 'the day could not be anchored'),
    );
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
