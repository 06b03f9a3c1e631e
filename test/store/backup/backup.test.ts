/** Backup and restore on a real PostgreSQL: what comes back is what was there, or nothing comes back at all. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Pool } from 'pg';
import { restoreBackup } from '../../../src/store/backup/restore';
import { writeBackup } from '../../../src/store/backup/write';
import { openPool } from '../../../src/store/pool';
import { sha256 } from '../../../src/wiring/chance';
import { freshDatabase, type TestDatabase } from '../../support/database';
import { administer, ofDatabase } from '../../support/jest/testServer';

/** Everything that a text format could stumble over. */
const NASTY = 'tab\t line\nreturn\r back\\slash \\. \\N quote\' "two" 烽火🔥 \u2028 ';
let folder: string;
let source: TestDatabase;
let backup: string;
const targets: (() => Promise<void>)[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fenghuo-backup-'));
  backup = join(folder, 'fenghuo.backup');
  source = await freshDatabase();
  await fill(source.pool);
  await writeBackup(source.pool, backup);
});
afterAll(async () => {
  for (const end of targets) await end();
  await source.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function fill(pool: Pool): Promise<void> {
  await pool.query(`INSERT INTO stamp (kind) VALUES ('sandbox')`);
  await pool.query(`UPDATE sandbox_clock SET offset_ms = 86400000`);
  await pool.query(`UPDATE roster_state SET version = 7, hash = 'h', bureau = 'b', city = '三门峡市'`);
  await pool.query(
    `INSERT INTO streams (id, kind, mode, n, version, head_hash, state, rulebook, status, updated_at)
    SELECT 's' || i, 'incident', 'real', i, 2, 'h', jsonb_build_object('words', $1::text, 'n', 1e20::numeric), 'r', 'reported', '2026-03-05 00:30:00.123456+00'
    FROM generate_series(1, 300) i`,
    [NASTY],
  );
  await pool.query(
    `INSERT INTO events (stream_id, version, type, v, at, actor_person, cause_kind, cause_id, body, prev_hash, hash)
    SELECT 's' || i, v, 'T', 1, '2026-03-05 00:30:00.123456+00', NULL, 'inbox', '1', $1::text || i, '', 'h' FROM generate_series(1, 300) i, generate_series(1, 10) v`,
    [NASTY],
  );
  await pool.query(`INSERT INTO vault (id, kind, body) VALUES ('v1', 'reason', $1), ('v2', 'reason', NULL), ('v3', 'reason', '')`, [NASTY]);
  await pool.query(
    `INSERT INTO outlets (id, tenant, channel, address, recent) VALUES ('o', 't', 'c', 'a', ARRAY['2026-03-05 00:30:00.5+00'::timestamptz])`,
  );
  await pool.query(`INSERT INTO inbox (tenant, source, dedupe_key, conversation_id, account, received_at, meta)
    SELECT 't', 's', 'k' || i, 'c', 'a', now(), '{}' FROM generate_series(1, 5) i`);
  await pool.query(`DELETE FROM inbox WHERE id > 3`);
}

/** A database without a single table. */
async function bare(): Promise<Pool> {
  const name = `fenghuo_bare_${targets.length}_${process.pid}`;
  await administer(source.url, `CREATE DATABASE ${name}`);
  const pool = openPool(ofDatabase(source.url, name), { max: 3 });
  targets.push(async () => {
    await pool.end();
    await administer(source.url, `DROP DATABASE ${name} WITH (FORCE)`);
  });
  return pool;
}

/** Each table with its rows and a digest of them. */
async function content(pool: Pool): Promise<Readonly<Record<string, string>>> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND relname <> 'migrations' ORDER BY 1`,
  );
  const found: Record<string, string> = {};
  for (const { name } of rows) {
    const { rows: all } = await pool.query<{ of: string }>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS of FROM ${name} t`,
    );
    found[name] = all[0]?.of ?? '';
  }
  return found;
}

const changedFile = (change: (text: string) => string): string => {
  const path = join(folder, 'changed.backup');
  writeFileSync(path, gzipSync(change(gunzipSync(readFileSync(backup)).toString('utf8'))));
  return path;
};

