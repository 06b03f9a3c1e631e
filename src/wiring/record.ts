/** What the pages of an auditor stand on: the record across all streams, its anchors, the check of all of it, and the record of administration. */
import type { Pool } from 'pg';
import type { NoteAct } from '../handlers/adminRecord';
import { type ChainCheck, createChainCheck } from '../handlers/chainCheck';
import type { Anchors, AnchorsOutside } from '../ports/anchors';
import type { Clock } from '../ports/clock';
import type { Digest } from '../ports/ids';
import type { Log } from '../ports/log';
import type { Trail } from '../ports/trail';
import { createAnchors } from '../store/postgres/anchors';
import { createChains } from '../store/postgres/chains';
import { createTrail } from '../store/postgres/trail';
import { anchorsFile, anchorsOutside } from './anchoring';

export interface RecordPorts {
  readonly trail: Trail;
  readonly anchors: Anchors;
  readonly outside: AnchorsOutside;
  readonly chainCheck: ChainCheck;
  readonly note: NoteAct;
}

export function recordPorts(
  pool: Pool,
  dataDir: string,
  { note, ...deps }: { readonly note: NoteAct; readonly digest: Digest; readonly clock: Clock; readonly log: Log },
): RecordPorts {
  const anchors = createAnchors(pool);
  const outside = anchorsOutside(anchorsFile(dataDir));
  const chainCheck = createChainCheck({ chains: createChains(pool), anchors, outside, note, ...deps });
  return { trail: createTrail(pool), anchors, outside, chainCheck, note };
}
