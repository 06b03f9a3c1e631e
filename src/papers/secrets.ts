/** No paper with a mark of secrecy is made here, whatever its form (procedure section 9). */
import type { OfficialPaper } from '../core/papers/official';
import { screen } from '../core/privacy/screen';

/** A paper that bears a mark of secrecy is not for this program (procedure section 9). */
export class SecretPaper extends Error {
  constructor() {
    super('公文中出现涉密标志，本系统不制作、不保存涉密公文：请改在涉密设备上办理。');
  }
}

/** Throws SecretPaper when any word of the paper marks a state secret. */
export function refuseSecrets(paper: OfficialPaper): void {
  if (wordsOf(paper).some((words) => screen(words).is === 'stopped')) throw new SecretPaper();
}

function wordsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsOf) : [];
}
