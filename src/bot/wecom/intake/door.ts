/** One callback address of a tenant. */
import type { Inbound } from '../../../ports/platform';

/** What differs between the callback addresses of a tenant: the envelope and what stands in it. */
export interface Door {
  readonly kind: string;
  readonly token: string;
  readonly aesKey: string;
  readonly receiveId: string;
  /** The cipher text in the envelope; null when this is no such envelope. */
  encryptedIn(body: string): string | null;
  /** The message in the decrypted text, `nothing` for what concerns nobody, null for what is not understood. */
  messageIn(text: string): Inbound | 'nothing' | null;
}
