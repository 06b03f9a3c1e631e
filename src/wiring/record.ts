/** What the pages of an auditor stand on: the record across all streams, its anchors, the check of all of it, and the record of administration. */
import type { Pool } from 'pg';
import type { Bureau } from '../config/bureau';
import type { Rulebook } from '../core/plans/rulebook';
import type { NoteAct } from '../handlers/adminRecord';
import { type ChainCheck, createChainCheck } from '../handlers/chainCheck';
import type { Anchors, AnchorsOutside } from '../ports/anchors';
import type { Clock } from '../ports/clock';
import type { Digest } from '../ports/ids';
import type { Log } from '../ports/log';
import type { Running } from '../ports/running';
import type { Trail } from '../ports/trail';
import { createAnchors } from '../store/postgres/anchors';
import { createChains } from '../store/postgres/chains';
import { createRunning } from '../store/postgres/running';
import { createTrail } from '../store/postgres/trail';
import { anchorsFile, anchorsOutside } from './anchoring';

export interface RecordPorts {
  readonly trail: Trail;
  readonly anchors: Anchors;
  readonly outside: AnchorsOutside;
  readonly chainCheck: ChainCheck;
  readonly note: NoteAct;
  readonly running: Running;
}

export function recordPorts(
  pool: Pool,
  dataDir: string,
  { note, ...deps }: { readonly note: NoteAct; readonly digest: Digest; readonly clock: Clock; readonly log: Log },
): RecordPorts {
  const anchors = createAnchors(pool);
  const outside = anchorsOutside(anchorsFile(dataDir));
  const chainCheck = createChainCheck({ chains: createChains(pool), anchors, outside, note, ...deps });
  return { trail: createTrail(pool), anchors, outside, chainCheck, note, running: createRunning(pool) };
}

/** Files of the office as they stand on record: people with their roles and rooms, and each plan, by digest. */
export function configShown(
  { roster }: Pick<Bureau, 'roster'>,
  plans: readonly Rulebook[],
  digest: Digest,
): Readonly<Record<string, string>> {
  const { people, rooms, grants, counties } = roster;
  const office = digest.of(JSON.stringify([[...people.values()], [...rooms.values()], grants, counties]));
  return { bureau: office, ...Object.fromEntries(plans.map(({ pack, hash }) => [`plan:${pack.pack}`, hash])) };
}
