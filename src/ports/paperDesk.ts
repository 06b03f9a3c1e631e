/** What papers are drafted with beside the record: the office's words, and the office as its papers name it. */
import type { Office } from '../core/papers/record';
import type { PaperWording } from '../core/papers/wording';

export interface PaperDesk {
  readonly wording: PaperWording;
  readonly office: Office;
}
