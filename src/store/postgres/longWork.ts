/** Long work as rows. Whether a process still works at one is judged by the database's own clock, the same for all processes. */
import type { Pool } from 'pg';
import type { Attempt, LongWork, WorkRow } from '../../ports/longWork';
import { json, rows } from '../sql';

/** Over a migrated database. */
export function createLongWork(pool: Pool): LongWork {
  const moved = async (statement: { readonly name: string; readonly text: string }, values: readonly unknown[]): Promise<boolean> =>
    (await rows(pool, statement, values)).length === 1;
  const attempted = async (statement: { readonly name: string; readonly text: string }, values: readonly unknown[]) =>
    (await rows<Attempt>(pool, statement, values))[0] ?? null;
  return {
    begin: (owner, { id, kind, about }) => attempted(BEGIN, [owner, id, kind, json(about)]),
    again: (owner, id) => attempted(AGAIN, [owner, id]),
    advance: ({ owner, id, attempt }, { step, done, total }) => moved(ADVANCE, [owner, id, attempt, step, done, total]),
    beat: async ({ owner, id, attempt }) => void (await rows(pool, BEAT, [owner, id, attempt])),
    end: ({ owner, id, attempt }, how) =>
      'fault' in how
        ? moved(FAIL, [owner, id, attempt, how.fault])
        : moved(END, [
            owner,
            id,
            attempt,
            json(how.answer),
            how.file?.name ?? null,
            how.file === null ? null : Buffer.from(how.file.bytes),
          ]),
    about: async (owner, id) => (await rows<{ about: unknown }>(pool, ABOUT, [owner, id]))[0]?.about ?? null,
    find: async (owner, id) => (await rows<WorkRow>(pool, FIND, [owner, id]))[0] ?? null,
    list: (owner, limit) => rows<WorkRow>(pool, LIST, [owner, limit]),
    file: async (owner, id) => (await rows<{ name: string; bytes: Buffer }>(pool, FILE, [owner, id]))[0] ?? null,
    running: () => rows(pool, RUNNING),
  };
}

/** A process that says nothing for so long is taken for dead. */
const ALIVE = "clock_timestamp() + interval '15 seconds'";
const MINE = `owner = $1 AND id = $2 AND attempt = $3 AND state = 'running'`;

const BEGIN = {
  name: 'long_work.begin',
  text: `
    WITH over AS (DELETE FROM long_work WHERE ended_real_at < clock_timestamp() - interval '1 day')
    INSERT INTO long_work (owner, id, kind, about, state, begun_real_at, alive_until_real)
    VALUES ($1, $2, $3, $4, 'running', clock_timestamp(), ${ALIVE})
    ON CONFLICT DO NOTHING RETURNING owner, id, attempt`,
};
const AGAIN = {
  name: 'long_work.again',
  text: `
    UPDATE long_work SET state = 'running', attempt = attempt + 1, step = '', done = 0, total = NULL, moves = moves + 1, fault = NULL,
      ended_real_at = NULL, begun_real_at = clock_timestamp(), alive_until_real = ${ALIVE}
    WHERE owner = $1 AND id = $2 AND (state = 'failed' OR (state = 'running' AND alive_until_real <= clock_timestamp()))
    RETURNING owner, id, attempt`,
};
const ADVANCE = {
  name: 'long_work.advance',
  text: `UPDATE long_work SET step = $4, done = $5, total = $6, moves = moves + 1, alive_until_real = ${ALIVE} WHERE ${MINE} RETURNING id`,
};
const BEAT = { name: 'long_work.beat', text: `UPDATE long_work SET alive_until_real = ${ALIVE} WHERE ${MINE}` };
const END = {
  name: 'long_work.end',
  text: `
    UPDATE long_work SET state = 'done', about = about - 'sheet', moves = moves + 1, ended_real_at = clock_timestamp(), answer = $4, file_name = $5,
      file = $6
    WHERE ${MINE} RETURNING id`,
};
const FAIL = {
  name: 'long_work.fail',
  text: `UPDATE long_work SET state = 'failed', moves = moves + 1, ended_real_at = clock_timestamp(), fault = $4 WHERE ${MINE} RETURNING id`,
};

const ROW = `
  SELECT id, kind, about - 'sheet' AS about, attempt, step, done, total, begun_real_at AS "begunAt", ended_real_at AS "endedAt", fault, answer,
    CASE WHEN state = 'running' AND alive_until_real <= clock_timestamp() THEN 'broken_off' ELSE state END AS state,
    CASE WHEN file IS NOT NULL THEN file_name END AS file
  FROM long_work WHERE owner = $1`;
const ABOUT = { name: 'long_work.about', text: 'SELECT about FROM long_work WHERE owner = $1 AND id = $2' };
const FIND = { name: 'long_work.find', text: `${ROW} AND id = $2` };
const LIST = { name: 'long_work.list', text: `${ROW} ORDER BY begun_real_at DESC LIMIT $2` };
const FILE = {
  name: 'long_work.file',
  text: `SELECT file_name AS name, file AS bytes FROM long_work WHERE owner = $1 AND id = $2 AND file IS NOT NULL`,
};
const RUNNING = { name: 'long_work.running', text: `SELECT owner, id, moves FROM long_work WHERE state = 'running'` };
