/** What a jsonb column gives back for what was written: cleaned, without undefined fields, keys by length and then by bytes. */
import { json } from '../sql';

/** A deep copy that nobody can change. The order of keys is that of PostgreSQL 18, so that code leaning on another order fails here too. */
export function jsonb<T>(value: T): T {
  return ordered(JSON.parse(json(value))) as T;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map(ordered));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, inner]) => ({ key, bytes: Buffer.from(key), inner }));
  fields.sort((a, b) => a.bytes.length - b.bytes.length || a.bytes.compare(b.bytes));
  return Object.freeze(Object.fromEntries(fields.map(({ key, inner }) => [key, ordered(inner)])));
}
