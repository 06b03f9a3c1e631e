/** What is thrown when PostgreSQL says no or does not answer: what was tried and whether to try again, never what was in it. */
import { DatabaseError } from 'pg';

/** SQLSTATE classes and codes after which the same call may succeed later (PostgreSQL manual, appendix A). */
const PASSING = ['08', '53', '57', '40001', '40P01', '55P03'];
/** Unique keys that a race of two honest writers can hit; the repeated transaction sees the other's row. */
const RACED = new Set(['deliveries_one_waiting', 'prompts_open', 'streams_pkey']);

/**
 * A fault of the store. `tried` names the statement, `code` is the SQLSTATE or the socket's error code. The messages of
 * PostgreSQL can quote values, so neither `message` nor `cause` carries them.
 */
export class StoreFault extends Error {
  override readonly name = 'StoreFault';

  constructor(
    readonly tried: string,
    readonly found: { readonly code: string; readonly retryable: boolean; readonly constraint?: string },
    why = '',
  ) {
    super(`${tried}: ${why || found.code}`, { cause: new Error([found.code, found.constraint].filter(Boolean).join(' ')) });
  }

  /** Would the same call, later, have a chance? */
  get retryable(): boolean {
    return this.found.retryable;
  }

  /** Did the transaction lose against another one, so that it may simply run again at once? */
  get lostRace(): boolean {
    const { code, constraint } = this.found;
    return code === '40001' || code === '40P01' || (code === '23505' && RACED.has(constraint ?? ''));
  }
}

/** Turns whatever the driver threw into a StoreFault; one that already is stays as it is. */
export function toFault(tried: string, thrown: unknown): StoreFault {
  if (thrown instanceof StoreFault) return thrown;
  if (thrown instanceof DatabaseError) {
    const code = thrown.code ?? 'unknown';
    return new StoreFault(tried, { code, retryable: PASSING.some((c) => code.startsWith(c)), constraint: thrown.constraint });
  }
  if (thrown instanceof TypeError || thrown instanceof RangeError) return new StoreFault(tried, { code: thrown.name, retryable: false });
  return new StoreFault(tried, { code: codeOf(thrown), retryable: true });
}

/** A row that had to be there was not, or was not as the caller said; trying again does not help. */
export function broken(tried: string, why: string): StoreFault {
  return new StoreFault(tried, { code: 'broken', retryable: false }, why);
}

function codeOf(thrown: unknown): string {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : 'connection_lost';
}
