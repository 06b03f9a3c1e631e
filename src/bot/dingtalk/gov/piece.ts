/** What is fixed before a call: words, and whom they are for when that is not the channel's own address. */
import { z } from 'zod';
import { frozenAs } from '../../wire/frozen';

const Piece = z.strictObject({ say: z.string().min(1), notify: z.array(z.string().min(1)).min(1).optional() });
/** `notify`: persons who get these words as a work notice, because no mention can call them. */
export type Piece = Readonly<z.infer<typeof Piece>>;

/** Bytes of one piece, and the piece again or null. */
export const { freeze, thaw } = frozenAs<Piece>(Piece);
