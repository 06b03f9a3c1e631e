/** Files under their hash, as they were kept. */
import type { Pool } from 'pg';
import type { PaperSource } from '../../ports/platform';
import { rows } from '../sql';

/** Reads what `write` kept; null for what was never kept. */
export function createPaperSource(pool: Pool): PaperSource {
  return {
    bytes: async (sha256) => {
      const [row] = await rows<{ bytes: Buffer }>(pool, FILE, [sha256]);
      return row === undefined ? null : new Uint8Array(row.bytes);
    },
  };
}

const FILE = { name: 'files.read', text: 'SELECT bytes FROM files WHERE hash = $1' };
