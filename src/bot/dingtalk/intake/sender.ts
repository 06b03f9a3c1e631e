/** Who did it: a userid of our organisation, or an id that is nobody's (dossier 2.1). */
import type { DingParts } from '../parts';

/** What the platform tells of a person, as far as it does. */
export interface Told {
  readonly userid?: string | undefined;
  readonly unionid?: string | undefined;
  /** Encrypted; no call takes it. */
  readonly senderId?: string | undefined;
  readonly corpId?: string | undefined;
}

const UNION = 'union:';

/**
 * The userid, which is unique inside one organisation only: of a foreign one it comes as an account nobody has. Without it the person's id
 * across apps, from which the userid can be asked; else the encrypted one. Null when nobody is named.
 */
export function accountOf({ userid, unionid, senderId, corpId }: Told, { binding }: Pick<DingParts, 'binding'>): string | null {
  const isOurs = corpId === undefined || corpId === binding.corpId;
  if (userid !== undefined) return isOurs ? userid : `foreign:${corpId}:${userid}`;
  if (unionid !== undefined) return `${UNION}${unionid}`;
  return senderId ?? null;
}

/** The id across apps in an account that has no userid yet; null in all others. */
export function unionOf(account: string): string | null {
  return account.startsWith(UNION) ? account.slice(UNION.length) : null;
}
