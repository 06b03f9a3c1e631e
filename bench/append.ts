/** Appending to a stream, alone and as a whole command, against two plain INSERTs in one transaction by the same driver, and by pgbench. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Appending } from './append/writer';
import { startChild } from './child';
import { type Figure, figure, median } from './figure';
import { moduleVersion } from './machine';
import { onDatabase } from './ownDatabase';
import { inTurns, type Length, ratios } from './turns';

const WAYS: readonly Appending[] = ['append', 'command', 'inserts'];
/** An append waits for the disk; a round of them is shorter than one of intake. */
const SHARE = 1 / 16;
const TABLES = `
  CREATE TABLE bench_events (stream text, version int, body text, at timestamptz DEFAULT now(), PRIMARY KEY (stream, version));
  CREATE TABLE bench_messages (id bigserial PRIMARY KEY, version int, intent jsonb, at timestamptz DEFAULT now())`;

export async function append(length: Length): Promise<readonly Figure[]> {
  return onDatabase(async ({ pool, url }) => {
    const count = Math.round(length.messages * SHARE);
    const bare = await pgbench();
    const given = await inTurns([...WAYS, ...(bare === null ? [] : ['pgbench' as const])], length, async () => {
      await pool.query(`DROP TABLE IF EXISTS bench_events, bench_messages; ${TABLES}`);
      const env = { BENCH_DATABASE_URL: url };
      const children = new Map(WAYS.map((way) => [way, startChild<number, number>('append/writer.ts', { ...env, BENCH_WAY: way })]));
      return {
        measure: async (way: Appending | 'pgbench'): Promise<number> => {
          if (way === 'pgbench') return (await bare?.run(url, count)) ?? Number.NaN;
          return count / ((await children.get(way)?.ask(count)) ?? Number.NaN);
        },
        close: async () => {
          for (const child of children.values()) await child.stop();
          await pool.query(`SET fenghuo.reset = 'on'; TRUNCATE streams, stream_numbers, vault CASCADE`);
        },
      };
    });
    return figuresOf(given, bare?.version ?? null);
  });
}

function figuresOf(given: Readonly<Record<Appending | 'pgbench', readonly number[]>>, version: string | null): readonly Figure[] {
  const shown = (way: Appending | 'pgbench'): string => `${Math.round(median(given[way]))}/s`;
  const about = { bench: 'append', unit: 'x', bar: null } as const;
  const beside = (one: Appending, other: Appending | 'pgbench', what: string): Figure =>
    figure({ ...about, what, note: `${shown(one)} against ${shown(other)}, one connection` }, ratios(given[one], given[other]));
  const plain = `two INSERTs by pg ${moduleVersion('pg')}`;
  return [
    beside('append', 'inserts', `event and delivery, against ${plain}`),
    beside('command', 'inserts', `whole command, against ${plain}`),
    ...(version === null ? [] : [beside('append', 'pgbench', `event and delivery, against ${version}`)]),
  ];
}

interface Pgbench {
  readonly version: string;
  /** Transactions a second of the same two INSERTs, prepared, on one connection. */
  run(url: string, count: number): Promise<number>;
}

const SCRIPT = `\\set v random(1, 2000000000)
BEGIN;
INSERT INTO bench_events (stream, version, body) VALUES ('p', :v, 'body') ON CONFLICT DO NOTHING;
INSERT INTO bench_messages (version, intent) VALUES (:v, '{}');
COMMIT;
`;

/** Null where it is not on the PATH. */
async function pgbench(): Promise<Pgbench | null> {
  const run = promisify(execFile);
  const version = await run('pgbench', ['--version']).catch(() => null);
  if (version === null) return null;
  return {
    version: version.stdout
      .trim()
      .replace(/ \(PostgreSQL\)/, '')
      .replace(/ \(.*$/, ''),
    run: async (url, count) => {
      const folder = mkdtempSync(join(tmpdir(), 'fenghuo-pgbench-'));
      writeFileSync(join(folder, 'script'), SCRIPT);
      try {
        const { stdout } = await run('pgbench', ['-n', '-M', 'prepared', '-t', String(count), '-f', join(folder, 'script'), url]);
        return Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}
