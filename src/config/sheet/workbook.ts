/** The first sheet of an xlsx file as cells: the zip opened by fflate, its XML read by saxes, nothing in it run or fetched. */
import { strFromU8, unzipSync } from 'fflate';
import { type Cell, placeOf, type Sheet } from '../../core/roster/month/sheet';
import { type Node, readTree } from './tree';
import { areasOf, type Coded, cellsOf, dateStyles } from './values';

/** A month sheet has some kilobytes; more unpacked than this is no sheet. */
const MOST_BYTES = 8 * 1024 * 1024;
const WANTED = /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml)$/u;

export type WorkbookRead =
  | { readonly is: 'sheet'; readonly name: string; readonly sheet: Sheet }
  | { readonly is: 'fault'; readonly zh: string };

/** Reads the sheet of this name, or the first. Never throws: what is no workbook is a sentence. */
export function readWorkbook(bytes: Uint8Array, wanted: string | null = null): WorkbookRead {
  try {
    const files = unpacked(bytes);
    const sheets = sheetsOf(files);
    const found = wanted === null ? sheets[0] : sheets.find(({ name }) => name === wanted);
    if (found === undefined)
      return {
        is: 'fault',
        zh: wanted === null ? '工作簿里没有工作表' : `没有名为“${wanted}”的工作表：${sheets.map(({ name }) => name).join('、')}`,
      };
    return { is: 'sheet', name: found.name, sheet: readSheet(files, found.path) };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return { is: 'fault', zh: `读不出这个文件，须是 .xlsx 工作簿（${why}）` };
  }
}

type Files = ReadonlyMap<string, Node>;

function unpacked(bytes: Uint8Array): Files {
  let size = 0;
  const parts = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (!WANTED.test(name)) return false;
      size += originalSize;
      if (size > MOST_BYTES) throw new Error('内容过大');
      return true;
    },
  });
  return new Map(Object.entries(parts).map(([name, part]) => [name, readTree(strFromU8(part))]));
}

function sheetsOf(files: Files): readonly { readonly name: string; readonly path: string }[] {
  const targets = new Map(
    (files.get('xl/_rels/workbook.xml.rels')?.all('Relationship') ?? []).map(({ attributes: { Id = '', Target = '' } }) => [Id, Target]),
  );
  return (files.get('xl/workbook.xml')?.all('sheet') ?? []).map(({ attributes }) => {
    const target = targets.get(attributes['r:id'] ?? '') ?? '';
    return { name: attributes.name ?? '', path: target.startsWith('/') ? target.slice(1) : `xl/${target}` };
  });
}

function readSheet(files: Files, path: string): Sheet {
  const root = files.get(path);
  if (root === undefined) throw new Error('工作表缺失');
  const texts = (files.get('xl/sharedStrings.xml')?.all('si') ?? []).map((si) =>
    si
      .all('t')
      .map(({ text }) => text)
      .join(''),
  );
  const from1904 = files.get('xl/workbook.xml')?.all('workbookPr')[0]?.attributes.date1904;
  const coded: Coded = { texts, dates: dateStyles(files.get('xl/styles.xml')), from1904: from1904 === '1' || from1904 === 'true' };
  return spread(cellsOf(root, coded), areasOf(root));
}

/** Every cell of a merged area says what its first one says. */
function spread(cells: ReadonlyMap<string, Omit<Cell, 'area'>>, areas: ReturnType<typeof areasOf>): Sheet {
  const rows: (Cell | null)[][] = [];
  const put = (row: number, column: number, cell: Cell): void => {
    while (rows.length <= row) rows.push([]);
    const line = rows[row];
    if (line === undefined) return;
    while (line.length <= column) line.push(null);
    line[column] = cell;
  };
  for (const cell of cells.values()) put(...placeOf(cell.ref), { ...cell, area: null });
  for (const { first, places } of areas) {
    const cell = cells.get(first);
    if (cell !== undefined) for (const { row, column, ref } of places) put(row, column, { ...cell, ref, area: first });
  }
  return rows;
}
