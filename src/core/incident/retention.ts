/** Until when personal data of an incident are kept: people decide, the program erases at the moment decided. */
import type { Instant } from '../instant';
import type { IncidentState } from './state';

/** Name of the obligation that a decision on keeping or the erasing itself meets. */
export const PURGE = 'data_purge';

/** Texts that stay when the others go: why something was kept, destroyed or shown. */
export const KEPT_KINDS: readonly string[] = ['retention', 'reveal'];

/**
 * When the words of this incident are to be erased; null while nobody has decided or the matter runs again. After the erasing it stays,
 * so that what is written later goes the same way.
 */
export function purgeAfter({ retention, terminated, reopened }: IncidentState): Instant | null {
  if (retention === undefined || terminated === null) return null;
  const again = reopened.at(-1);
  return again !== undefined && again.at > retention.at ? null : (retention.until ?? retention.at);
}
