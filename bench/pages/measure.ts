/** Asks a server every question of every page, as people of different rights, often enough for a p95. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { RULES } from '../../test/core/builders';
import { type Figure, figure } from '../figure';
import { type About, type Asked, askedBy } from './asked';

/** design.md section 6, at a million. */
const MOST_MS = 300;
/** Whoever sees all, whoever sees one county of six so that lists are narrowed for him, and whoever searches the record. */
const PEOPLE = ['duty1', 'hubin1', 'auditor1'] as const;
/** The server allows one person so many calls a minute (src/web/api/limits.ts); in this time it allows some tens more. */
const BUCKET_MS = 500;
/** Shorter work is done by then; a page looks again as often. */
const WORK_MS = 400;
const WORK = 'pages-figures';

/** One figure a question and person, the p95 of `times`; what a person may not read is left out. */
export async function measure(url: string, pool: Pool, events: number, times: number): Promise<readonly Figure[]> {
  const about = await aboutOf(pool);
  const figures: Figure[] = [];
  for (const person of PEOPLE) {
    const session = await signIn(url, person);
    for (const question of askedBy({ ...about, work: await worked(session) })) {
      const asked = await askOften(session, question, times);
      if (asked !== null) figures.push(shown(question, person, events, asked));
    }
  }
  return figures;
}

async function aboutOf(pool: Pool): Promise<Omit<About, 'work'>> {
  const { rows } = await pool.query<{ open: number; closed: number; shift: number }>(
    `SELECT max(n) FILTER (WHERE status <> 'archived') AS open, max(n) FILTER (WHERE status = 'archived') AS closed,
       (SELECT max(n) - 1 FROM streams WHERE kind = 'duty') AS shift
     FROM incidents WHERE county = 'hubin'`,
  );
  const { open = 1, closed = 1, shift = 1 } = rows[0] ?? {};
  return { n: open, closed, shift, plan: RULES.pack.pack, rank: RULES.pack.levels.at(-2)?.rank ?? 1, now: Date.now() };
}

interface Session {
  readonly url: string;
  readonly cookie: string;
}

async function signIn(url: string, person: string): Promise<Session> {
  const answer = await fetch(`${url}/console/session/sandbox`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person }),
  });
  if (!answer.ok) throw new Error(`${person} could not sign in: ${await answer.text()}`);
  const cookies = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
  return { url, cookie: cookies.join('; ') };
}

/** Has a year's figures made into a file in the background; null for whoever may not. */
async function worked(session: Session): Promise<string | null> {
  const { csrf } = ((await (await ask(session, '/console/session')).json()) as { session: { csrf: string } }).session;
  const begun = await fetch(`${session.url}/api/v1/long-work`, {
    method: 'POST',
    headers: { cookie: session.cookie, 'content-type': 'application/json', 'x-fenghuo-csrf': csrf, 'idempotency-key': WORK },
    body: JSON.stringify({ kind: 'export_statistics', from: new Date(Date.now() - 365 * 86_400_000).toISOString() }),
  });
  const answer = await begun.text();
  if (begun.status === 403 && !answer.includes('"csrf"')) return null;
  if (begun.status !== 202) throw new Error(`long work: ${begun.status} ${answer}`);
  for (let state = 'running'; state === 'running'; ) {
    await sleep(WORK_MS);
    ({ state } = (await (await ask(session, `/api/v1/long-work/${WORK}`)).json()) as { state: string });
  }
  return WORK;
}

interface Taken {
  /** Ascending. */
  readonly ms: readonly number[];
  readonly kilobytes: number;
}

/** After two that only warm up; waiting for the limit is no part of the time. Null for what the person may not read. */
async function askOften(session: Session, { path }: Asked, times: number): Promise<Taken | null> {
  const ms: number[] = [];
  let bytes = 0;
  for (let turn = -2; turn < times; ) {
    const begun = performance.now();
    const answer = await ask(session, path);
    bytes = (await answer.arrayBuffer()).byteLength;
    if (answer.status === 403) return null;
    if (answer.status === 429) {
      await sleep(BUCKET_MS);
      continue;
    }
    if (answer.status !== 200 && path !== '/readyz') throw new Error(`${path}: ${answer.status}`);
    if (turn >= 0) ms.push(performance.now() - begun);
    turn += 1;
  }
  return { ms: ms.sort((a, b) => a - b), kilobytes: bytes / 1024 };
}

function ask({ url, cookie }: Session, path: string): Promise<Response> {
  return fetch(url + path, { headers: { cookie } });
}

/** The value held against the bar is the p95. */
function shown({ page, path, isFile = false }: Asked, person: string, events: number, { ms, kilobytes }: Taken): Figure {
  const at = (share: number): number => ms[Math.min(ms.length - 1, Math.floor(ms.length * share))] ?? Number.NaN;
  const bar = events >= 1_000_000 && !isFile ? ({ is: 'most', value: MOST_MS } as const) : null;
  const note = `${page}, ${person}, ${events} events, ${kilobytes.toFixed(0)} KB; p50 ${at(0.5).toFixed(1)} ms, p95 is the figure`;
  const what = path.replace(/from=[^&]*/, 'from=…');
  return { ...figure({ bench: 'pages', what, unit: 'ms', bar, note }, ms), value: at(0.95) };
}
