/** How long the evidence bundle of a long incident takes, from the rows to the bytes of the zip, and its check without a database. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checkBundle } from '../src/handlers/bundle/check';
import { createClock } from '../src/store/clock';
import { startEmbedded } from '../src/store/embedded/startEmbedded';
import { migrate } from '../src/store/migrate';
import { openPool } from '../src/store/pool';
import { sha256, sha256Of } from '../src/wiring/chance';
import { createLog } from '../src/wiring/logging';
import { openPaperWorks } from '../src/wiring/papers';
import { opened } from '../src/zip/opened';
import { longIncident } from './bundle/longIncident';
import { type Figure, figure } from './figure';
import type { Length } from './turns';

const EVENTS = 500;
const MOST_BYTES = 256 * 1024 * 1024;

/** On an embedded PostgreSQL of its own; each round reads everything anew. */
export async function bundle({ rounds }: Length): Promise<readonly Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fenghuo-bench-'));
  chmodSync(dataDir, 0o755);
  const database = await startEmbedded({ dataDir, log: createLog('warn') });
  const pool = openPool(database.url, { max: 2 });
  await migrate(pool);
  const clock = await createClock(pool);
  try {
    await longIncident(pool, EVENTS);
    const works = openPaperWorks({ configDir: resolve('config'), pdfCommand: null, digest: 'sha256' }, pool, clock);
    const making: number[] = [];
    const checking: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const begun = performance.now();
      const made = await works.bundle(1, { unmasked: false });
      making.push(performance.now() - begun);
      const asked = performance.now();
      const checked = checkBundle(opened(made?.zip ?? new Uint8Array(), { most: MOST_BYTES }), sha256, sha256Of);
      checking.push(performance.now() - asked);
      if (checked.broken !== null || checked.events < EVENTS) throw new Error(`the bundle does not hold: ${JSON.stringify(checked)}`);
    }
    const about = {
      bench: 'bundle',
      unit: 'ms',
      note: `one incident of ${EVENTS} events with their words, messages and 3,000 deliveries`,
    } as const;
    return [
      figure({ ...about, what: 'rows to zip', bar: { is: 'most', value: 3_000 } }, making),
      figure({ ...about, what: 'unzip and verify', bar: null }, checking),
    ];
  } finally {
    clock.stop();
    await pool.end();
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
