/** Turns a finished paper into a file that offices open and print. */
import type { OfficialPaper } from '../core/papers/official';

/** Finished papers in, documents out. */
export interface PaperRenderer {
  /**
   * Bytes of a .docx: the office's own document where it has one for this kind of paper, else the layout of the standard. The same paper
   * gives the same bytes. May run twice. Throws for a paper that marks a state secret.
   */
  docx(paper: OfficialPaper, kind?: string): Promise<Uint8Array>;
}

/** A PDF, or one sentence why there is none. */
export type PdfMade = { readonly is: 'pdf'; readonly bytes: Uint8Array } | { readonly is: 'none'; readonly zh: string };

/** Documents in, PDF out, where the machine can. */
export interface PdfMaker {
  /** From the bytes of a .docx; at most a minute. May run twice. */
  pdf(docx: Uint8Array): Promise<PdfMade>;
}
