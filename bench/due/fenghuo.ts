/** Rings of incidents as the program works them: rows found, decided, and committed with their events and messages. */
import type { Instant } from '../../src/core/instant';
import { workDue } from '../../src/jobs/due';
import { realPace } from '../../src/jobs/pace';
import type { Store } from '../../src/ports/store';
import { openPool } from '../../src/store/pool';
import { createStore } from '../../src/store/postgres';
import { report } from '../../test/core/builders';
import { openOffice } from '../../test/handlers/office';
import { answerParent } from '../child';
import { type Asked, ascending, type Lateness, SINGLE_EVERY_MS } from './lateness';

const pool = openPool(process.env.BENCH_DATABASE_URL ?? '', { max: 12 });
const store = createStore(pool, { log: { warn: () => undefined } });
const START = Date.parse('2026-08-01T09:00:00+08:00');
const SLICE = 100_000;
const TABLES = ['deliveries', 'asks', 'deadlines', 'incidents', 'events', 'streams', 'stream_numbers', 'vault'];

answerParent<Asked, Lateness>(async (asked) => ({
  burstMs: asked.burst === 0 ? 0 : await burst(asked),
  burstDone: asked.burst,
  late: await singles(asked),
}));

/** One incident is reported as any, and then there are many of it. */
async function burst({ burst: count }: Asked): Promise<number> {
  await empty();
  const office = openOffice(store);
  office.now = START;
  await office.act('original', 'duty1', report({ receivedAt: START }));
  await clone(count - 1, null);
  const ringAt = (await store.nextMoment([])) ?? START;
  const begun = performance.now();
  const deps = { ...office.deps, clock: { now: () => ringAt } };
  await workDue(deps, () => undefined);
  const ms = performance.now() - begun;
  const { rows } = await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM events WHERE type = 'DeadlinesRang'`);
  if (rows[0]?.n !== count) throw new Error(`${rows[0]?.n} of ${count} rang`);
  return ms;
}

/** Reported one after the other, they fall due one after the other; the clock then runs through their moments. */
async function singles({ single, pending }: Asked): Promise<readonly number[]> {
  await empty();
  const office = openOffice(store);
  const moments = new Map<string, Instant>();
  for (let i = 0; i < single; i += 1) {
    office.now = START + i * SINGLE_EVERY_MS;
    await office.act(`single-${i}`, 'duty1', report({ n: i + 1, receivedAt: office.now }));
  }
  await clone(pending, '10 years');
  await pool.query('ANALYZE deadlines, streams');
  const first = (await store.nextMoment([])) ?? START;
  for (let i = 0; i < single; i += 1) moments.set(`single-${i}`, first + i * SINGLE_EVERY_MS);
  const late: number[] = [];
  const zero = performance.now() + 500;
  const clock = { now: () => Math.floor(first + performance.now() - zero) };
  const deps = { ...office.deps, clock, store: watched(store, moments, late, clock.now) };
  while (late.length < single) {
    const next = (await store.nextMoment([])) ?? first;
    if (next > clock.now()) await realPace.sleep(next - clock.now());
    await workDue(deps, () => undefined);
  }
  return ascending(late);
}

/** Notes when the transaction of each stream has ended. */
function watched(kept: Store, moments: ReadonlyMap<string, Instant>, late: number[], now: () => Instant): Store {
  return {
    ...kept,
    transact: async (locks, work) => {
      const result = await kept.transact(locks, work);
      for (const stream of locks.streams ?? []) {
        const due = moments.get(stream);
        if (due !== undefined) late.push(now() - due);
      }
      return result;
    },
  };
}

async function empty(): Promise<void> {
  await pool.query(`SET fenghuo.reset = 'on'`);
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SET LOCAL fenghuo.reset = 'on'`);
    await client.query(`TRUNCATE ${TABLES.join(', ')} RESTART IDENTITY CASCADE`);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

/** Copies of the first incident with everything it owes; `later` puts their moments off. */
async function clone(count: number, later: string | null): Promise<void> {
  const first = `(SELECT id FROM streams ORDER BY seq LIMIT 1)`;
  const columns = async (table: string): Promise<readonly string[]> => {
    const { rows } = await pool.query<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 AND is_identity = 'NO'`,
      [table],
    );
    return rows.map(({ name }) => name);
  };
  const copy = async (table: string, id: string, more: Readonly<Record<string, string>>): Promise<void> => {
    const names = await columns(table);
    const value = (name: string): string => (name === id ? `'copy-' || g.i` : (more[name] ?? `t.${name}`));
    // In slices: a statement of a million would meet the pool's time limit.
    for (let done = 0; done < count; done += SLICE) {
      const copies = `generate_series(${done + 1}, ${Math.min(count, done + SLICE)}) AS g (i)`;
      await pool.query(
        `INSERT INTO ${table} (${names.join(', ')}) SELECT ${names.map(value).join(', ')} FROM ${table} t, ${copies} WHERE t.${id} = ${first}`,
      );
    }
  };
  await copy('streams', 'id', { n: '1000000 + g.i' });
  await copy('events', 'stream_id', {});
  await copy('deadlines', 'stream_id', later === null ? {} : { next_at: `t.next_at + interval '${later}'` });
  await copy('asks', 'stream_id', {});
  await copy('incidents', 'stream_id', { n: '1000000 + g.i' });
}
