/** How long the console's questions take while an office's record grows to a million events, and whether the server's memory grows with it. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { startEmbedded } from '../src/store/embedded/startEmbedded';
import { createStore } from '../src/store/postgres';
import { createLog } from '../src/wiring/logging';
import { startChild } from './child';
import { type Figure, figure } from './figure';
import { type Asked, askedBy } from './pages/asked';
import { liveDossiers } from './pages/dossier';
import { fill } from './pages/fill';
import type { Length } from './turns';

const LONG = { sizes: [10_000, 1_000_000], times: 40 } as const;
const QUICK = { sizes: [3_000], times: 5 } as const;
const QUICK_MESSAGES = 2_000;
/** design.md section 6, at a million. */
const MOST_MS = 300;
/** Whoever sees all, whoever sees one county of six so that lists are narrowed for him, and whoever searches the record. */
const PEOPLE = ['duty1', 'hubin1', 'auditor1'] as const;

/** On an embedded PostgreSQL of its own, one server throughout. `BENCH_KEEP` names a folder that is kept, to be looked into. */
export async function pages({ messages }: Length): Promise<readonly Figure[]> {
  const { sizes, times } = messages > QUICK_MESSAGES ? LONG : QUICK;
  const dataDir = process.env.BENCH_KEEP ?? mkdtempSync(join(tmpdir(), 'fenghuo-bench-'));
  chmodSync(dataDir, 0o755);
  const database = await startEmbedded({ dataDir, log: createLog('warn') });
  /** Not as the program opens one: filling takes longer than any statement of its may. */
  const pool = new Pool({ connectionString: database.url, max: 1 });
  const server = startChild<'url' | 'megabytes', string>('pages/server.ts', settings(database.url, dataDir));
  try {
    const url = await server.ask('url');
    const dossiers = await liveDossiers(pool, createStore(pool, { log: createLog('warn') }), Date.now());
    const figures: Figure[] = [];
    const heaps: number[] = [];
    for (const size of sizes) {
      const events = await fill(pool, dossiers, size, Date.now());
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

async function measure(url: string, pool: Pool, events: number, times: number): Promise<readonly Figure[]> {
  const { rows } = await pool.query<{ open: number; closed: number }>(
    `SELECT max(n) FILTER (WHERE status <> 'archived') AS open, max(n) FILTER (WHERE status = 'archived') AS closed
     FROM incidents WHERE county = 'hubin'`,
  );
  const questions = askedBy({ n: rows[0]?.open ?? 1, closed: rows[0]?.closed ?? 1, now: Date.now() });
  const figures: Figure[] = [];
  for (const person of PEOPLE) {
    const cookie = await signIn(url, person);
    for (const question of questions) {
      const asked = await askOften(url, cookie, question, times);
      if (asked !== null) figures.push(shown(question, person, events, asked));
    }
  }
  return figures;
}

async function signIn(url: string, person: string): Promise<string> {
  const answer = await fetch(`${url}/console/session/sandbox`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person }),
  });
  if (!answer.ok) throw new Error(`${person} could not sign in: ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

interface Taken {
  /** Ascending. */
  readonly ms: readonly number[];
  readonly kilobytes: number;
}

/** The server allows one person so many calls a minute (src/web/api/limits.ts); in this time it allows some tens more. */
const BUCKET_MS = 500;

/** After two that only warm up; waiting for the limit is no part of the time. Null for what the person may not read. */
async function askOften(url: string, cookie: string, { path }: Asked, times: number): Promise<Taken | null> {
  const ms: number[] = [];
  let bytes = 0;
  for (let turn = -2; turn < times; turn++) {
    let begun = performance.now();
    let answer = await fetch(url + path, { headers: { cookie } });
    while (answer.status === 429) {
      await sleep(BUCKET_MS);
      begun = performance.now();
      answer = await fetch(url + path, { headers: { cookie } });
    }
    bytes = (await answer.arrayBuffer()).byteLength;
    if (answer.status === 403) return null;
    if (answer.status !== 200 && path !== '/readyz') throw new Error(`${path}: ${answer.status}`);
    if (turn >= 0) ms.push(performance.now() - begun);
  }
  return { ms: ms.sort((a, b) => a - b), kilobytes: bytes / 1024 };
}

/** The value held against the bar is the p95. */
function shown({ page, path }: Asked, person: string, events: number, { ms, kilobytes }: Taken): Figure {
  const at = (share: number): number => ms[Math.min(ms.length - 1, Math.floor(ms.length * share))] ?? Number.NaN;
  const bar = events >= 1_000_000 ? ({ is: 'most', value: MOST_MS } as const) : null;
  const note = `${page}, ${person}, ${events} events, ${kilobytes.toFixed(0)} KB; p50 ${at(0.5).toFixed(1)} ms, p95 is the figure`;
  const what = path.replace(/from=[^&]*/, 'from=…');
  return { ...figure({ bench: 'pages', what, unit: 'ms', bar, note }, ms), value: at(0.95) };
}

function memory(heaps: readonly number[]): Figure {
  const [first = 0] = heaps;
  const note = `of the server after each size: ${heaps.map((heap) => heap.toFixed(0)).join(', ')} MB`;
  return figure({ bench: 'pages', what: 'heap after all questions', unit: 'x', bar: { is: 'most', value: 1.5 }, note }, [
    (heaps.at(-1) ?? 0) / first,
  ]);
}
