/** Runs a call under an armed fault; on this platform a fault may also be a code in words (dossier 4.2). */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../faults';
import type { Reply } from './replies';

/** The answer, or null when the caller gets none. `afterAccept` lets the call take effect before it fails. */
export async function underFault(
  fault: Fault | undefined,
  effect: () => Reply | Promise<Reply>,
  refuse: (fault: Fault) => Reply,
): Promise<Reply | null> {
  if (!fault) return effect();
  const taken = fault.afterAccept ? await effect() : undefined;
  if (fault.delayMs) await sleep(fault.delayMs, undefined, { ref: false });
  if (fault.drop) return null;
  const fails = fault.code !== undefined || fault.errcode !== undefined || fault.status !== undefined;
  return fails ? refuse(fault) : (taken ?? (await effect()));
}
