/** Cells of exported lists: what a table program could take for a formula stays text, and numbers of people are masked. */
import { maskedWords } from '../core/privacy/mask';
import type { Cell, Sheet } from '../ports/files';
import { slices } from './slices';
import { writable } from './text';

/** Longest text a cell of a table program holds. */
const LONGEST = 32_767;

/** Head and rows as they may leave, slice by slice: numbers stay numbers. Throws where a row has not as many cells as there are columns. */
export async function* cellsOf({ name, columns, rows, unmasked }: Sheet): AsyncGenerator<readonly (readonly Cell[])[]> {
  const wrong = rows.findIndex((row) => row.length !== columns.length);
  if (wrong >= 0) throw new Error(`row ${wrong + 1} of ${name} has ${rows[wrong]?.length} cells, not ${columns.length}`);
  const shown = (cell: Cell): Cell => (typeof cell === 'string' && unmasked !== true ? maskedWords(cell) : cell);
  yield [columns.map(held)];
  for await (const slice of slices(rows)) yield slice.map((row) => row.map((cell) => held(shown(cell))));
}

function held(cell: Cell): Cell {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
  return cell === null ? null : writable(cell).slice(0, LONGEST);
}

/** Would a table program reckon with it? Signs before which spaces or line ends stand count too. */
export function isFormulaLike(text: string): boolean {
  return /^[\s\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r]/u.test(text);
}
