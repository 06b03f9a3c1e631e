/** A backup of the whole database as of one moment, beside everything that goes on in it. */
import { createHash } from 'node:crypto';
import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Pool, PoolClient } from 'pg';
import { sequencesOf, tablesOf } from './catalogue';
import { copyOut } from './copy';
import { BackupFault, CLOSING, type Header, opening, type Trailer } from './format';
import { linesIn } from './lines';

/** Rows are written in pieces of about so many bytes. */
const PIECE = 64 * 1024;

/** What was written. */
export interface BackupMade {
  readonly madeAt: string;
  readonly tables: Trailer['tables'];
}

/**
 * Writes every table into `file` (mode 0600, only when it is whole, never over another file), read in one REPEATABLE READ snapshot: the
 * bot goes on meanwhile. Throws BackupFault for a database that nobody has used yet. May run at any time, several at once.
 */
export async function writeBackup(pool: Pool, file: string): Promise<BackupMade> {
  const client = await pool.connect();
  const half = `${file}.${process.pid}.half`;
  try {
    await client.query(SNAPSHOT);
    const header = await headerOf(client);
    const sums: Trailer['tables'] = [];
    const out = createWriteStream(half, { mode: 0o600, flags: 'wx', flush: true });
    await pipeline(Readable.from(pieces(linesOf(client, header, sums))), createGzip(), out);
    await client.query('COMMIT');
    renameSync(half, file);
    return { madeAt: header.madeAt, tables: sums };
  } catch (cause) {
    throw sayable(cause);
  } finally {
    rmSync(half, { force: true });
    // The session was changed for this; nobody else gets it.
    client.release(true);
  }
}

/** The disk, as a sentence. */
function sayable(cause: unknown): unknown {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : '';
  if (code === 'ENOSPC') return new BackupFault('磁盘空间不足，没有备份：请换一块磁盘，或先腾出空间。');
  if (code === 'ENOENT' || code === 'ENOTDIR') return new BackupFault('没有这个文件夹，没有备份：请先建立文件夹。');
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return new BackupFault('没有写入这个文件夹的权限，没有备份。');
  return cause;
}

/** Values are written so that any server reads them alike; neither size nor a slow disk ends the snapshot. */
const SNAPSHOT = `
  BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
  SET LOCAL statement_timeout = 0;
  SET LOCAL idle_in_transaction_session_timeout = 0;
  SET LOCAL datestyle = 'ISO, YMD';
  SET LOCAL timezone = 'UTC';
  SET LOCAL extra_float_digits = 3`;

async function headerOf(client: PoolClient): Promise<Header> {
  const { rows } = await client.query<{ there: boolean }>("SELECT to_regclass('stamp') IS NOT NULL AS there");
  const { rows: stamps } = rows[0]?.there ? await client.query<{ kind: Header['stamp'] }>('SELECT kind FROM stamp') : { rows: [] };
  const stamp = stamps[0]?.kind;
  if (stamp === undefined) throw new BackupFault('这个数据库还没有启用过烽火，没有可备份的内容。');
  const { rows: migrations } = await client.query<Header['migrations'][number]>('SELECT name, sha256 FROM migrations ORDER BY name');
  const { rows: now } = await client.query<{ at: string }>(
    `SELECT to_char(transaction_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at`,
  );
  const tables = await tablesOf(client);
  const sequences = await sequencesOf(client, tables);
  return { fenghuo: 'backup', format: 1, madeAt: now[0]?.at ?? '', stamp, migrations, tables, sequences };
}

/** `sums` is filled on the way. */
async function* linesOf(client: PoolClient, header: Header, sums: Trailer['tables']): AsyncGenerator<Buffer> {
  const first = Buffer.from(`${JSON.stringify(header)}\n`);
  yield first;
  for (const { name, columns } of header.tables) {
    yield Buffer.from(opening(name));
    const hash = createHash('sha256');
    let rows = 0;
    for await (const piece of copyOut(client, `COPY ${name} (${columns.join(', ')}) TO STDOUT`) as AsyncIterable<Buffer>) {
      hash.update(piece);
      rows += linesIn(piece);
      yield piece;
    }
    sums.push({ name, rows, sha256: hash.digest('hex') });
    yield Buffer.from(CLOSING);
  }
  const trailer: Trailer = { header: createHash('sha256').update(first).digest('hex'), tables: sums };
  yield Buffer.from(`${JSON.stringify(trailer)}\n`);
}

async function* pieces(lines: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const line of lines) {
    held.push(line);
    size += line.length;
    if (size < PIECE) continue;
    yield Buffer.concat(held);
    held = [];
    size = 0;
  }
  yield Buffer.concat(held);
}
