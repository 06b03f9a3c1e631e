/** A month sheet as the office made it: plain cells, wherever they came from (a workbook, a pasted text). */

/** One cell that says something, or lies inside a merged area that does. */
export interface Cell {
  /** `C5`. */
  readonly ref: string;
  readonly text: string;
  /** First cell of the merged area it lies in; null outside of any. */
  readonly area: string | null;
  /** Civil day `2026-12-01` where the cell holds a date and not a text. */
  readonly day: string | null;
}

/** Rows from the top, each from its first column; missing cells are null. */
export type Sheet = readonly (readonly (Cell | null)[])[];

/** More than this is no month sheet: rows, columns, letters of one cell, and letters in all. */
export const SHEET_MOST = { rows: 500, columns: 100, letters: 500, lettersInAll: 100_000 } as const;

/** The sheet without what lies beyond these bounds, cells cut where they are too long; a sentence when it holds too many words in all. */
export function boundedSheet(sheet: Sheet): Sheet | string {
  const { rows, columns, letters, lettersInAll } = SHEET_MOST;
  const kept = sheet
    .slice(0, rows)
    .map((line) => line.slice(0, columns).map((cell) => cell && { ...cell, text: cell.text.slice(0, letters) }));
  const written = kept.flat().reduce((sum, cell) => sum + (cell?.text.length ?? 0), 0);
  return written > lettersInAll ? '内容过多，不像一个月的值班表：请只留表头、日期和人员' : kept;
}

/** One thing wrong in one place; `zh` is a sentence for the clerk. */
export interface SheetFault {
  readonly ref: string;
  /** Stable, for programs. */
  readonly code: string;
  readonly zh: string;
}

/** `3, 4` to `D5`. */
export function refOf(row: number, column: number): string {
  let letters = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return `${letters}${row + 1}`;
}

/** A pasted text: a row a line, cells between tabs, commas, or two spaces and more. */
export function sheetOf(text: string): Sheet {
  const lines = text.replace(/^\ufeff/u, '').split(/\r?\n/u);
  return lines.map((line, row) =>
    line.split(/\t|,|，|\|| {2,}|\u3000+/u).map((words, column) => {
      const said = words.trim();
      return said === '' ? null : { ref: refOf(row, column), text: said, area: null, day: null };
    }),
  );
}

/** `D5` to row 4, column 3. */
export function placeOf(ref: string): [row: number, column: number] {
  const [, letters = 'A', digits = '1'] = /^([A-Z]{1,3})(\d{1,7})$/u.exec(ref) ?? [];
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return [Number(digits) - 1, column];
}
