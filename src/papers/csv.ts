/** Lists as comma separated values (RFC 4180), safe to open in a table program. */
import { strToU8 } from 'fflate';
import type { Cell, Sheet } from '../ports/files';
import { cellsOf, isFormulaLike } from './cells';

const MARK = '\uFEFF';

/** Bytes with the UTF-8 mark. A text that could be a formula gets an apostrophe in front, as people type it to have it taken as text. */
export async function csvFile(sheet: Sheet): Promise<Uint8Array> {
  const pieces = [strToU8(MARK)];
  for await (const rows of cellsOf(sheet)) pieces.push(strToU8(rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')));
  return Buffer.concat(pieces);
}

function field(cell: Cell): string {
  if (typeof cell === 'number') return String(cell);
  const text = cell === null ? '' : isFormulaLike(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) || /^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
