/** What papers are drafted and made with beside the record: the office's words, the office as its papers name it, its renderer. */
import type { Office } from '../core/papers/record';
import type { PaperWording } from '../core/papers/wording';
import type { PaperRenderer } from './paperRenderer';

export interface PaperDesk {
  readonly wording: PaperWording;
  readonly office: Office;
  readonly renderer: PaperRenderer;
  /** SHA-256 of a file, lower-case hex. */
  readonly hashOf: (bytes: Uint8Array) => string;
}
