/** What must be true of the bureau's rows and of what the platform showed, when a run has come to rest. */
import { CALLED } from './verdict/calls';
import { OWED } from './verdict/duties';
import type { Check, Ended } from './verdict/ended';
import { RECORDED, recorded } from './verdict/records';
import { SENT } from './verdict/sendings';

/** Everything that does not hold, each as a sentence. */
export function verdict(ended: Ended): readonly string[] {
  return found(ended, [...RECORDED, ...OWED, ...SENT, ...CALLED]);
}

/** What does not hold while incidents still run: whatever is owed must be there and must ring. */
export function midway(ended: Ended): readonly string[] {
  return found(ended, [recorded, ...OWED]);
}

function found(ended: Ended, checks: readonly Check[]): readonly string[] {
  const faults: string[] = [];
  for (const check of checks) check(ended, (what) => faults.push(what));
  return faults;
}
