/** A list as a paper of the form `sheet`, to be printed and signed by hand. */

import type { Instant } from '../../core/instant';
import type { OfficialPaper } from '../../core/papers/official';
import { maskedWords } from '../../core/privacy/mask';
import type { Sheet } from '../../ports/files';
import { shown } from './lists';

/** With a first column of numbers and a line that says when it was made. Masked like the list itself. */
export function sheetPaper({ name, columns, rows, unmasked }: Sheet, at: Instant): OfficialPaper {
  const words = (cell: Sheet['rows'][number][number]): string => {
    const text = cell === null ? '' : String(cell);
    return unmasked === true ? text : maskedWords(text);
  };
  return {
    ...{ form: 'sheet', masthead: '', urgency: null, number: null, signer: null, title: name, to: [], attachments: [] },
    body: [
      { is: 'paragraph', text: `${shown(at)} 制表，共 ${rows.length} 行。` },
      { is: 'table', columns: ['序号', ...columns], rows: rows.map((row, i) => [String(i + 1), ...row.map(words)]) },
    ],
    ...{ organ: '', date: null, note: null, copies: [], printed: null },
  };
}
