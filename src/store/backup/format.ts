/**
 * A backup as a file: gzip around lines of text. First a JSON line that says what follows, then each table as PostgreSQL's COPY writes it,
 * between a line that names it and a line `\.`, last a JSON line with rows and SHA-256 of every table. `zcat` shows all of it.
 */
import { z } from 'zod';

const name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** The first line. */
export const headerSchema = z.strictObject({
  fenghuo: z.literal('backup'),
  format: z.literal(1),
  /** Real time of the database when the snapshot was taken. */
  madeAt: z.iso.datetime(),
  stamp: z.enum(['sandbox', 'real']),
  /** What had been applied, oldest first. */
  migrations: z.array(z.strictObject({ name: z.string(), sha256: hash })).min(1),
  /** In an order in which each table follows those it refers to. */
  tables: z.array(z.strictObject({ name, columns: z.array(name).min(1) })),
  /** Numbers given out so far; null where none was. */
  sequences: z.array(
    z.strictObject({
      table: name,
      column: name,
      last: z
        .string()
        .regex(/^\d{1,19}$/)
        .nullable(),
    }),
  ),
});
/** The first line as it is read. */
export type Header = z.infer<typeof headerSchema>;

/** The last line; `header` covers the first one. */
export const trailerSchema = z.strictObject({
  header: hash,
  tables: z.array(z.strictObject({ name, rows: z.int().min(0), sha256: hash })),
});
/** The last line as it is read. */
export type Trailer = z.infer<typeof trailerSchema>;

/** Begins a table. */
export const opening = (table: string): string => `table ${table}\n`;
/** Ends a table: no row of COPY's text format can look like it. */
export const CLOSING = '\\.\n';

/** A sentence for the clerk: the file cannot be used, or not here. */
export class BackupFault extends Error {}
