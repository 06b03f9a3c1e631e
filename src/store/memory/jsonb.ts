/** What a jsonb column gives back for what was written: cleaned, without undefined fields, keys by length and then by bytes. */
import { holdable } from '../sql';

/** What was made here with something inside it: nobody can change it, so whoever writes it again is given the same. */
const made = new WeakSet<object>();

/** A deep copy that nobody can change. The order of keys is that of PostgreSQL 18, so that code leaning on another order fails here too. */
export function jsonb<T>(value: T): T {
  return (copied(value) ?? null) as T;
}

/** As through JSON text and back; undefined for what JSON leaves out. */
function copied(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return holdable(value);
    case 'number':
      return Number.isFinite(value) ? value + 0 : null;
    case 'object':
      return value === null || made.has(value) ? value : kept(value);
    case 'bigint':
      throw new TypeError('a jsonb column holds no bigint');
    default:
      return typeof value === 'boolean' ? value : undefined;
  }
}

function kept(value: object): unknown {
  if ('toJSON' in value && typeof value.toJSON === 'function') return copied(value.toJSON());
  const copy = Array.isArray(value) ? value.map((one) => copied(one) ?? null) : fields(value as Readonly<Record<string, unknown>>);
  // To remember what holds plain values alone costs more than to copy it again.
  if (Object.values(copy).some((one) => typeof one === 'object' && one !== null)) made.add(copy);
  return Object.freeze(copy);
}

/** Mostly they come as they were read: in order, and with little that is new. */
function fields(from: Readonly<Record<string, unknown>>): object {
  const keys = Object.keys(from);
  if (!areOrdered(keys)) return rebuilt(from, keys.sort(byLengthThenBytes));
  const copy = { ...from };
  for (const key of keys) {
    const value = copied(from[key]);
    if (value === undefined || key === '__proto__') return rebuilt(from, keys);
    if (!Object.is(value, from[key])) copy[key] = value;
  }
  return copy;
}

function rebuilt(from: Readonly<Record<string, unknown>>, keys: readonly string[]): object {
  const copy: Record<string, unknown> = {};
  for (const key of keys) {
    const value = copied(from[key]);
    if (value === undefined) continue;
    if (key === '__proto__') Object.defineProperty(copy, key, { value, enumerable: true });
    else copy[key] = value;
  }
  return copy;
}

/** False also where only a look at the bytes would tell. */
function areOrdered(keys: readonly string[]): boolean {
  let before = '';
  for (const key of keys) {
    if (key.length < before.length || (key.length === before.length && key < before) || !isAscii(key)) return false;
    before = key;
  }
  return true;
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
