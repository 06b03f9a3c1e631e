/** The first sheet of an xlsx file as cells: nothing in it is run or fetched, and no file of a few kilobytes can hold the process up. */
import { type Cell, placeOf, refOf, SHEET_MOST, type Sheet } from '../../core/roster/month/sheet';
import { opened } from '../../zip/opened';
import { type Node, type Room, readTree } from './tree';
import { type Area, areasOf, type Coded, cellsOf, dateStyles } from './values';

/** A month sheet has some kilobytes; more unpacked than this is no sheet. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Elements and attributes in all parts that are read; a month in an office's thickest template has some ten thousand. */
const MOST_PIECES = 200_000;
const WANTED = /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml)$/u;

export type WorkbookRead =
  | { readonly is: 'sheet'; readonly name: string; readonly sheet: Sheet }
  | { readonly is: 'fault'; readonly zh: string };

/** Reads the sheet of this name, or the first. Never throws: what is no workbook is a sentence. */
export function readWorkbook(bytes: Uint8Array, wanted: string | null = null): WorkbookRead {
  try {
    const part = partsOf(bytes);
    const book = part('xl/workbook.xml');
    const sheets = sheetsOf(book, part('xl/_rels/workbook.xml.rels'));
    const found = wanted === null ? sheets[0] : sheets.find(({ name }) => name === wanted);
    if (found === undefined)
      return {
        is: 'fault',
        zh: wanted === null ? '工作簿里没有工作表' : `没有名为“${wanted}”的工作表：${sheets.map(({ name }) => name).join('、')}`,
      };
    return { is: 'sheet', name: found.name, sheet: readSheet(part, found.path, book) };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return { is: 'fault', zh: `读不出这个文件，须是 .xlsx 工作簿（${why}）` };
  }
}

/** A part as a tree, each read when it is asked for; undefined where the file has none. */
type Part = (path: string) => Node | undefined;

function partsOf(bytes: Uint8Array): Part {
  const files = opened(bytes, { most: MOST_BYTES, isWanted: (path) => WANTED.test(path) });
  const room: Room = { left: MOST_PIECES };
  const text = new TextDecoder();
  return (path) => {
    const part = files.get(path);
    return part && readTree(text.decode(part), room);
  };
}

function sheetsOf(book: Node | undefined, links: Node | undefined): readonly { readonly name: string; readonly path: string }[] {
  const targets = new Map((links?.all('Relationship') ?? []).map(({ attributes: { Id = '', Target = '' } }) => [Id, Target]));
  return (book?.all('sheet') ?? []).map(({ attributes }) => {
    const target = targets.get(attributes['r:id'] ?? '') ?? '';
    return { name: attributes.name ?? '', path: target.startsWith('/') ? target.slice(1) : `xl/${target}` };
  });
}

function readSheet(part: Part, path: string, book: Node | undefined): Sheet {
  const root = part(path);
  if (root === undefined) throw new Error('工作表缺失');
  const texts = (part('xl/sharedStrings.xml')?.all('si') ?? []).map((si) =>
    si
      .all('t')
      .map(({ text }) => text)
      .join(''),
  );
  const from1904 = book?.all('workbookPr')[0]?.attributes.date1904;
  const coded: Coded = { texts, dates: dateStyles(part('xl/styles.xml')), from1904: from1904 === '1' || from1904 === 'true' };
  return spread(cellsOf(root, coded), areasOf(root));
}

/** Every cell of a merged area says what its first one says; what stands beyond a month sheet's bounds is left out. */
function spread(cells: ReadonlyMap<string, Omit<Cell, 'area'>>, areas: readonly Area[]): Sheet {
  const rows: (Cell | null)[][] = [];
  const put = (row: number, column: number, cell: Cell): void => {
    if (row < 0 || row >= SHEET_MOST.rows || column < 0 || column >= SHEET_MOST.columns) return;
    while (rows.length <= row) rows.push([]);
    const line = rows[row];
    if (line === undefined) return;
    while (line.length <= column) line.push(null);
    line[column] = cell;
  };
  for (const cell of cells.values()) put(...placeOf(cell.ref), { ...cell, area: null });
  let left = SHEET_MOST.rows * SHEET_MOST.columns;
  for (const { first, rows: down, columns } of areas) {
    const cell = cells.get(first);
    if (cell === undefined) continue;
    // Areas do not overlap, so together they cannot have more places than the sheet.
    left -= down.length * columns.length;
    if (left < 0) throw new Error('合并区域过多');
    for (const row of down) for (const column of columns) put(row, column, { ...cell, ref: refOf(row, column), area: first });
  }
  return rows;
}
