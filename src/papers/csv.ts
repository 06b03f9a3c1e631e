/** Lists as comma separated values (RFC 4180), safe to open in a table program. */
import { strToU8 } from 'fflate';
import type { Cell, Sheet } from '../ports/files';
import { cellsOf, isFormulaLike } from './cells';

const MARK = '\uFEFF';

/** Bytes with the UTF-8 mark. A text that could be a formula gets an apostrophe in front, as people type it to have it taken as text. */
export function csvFile(sheet: Sheet): Uint8Array {
  const lines = cellsOf(sheet).map((row) => row.map(field).join(','));
  return strToU8(`${MARK}${lines.join('\r\n')}\r\n`);
}

function field(cell: Cell): string {
  if (typeof cell === 'number') return String(cell);
  const text = cell === null ? '' : isFormulaLike(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) || /^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
