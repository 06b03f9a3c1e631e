/** Intake while the database is slow or away: a yes means committed, everything else is a no in good time. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { inboxHeld } from '../support/inboxHeld';
import { openWeb, type Web } from './openWeb';
import type { Answer } from './platform';

const LATEST_MS = 4_000;

describe('messages that come faster than they can be kept', () => {
  let bureau: Web;
  beforeAll(async () => {
    bureau = await openWeb();
  }, 60_000);
  afterAll(() => bureau.close());
  beforeEach(() => bureau.pool.query('TRUNCATE inbox, conversations, vault'));

  const all = (count: number, of = 'm'): Promise<readonly Answer[]> =>
    Promise.all(Array.from({ length: count }, (_, i) => bureau.platform.send(`${of}${i}`)));
  const ids = (count: number, of = 'm'): readonly string[] => Array.from({ length: count }, (_, i) => `${of}${i}`).sort();
  const kept = async (): Promise<readonly string[]> =>
    (await bureau.pool.query<{ id: string }>('SELECT dedupe_key AS id FROM inbox')).rows.map(({ id }) => id).sort();
  const statuses = (answers: readonly Answer[]): readonly number[] => [...new Set(answers.map(({ status }) => status))];

  test('while the inbox is held nobody hears yes; once it is free everybody does, and every message is there once', async () => {
    let answered = 0;
    const waiting = await inboxHeld(bureau.pool, async () => {
      const sent = Array.from({ length: 300 }, async (_, i) => {
        const answer = await bureau.platform.send(`m${i}`);
        answered += 1;
        return answer;
      });
      await intakeWaits(bureau, 2);
      expect(answered).toBe(0);
      return sent;
    });
    expect(statuses(await Promise.all(waiting))).toEqual([200]);
    expect(await kept()).toEqual(ids(300));
    expect(await largestCommit(bureau)).toBeGreaterThanOrEqual(64);
  });

  test('what cannot be kept in time is refused before the platform gives up, and its repeat is taken once', async () => {
    const refused = await inboxHeld(bureau.pool, () => all(250));
    expect(statuses(refused)).toEqual([503]);
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['overloaded']));
    expect(Math.max(...refused.map(({ ms }) => ms))).toBeLessThan(LATEST_MS);
    expect(statuses(await all(250))).toEqual([200]);
    expect(await kept()).toEqual(ids(250));
    const page = await (await fetch(`${bureau.app.url}/metrics`)).text();
    expect(page).toContain('fenghuo_http_refused_total{status="503",code="overloaded"} 250');
  });

  test('each yes is true at the moment it is heard, also while the inbox is held again and again', async () => {
    const untrue: string[] = [];
    const checked = async (id: string): Promise<number> => {
      const { status } = await bureau.platform.send(id);
      const { rows } = await bureau.pool.query('SELECT count(*)::int AS n FROM inbox WHERE dedupe_key = $1', [id]);
      if (status === 200 && rows[0].n !== 1) untrue.push(id);
      return status;
    };
    for (let round = 0; round < 5; round++) {
      const sent = await inboxHeld(bureau.pool, async () => {
        const answers = Array.from({ length: 40 }, (_, i) => checked(`r${round}-${i}`));
        await intakeWaits(bureau);
        return answers;
      });
      await Promise.all(sent);
    }
    expect(untrue).toEqual([]);
    expect(await kept()).toHaveLength(200);
  });

  test('when the database cuts its connections the message is refused, and its repeat is taken once', async () => {
    const [sent] = await inboxHeld(bureau.pool, async () => {
      const answers = all(100);
      await intakeWaits(bureau, 2);
      await bureau.pool.query(`SELECT pg_terminate_backend(pid) FROM (${WAITING}) AS stuck`);
      return [answers];
    });
    const answers = await sent;
    expect(answers.filter(({ status }) => status === 503).map(({ code }) => code)).toContain('not_stored');
    const no = answers.flatMap(({ status }, i) => (status === 200 ? [] : [`m${i}`]));
    expect((await kept()).filter((id) => no.includes(id))).toEqual([]);
    expect(statuses(await all(100))).toEqual([200]);
    expect(await kept()).toEqual(ids(100));
  });

  test('a message that the database can never hold is refused alone; those that came with it are kept', async () => {
    const endless = Array.from({ length: 200 }, (_, i) => createHash('sha256').update(String(i)).digest('base64')).join('');
    const [good, bad] = await inboxHeld(bureau.pool, async () => {
      const first = bureau.platform.send('first');
      await intakeWaits(bureau);
      return [Promise.all([first, all(50)]), bureau.platform.send(endless)] as const;
    });
    expect(await bad).toMatchObject({ status: 503, code: 'not_stored' });
    const [first, rest] = await good;
    expect(statuses([first, ...rest])).toEqual([200]);
    expect(await kept()).toEqual([...ids(50), 'first'].sort());
  });
});

const WAITING = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO inbox%'`;

/** Resolves when so many statements of intake stand before the held table. */
async function intakeWaits(bureau: Web, statements = 1): Promise<void> {
  while ((await bureau.pool.query(WAITING)).rowCount !== statements);
}

/** The most messages that one transaction wrote. */
async function largestCommit(bureau: Web): Promise<number> {
  const { rows } = await bureau.pool.query('SELECT count(*)::int AS n FROM inbox GROUP BY xmin::text ORDER BY n DESC LIMIT 1');
  return rows[0].n as number;
}
