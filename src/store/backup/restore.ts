/** Puts a backup into an empty database: all of it in one transaction, or nothing. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { Pool, PoolClient } from 'pg';
import type { z } from 'zod';
import { StoreFault } from '../fault';
import { MIGRATIONS, migrate, migrationsIn } from '../migrate';
import { foundStamp } from '../stamp';
import { copyIn } from './copy';
import { BackupFault, type Header, headerSchema, opening, type Trailer, trailerSchema } from './format';
import { Lines, linesIn } from './lines';

/** What came back. */
export interface Restored {
  /** When the backup was made, real time. */
  readonly madeAt: string;
  readonly rows: number;
  /** Migrations of this program that the backup did not have yet. */
  readonly migrated: readonly string[];
}

/**
 * Restores `file`. Refused (BackupFault, one Chinese sentence, nothing is changed but tables made) when the database was ever used, when
 * the file is cut off or one of its bytes is not as written, and when it comes from a newer program.
 */
export async function restoreBackup(pool: Pool, file: string): Promise<Restored> {
  if ((await foundStamp(pool)) !== null) throw new BackupFault('这个数据库里已有数据，不能恢复到这里：请换一个空的数据目录或空的数据库。');
  const source = createReadStream(file);
  const unpacked = createGunzip();
  source.once('error', (cause) => unpacked.destroy(cause));
  const lines = new Lines(source.pipe(unpacked));
  try {
    const first = await lines.line();
    const header = parsed(headerSchema, first);
    await refuseStranger(pool, header);
    await migrate(pool, MIGRATIONS, new Set(header.migrations.map(({ name }) => name)));
    const rows = await load(pool, header, createHash('sha256').update(first).digest('hex'), lines);
    return { madeAt: header.madeAt, rows, migrated: await migrate(pool) };
  } catch (cause) {
    throw sayable(cause);
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}

/** As a sentence: the file is not there, is no gzip, was cut in the middle of its packing, or holds what PostgreSQL cannot take (SQLSTATE 22, 23). */
function sayable(cause: unknown): unknown {
  if (cause instanceof StoreFault && /^2[23]/.test(cause.found.code))
    return new BackupFault('备份文件已损坏：有一行放不进它的表，没有恢复。');
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOENT') return new BackupFault('没有这个备份文件。');
  if (code === 'EACCES' || code === 'EISDIR') return new BackupFault('备份文件读不出来：请检查路径和权限。');
  if (code === 'Z_DATA_ERROR' || code === 'Z_BUF_ERROR') return new BackupFault('不是烽火的备份文件，或文件已损坏。');
  return cause;
}

function parsed<T extends z.ZodType>(schema: T, line: Buffer): z.infer<T> {
  try {
    return schema.parse(JSON.parse(line.toString('utf8')));
  } catch {
    throw new BackupFault('不是烽火的备份文件，或文件已损坏。');
  }
}

/** Refuses a migration that this program does not have, or has otherwise, and a database that is further on than the backup. */
async function refuseStranger(pool: Pool, header: Header): Promise<void> {
  const ours = new Map((await migrationsIn()).map(({ name, sha256 }) => [name, sha256]));
  if (header.migrations.some(({ name, sha256 }) => ours.get(name) !== sha256))
    throw new BackupFault('备份来自更新的或另一个版本的烽火：请先换用制作备份的版本或更新的版本。');
  const { rows } = await pool.query<{ there: boolean }>("SELECT to_regclass('migrations') IS NOT NULL AS there");
  const { rows: applied } = rows[0]?.there ? await pool.query<{ name: string }>('SELECT name FROM migrations') : { rows: [] };
  const known = new Set(header.migrations.map(({ name }) => name));
  if (applied.some(({ name }) => !known.has(name))) throw new BackupFault('这个数据库的表比备份的新：请换一个空的数据库。');
}

async function load(pool: Pool, header: Header, headerHash: string, lines: Lines): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query(BEGIN);
    await makeRoom(client, header);
    const sums: Trailer['tables'] = [];
    for (const table of header.tables) sums.push(await loadTable(client, table, lines));
    const trailer = parsed(trailerSchema, await lines.line());
    const isWhole = JSON.stringify(trailer) === JSON.stringify({ header: headerHash, tables: sums }) && (await lines.isOver());
    if (!isWhole) throw new BackupFault('备份文件已损坏：内容与其校验值不符，没有恢复。');
    for (const sequence of header.sequences) await goOnFrom(client, sequence);
    await client.query('COMMIT');
    await client.query('ANALYZE');
    return sums.reduce((sum, { rows }) => sum + rows, 0);
  } finally {
    // A transaction that was not committed ends with its connection.
    client.release(true);
  }
}

const BEGIN = `
  BEGIN;
  SET LOCAL statement_timeout = 0;
  SET LOCAL idle_in_transaction_session_timeout = 0;
  SET LOCAL datestyle = 'ISO, YMD';
  SET LOCAL timezone = 'UTC'`;

/** Rows that the migrations themselves have put in come from the backup. Refuses when another program took the database meanwhile. */
async function makeRoom(client: PoolClient, { tables }: Header): Promise<void> {
  await client.query('LOCK TABLE stamp IN ACCESS EXCLUSIVE MODE');
  const { rowCount } = await client.query('SELECT FROM stamp');
  if (rowCount !== 0) throw new BackupFault('这个数据库正被另一个烽火使用：请先停止它。');
  for (const { name } of [...tables].reverse()) {
    const { rows } = await client.query<{ some: boolean }>(`SELECT EXISTS (SELECT FROM ${name}) AS some`);
    if (rows[0]?.some) await client.query(`DELETE FROM ${name}`);
  }
}

async function loadTable(
  client: PoolClient,
  { name, columns }: Header['tables'][number],
  lines: Lines,
): Promise<Trailer['tables'][number]> {
  if ((await lines.line()).toString('utf8') !== opening(name)) throw new BackupFault('备份文件已损坏：表的次序不对，没有恢复。');
  const hash = createHash('sha256');
  let rows = 0;
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const piece of lines.table()) {
      hash.update(piece);
      rows += linesIn(piece);
      yield piece;
    }
  };
  await copyIn(client, `COPY ${name} (${columns.join(', ')}) FROM STDIN`, counted());
  return { name, rows, sha256: hash.digest('hex') };
}

/** What counts by itself goes on behind the last number given out. */
async function goOnFrom(client: PoolClient, { table, column, last }: Header['sequences'][number]): Promise<void> {
  if (last === null) return;
  await client.query('SELECT setval(pg_get_serial_sequence($1, $2), $3)', [table, column, last]);
}
