/** Turns a finished paper into a file that offices open and print. */
import type { OfficialPaper } from '../core/papers/official';

export interface PaperRenderer {
  /** Bytes of a .docx; the same paper gives the same document, but for times the format keeps. May run twice. */
  docx(paper: OfficialPaper): Promise<Uint8Array>;
}
