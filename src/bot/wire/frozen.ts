/** What an adapter fixes of a call before it is made: JSON of one shape, read back only if this version could have written it. */
import { z } from 'zod';
import type { Frozen } from '../../ports/platform';
import { parseJson } from './ends';

/** A paper by its hash; it has a body only once it is uploaded. */
export const FROZEN_PAPER = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), name: z.string().min(1) });

/** How calls of one shape become bytes and are read again. */
export interface Freezer<Call> {
  /** The bytes of one call. */
  freeze(call: Call): Frozen;
  /** The call again; null for bytes that this version did not write. */
  thaw(frozen: Frozen): Call | null;
}

/** The pair for calls of this shape. */
export function frozenAs<Call>(schema: z.ZodType<Call>): Freezer<Call> {
  return {
    freeze: (call) => ({ body: JSON.stringify(call) }),
    thaw({ body }) {
      const read = schema.safeParse(parseJson(body));
      return read.success ? read.data : null;
    },
  };
}
