/** What is fixed before a call: words, and whom they are for when that is not the channel's own address. */
import { z } from 'zod';
import type { Frozen } from '../../../ports/platform';
import { parseJson } from '../../wire/ends';

const Piece = z.strictObject({ say: z.string().min(1), notify: z.array(z.string().min(1)).min(1).optional() });
/** `notify`: persons who get these words as a work notice, because no mention can call them. */
export type Piece = Readonly<z.infer<typeof Piece>>;

/** The bytes of one call. */
export function freeze(piece: Piece): Frozen {
  return { body: JSON.stringify(piece) };
}

/** The piece again; null for a body that this version did not write. */
export function thaw(frozen: Frozen): Piece | null {
  const piece = Piece.safeParse(parseJson(frozen.body));
  return piece.success ? piece.data : null;
}
