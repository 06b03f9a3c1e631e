/** What a database holds: its tables in the order of their references, their columns, the numbers given out. */
import type { PoolClient } from 'pg';
import type { Header } from './format';

/**
 * Not in a backup: which processes live, which means nothing elsewhere; what platforms have lent, which is asked for anew; who is signed
 * in just now, and work that is begun again; the migrations, which make the tables. The queue's tables stand in a schema of their own.
 */
const LEFT_OUT = ['instances', 'platform_tokens', 'sessions', 'first_links', 'long_work', 'migrations'];

/** Tables of this schema, each behind those it refers to. Columns that PostgreSQL computes are left out. */
export async function tablesOf(client: PoolClient): Promise<Header['tables']> {
  const { rows } = await client.query<{ name: string; columns: string[]; refers: string[] }>(TABLES, [LEFT_OUT]);
  const ordered: Header['tables'] = [];
  const rest = new Map(rows.map((row) => [row.name, row]));
  while (rest.size > 0) {
    const ready = [...rest.values()].filter(({ refers }) => refers.every((other) => !rest.has(other)));
    if (ready.length === 0) throw new Error(`tables refer to each other: ${[...rest.keys()].join(', ')}`);
    for (const { name, columns } of ready) {
      ordered.push({ name, columns });
      rest.delete(name);
    }
  }
  return ordered;
}

/** Of every column that counts by itself. */
export async function sequencesOf(client: PoolClient, tables: Header['tables']): Promise<Header['sequences']> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(SEQUENCES, [tables.map(({ name }) => name)]);
  const found: Header['sequences'] = [];
  for (const { table, column, sequence } of rows) {
    const { rows: at } = await client.query<{ last: string | null }>(
      `SELECT CASE WHEN is_called THEN last_value::text END AS last FROM ${sequence}`,
    );
    found.push({ table, column, last: at[0]?.last ?? null });
  }
  return found;
}

const TABLES = `
  SELECT c.relname AS name,
    (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
    coalesce((SELECT array_agg(DISTINCT o.relname::text) FROM pg_constraint f JOIN pg_class o ON o.oid = f.confrelid
     WHERE f.conrelid = c.oid AND f.contype = 'f' AND o.oid <> c.oid), '{}') AS refers
  FROM pg_class c
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND NOT c.relname = ANY ($1::text[])
  ORDER BY c.relname`;
const SEQUENCES = `
  SELECT c.relname AS table, a.attname AS column, pg_get_serial_sequence(c.oid::regclass::text, a.attname) AS sequence
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relname = ANY ($1::text[])
    AND pg_get_serial_sequence(c.oid::regclass::text, a.attname) IS NOT NULL
  ORDER BY 1, 2`;
