/** Anchors as rows, and the heads they are made from. */
import type { Pool } from 'pg';
import type { Anchor, Anchors, Head } from '../../ports/anchors';
import { at, rows } from '../sql';

export function createAnchors(pool: Pool): Anchors {
  return {
    all: () => rows<Anchor>(pool, ALL),
    newest: async () => (await rows<{ day: string }>(pool, NEWEST))[0]?.day ?? null,
    heads: (before) => rows<Head>(pool, HEADS, [at(before)]),
    keep: async ({ day, root, streams }) => void (await rows(pool, KEEP, [day, root, streams])),
  };
}

const ALL = { name: 'anchors.all', text: 'SELECT day::text, root_hash AS root, streams FROM anchors ORDER BY day' };
const NEWEST = { name: 'anchors.newest', text: 'SELECT day::text FROM anchors ORDER BY day DESC LIMIT 1' };
const HEADS = {
  name: 'anchors.heads',
  text: `
    SELECT s.id AS stream, e.version, e.hash FROM streams s
    CROSS JOIN LATERAL (
      SELECT version, hash FROM events WHERE stream_id = s.id AND at < $1 ORDER BY version DESC LIMIT 1
    ) e
    ORDER BY s.seq`,
};
const KEEP = {
  name: 'anchors.keep',
  text: 'INSERT INTO anchors (day, root_hash, streams) VALUES ($1, $2, $3) ON CONFLICT (day) DO NOTHING',
};