describe('a backup', () => {
  test('is whole or not there, for its owner alone, and never written over another file', async () => {
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    expect(existsSync(`${backup}.${process.pid}.half`)).toBe(false);
    const empty = await freshDatabase();
    targets.push(() => empty.drop());
    const file = join(folder, 'none.backup');
    await expect(writeBackup(empty.pool, file)).rejects.toThrow('没有可备份的内容');
    expect(existsSync(file)).toBe(false);
  });
  test('says in a sentence when it cannot be written there', () =>
    expect(writeBackup(source.pool, join(folder, 'nowhere/x.backup'))).rejects.toThrow('没有这个文件夹'));
  test('brings every row of every table back to an empty database, byte for byte', async () => {
    const pool = await bare();
    const done = await restoreBackup(pool, backup);
    expect(done.rows).toBeGreaterThan(3_300);
    expect(await content(pool)).toEqual(await content(source.pool));
  });
  test('goes on counting behind the last number given out, not behind the last one kept', async () => {
    const target = await freshDatabase();
    targets.push(() => target.drop());
    await restoreBackup(target.pool, backup);
    const { rows } = await target.pool.query<{ id: string }>(
      `INSERT INTO inbox (tenant, source, dedupe_key, conversation_id, account, received_at, meta) VALUES ('t', 's', 'new', 'c', 'a', now(), '{}') RETURNING id`,
    );
    expect(rows[0]?.id).toBe('6');
  });
  test('keeps the events of the restored database as unchangeable as those of the first one', async () => {
    const pool = await bare();
    await restoreBackup(pool, backup);
    await expect(pool.query('DELETE FROM events')).rejects.toThrow('never changed');
  });
  test('holds one moment, whatever is written while it is read', async () => {
    const file = join(folder, 'busy.backup');
    let isWriting = true;
    const writer = (async () => {
      for (let i = 0; isWriting; i++) {
        await source.pool.query(
          `WITH v AS (INSERT INTO vault (id, kind, body) VALUES ($1, 'pair', 'x') RETURNING id)
          INSERT INTO anchors (day, root_hash, streams) SELECT '2000-01-01'::date + $2::int, v.id, 0 FROM v`,
          [`pair${i}`, i],
        );
      }
    })();
    await writeBackup(source.pool, file);
    isWriting = false;
    await writer;
    const pool = await bare();
    await restoreBackup(pool, file);
    const { rows } = await pool.query(
      `SELECT (SELECT count(*) FROM vault WHERE kind = 'pair') AS texts, (SELECT count(*) FROM anchors) AS days`,
    );
    expect(rows[0].texts).toBe(rows[0].days);
    await source.pool.query(`DELETE FROM vault WHERE kind = 'pair'; DELETE FROM anchors`);
  });
});

describe('a backup of an older program', () => {
  const LATER = '2026-11-22-0017-posts.sql';
  /** As the program wrote it that had not this one migration yet, though a later one. */
  const older = (text: string): string => {
    const lines = text.trimEnd().split('\n');
    const header = JSON.parse(lines[0] ?? '');
    header.migrations = header.migrations.filter(({ name }: { name: string }) => name !== LATER);
    for (const table of header.tables)
      if (table.name === 'dispatches') table.columns = table.columns.filter((column: string) => column !== 'posts');
    lines[0] = JSON.stringify(header);
    const trailer = JSON.parse(lines.at(-1) ?? '');
    trailer.header = sha256.of(`${lines[0]}\n`);
    return `${[...lines.slice(0, -1), JSON.stringify(trailer)].join('\n')}\n`;
  };

  test('is brought up to date once its rows are there, whatever the order of the migrations’ names', async () => {
    const pool = await bare();
    expect((await restoreBackup(pool, changedFile(older))).migrated).toEqual([LATER]);
    expect(await content(pool)).toEqual(await content(source.pool));
  });
  test('is refused by a database that is further on already', async () => {
    const target = await freshDatabase();
    targets.push(() => target.drop());
    await expect(restoreBackup(target.pool, changedFile(older))).rejects.toThrow('比备份的新');
  });
});

describe('a restore is refused, and leaves nothing behind,', () => {
  const refused = async (file: string, why: string): Promise<void> => {
    const pool = await bare();
    await expect(restoreBackup(pool, file)).rejects.toThrow(why);
    const { rows } = await pool.query<{ there: boolean }>(`SELECT to_regclass('streams') IS NOT NULL AS there`);
    if (rows[0]?.there) expect((await pool.query('SELECT FROM streams')).rowCount).toBe(0);
  };

  test('onto a database that was ever used', async () => {
    const before = await content(source.pool);
    await expect(restoreBackup(source.pool, backup)).rejects.toThrow('已有数据');
    expect(await content(source.pool)).toEqual(before);
  });
  test('when one sign of it is not as it was written', () =>
    refused(
      changedFile((text) => text.replace('烽火', '烽人')),
      '已损坏',
    ));
  test('when a row is missing, even where the file still reads well', () =>
    refused(
      changedFile((text) => text.replace(/^s299\t10\t[^\n]*\n/m, '')),
      '已损坏',
    ));
  test('when it was cut off in the middle of a table', () =>
    refused(
      changedFile((text) => text.slice(0, text.length / 2)),
      '不完整',
    ));
  test('when its packing was cut off', async () => {
    const file = join(folder, 'cut.backup');
    writeFileSync(file, readFileSync(backup).subarray(0, 2_000));
    await refused(file, '已损坏');
  });
  test('when it is another sort of file, or none', async () => {
    const file = join(folder, 'other.txt');
    writeFileSync(file, 'hello');
    await refused(file, '不是烽火的备份文件');
    await refused(join(folder, 'nowhere'), '没有这个备份文件');
  });
  test('when it comes from a newer program', () =>
    refused(
      changedFile((text) => text.replace(/"migrations":\[/, `"migrations":[{"name":"9999-12-31-new.sql","sha256":"${'0'.repeat(64)}"},`)),
      '更新的',
    ));
});
