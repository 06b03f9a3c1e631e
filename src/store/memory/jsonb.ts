/** What a jsonb column gives back for what was written: cleaned, without undefined fields, keys by length and then by bytes. */
import { json } from '../sql';

/** A deep copy that nobody can change. The order of keys is that of PostgreSQL 18, so that code leaning on another order fails here too. */
export function jsonb<T>(value: T): T {
  return ordered(JSON.parse(json(value))) as T;
}

function ordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = ordered(value[i]);
    return Object.freeze(value);
  }
  const from = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(from).sort(byLengthThenBytes);
  return Object.freeze(Object.fromEntries(keys.map((key) => [key, ordered(from[key])])));
}

/** Most keys are ASCII, where characters are bytes. */
function byLengthThenBytes(a: string, b: string): number {
  if (isAscii(a) && isAscii(b)) return a.length - b.length || (a < b ? -1 : 1);
  return Buffer.byteLength(a) - Buffer.byteLength(b) || Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function isAscii(key: string): boolean {
  for (let i = 0; i < key.length; i++) if (key.charCodeAt(i) > 0x7f) return false;
  return true;
}
