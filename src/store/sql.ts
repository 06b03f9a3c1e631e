/** How the store speaks to PostgreSQL: named statements, moments as numbers, JSON that PostgreSQL can hold. */
import type { Compilable } from 'kysely';
import { types as defaults, type QueryConfig } from 'pg';
import type { Instant } from '../core/instant';
import { toFault } from './fault';

/** A pool or a client in a transaction. */
export interface Queryable {
  query(config: QueryConfig): Promise<{ rows: unknown[]; rowCount: number | null; command: string }>;
}

/** A prepared statement; the name is unique and never used for another text. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

const TIMESTAMPTZ = 1184;
const TIMESTAMPTZ_ARRAY = 1185;

/** Result parsers: timestamptz as epoch milliseconds (also in arrays), int8 as text, the rest as `pg` does. */
export const parsers = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === TIMESTAMPTZ) return toInstant;
    if (oid === TIMESTAMPTZ_ARRAY) return toInstants;
    return defaults.getTypeParser(oid, format);
  },
} as NonNullable<QueryConfig['types']>;

/** Runs a named statement. Throws only StoreFault. */
export async function rows<R>(on: Queryable, statement: Statement, values: readonly unknown[] = []): Promise<R[]> {
  return run<R>(on, statement.name, { name: statement.name, text: statement.text, values: [...values], types: parsers });
}

/** Runs a query built by kysely; `tried` names it in a fault. Throws only StoreFault. */
export async function built<R>(on: Queryable, tried: string, query: Compilable<R>): Promise<R[]> {
  const { sql, parameters } = query.compile();
  return run<R>(on, tried, { text: sql, values: [...parameters], types: parsers });
}

/** Runs plain text without a prepared statement: for what happens once, such as BEGIN or a migration. Answers the command tag. */
export async function plain(on: Queryable, tried: string, text: string): Promise<string> {
  try {
    return (await on.query({ text })).command;
  } catch (thrown) {
    throw toFault(tried, thrown);
  }
}

/** A moment as a parameter. */
export const at = (instant: Instant): string => new Date(instant).toISOString();
/** A moment or nothing as a parameter. */
export const atOrNull = (instant: Instant | null): string | null => (instant === null ? null : at(instant));

/** What may need cleaning; looked for first, since hardly any text has it. */
const ODD = /[\0\uD800-\uDFFF]/;

/** Text that PostgreSQL can hold: NUL and halves of surrogate pairs become U+FFFD. */
export function holdable(text: string): string {
  return ODD.test(text) ? text.replaceAll('\0', '\uFFFD').replace(/\p{Surrogate}/gu, '\uFFFD') : text;
}

/** JSON that a jsonb column can hold, cleaned only where needed. */
export function json(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  if (!text.includes('\\u') || !/\\u(?:0000|d[89a-f])/i.test(text)) return text;
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'string' ? holdable(inner) : inner));
}

async function run<R>(on: Queryable, tried: string, config: QueryConfig): Promise<R[]> {
  try {
    return (await on.query(config)).rows as R[];
  } catch (thrown) {
    throw toFault(tried, thrown);
  }
}

function toInstant(text: string): Instant {
  return Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
}

function toInstants(text: string): Instant[] {
  return text === '{}'
    ? []
    : text
        .slice(1, -1)
        .split(',')
        .map((one) => toInstant(one.replaceAll('"', '')));
}
