/** How long the console's questions take while an office's record grows to a million events, and whether the server's memory grows with it. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Pool } from 'pg';
import { startEmbedded } from '../src/store/embedded/startEmbedded';
import { createStore } from '../src/store/postgres';
import { createLog } from '../src/wiring/logging';
import { startChild } from './child';
import { type Figure, figure } from './figure';
import { deskOf } from './pages/desk';
import { liveDossiers } from './pages/dossier';
import { fill } from './pages/fill';
import { measure } from './pages/measure';
import type { Length } from './turns';

/** Only what a million takes is held against a bar; before, the questions are asked to see the memory they leave. */
const LONG = [
  { size: 10_000, times: 10 },
  { size: 1_000_000, times: 40 },
] as const;
const QUICK = [{ size: 3_000, times: 5 }] as const;
const QUICK_MESSAGES = 2_000;

/** On an embedded PostgreSQL of its own, one server throughout. `BENCH_KEEP` names a folder that is kept, to be looked into. */
export async function pages({ messages }: Length): Promise<readonly Figure[]> {
  const rounds = messages > QUICK_MESSAGES ? LONG : QUICK;
  const dataDir = process.env.BENCH_KEEP ?? mkdtempSync(join(tmpdir(), 'fenghuo-bench-'));
  chmodSync(dataDir, 0o755);
  const database = await startEmbedded({ dataDir, log: createLog('warn') });
  /** Not as the program opens one: filling takes longer than any statement of its may. */
  const pool = new Pool({ connectionString: database.url, max: 1 });
  const server = startChild<'url' | 'megabytes', string>('pages/server.ts', settings(database.url, dataDir));
  try {
    const url = await server.ask('url');
    const store = createStore(pool, { log: createLog('warn') });
    const dossiers = await liveDossiers(pool, store, Date.now());
    const figures: Figure[] = [];
    const heaps: number[] = [];
    for (const { size, times } of rounds) {
      const events = await fill(pool, dossiers, size, Date.now());
      if (heaps.length === 0) await deskOf(pool, store, Date.now());
      figures.push(...(await measure(url, pool, events, times)));
      heaps.push(Number(await server.ask('megabytes')));
    }
    return [...figures, memory(heaps)];
  } finally {
    await server.stop();
    await pool.end();
    await database.stop();
    if (process.env.BENCH_KEEP === undefined) rmSync(dataDir, { recursive: true, force: true });
  }
}

function settings(databaseUrl: string, dataDir: string): Readonly<Record<string, string>> {
  const given = {
    ...{ PORT: '0', DATA_DIR: join(dataDir, 'server'), DATABASE_URL: databaseUrl, ROLE: 'web', SANDBOX: 'wecom' },
    ...{ CONFIG_DIR: resolve('config'), BUREAU: resolve('config/sample-bureau'), LOG_LEVEL: 'silent' },
  };
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [`FENGHUO_${name}`, value]));
}

function memory(heaps: readonly number[]): Figure {
  const [first = 0] = heaps;
  const note = `of the server after each size: ${heaps.map((heap) => heap.toFixed(0)).join(', ')} MB`;
  return figure({ bench: 'pages', what: 'heap after all questions', unit: 'x', bar: { is: 'most', value: 1.5 }, note }, [
    (heaps.at(-1) ?? 0) / first,
  ]);
}
