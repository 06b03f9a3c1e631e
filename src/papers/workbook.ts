/** Lists as an xlsx of one sheet: the few parts that table programs need, texts inline, never a formula, a link or a macro. */
import { strToU8 } from 'fflate';
import type { Cell, Sheet } from '../ports/files';
import { zipped } from './archive';
import { cellsOf, isFormulaLike } from './cells';
import { escaped, widthOf } from './text';

/** The bytes of the workbook: a bold head that stays while one scrolls, columns as wide as what they hold. */
export function sheetFile(sheet: Sheet): Uint8Array {
  const cells = cellsOf(sheet);
  const parts: Readonly<Record<string, string>> = {
    '[Content_Types].xml': TYPES,
    '_rels/.rels': relations('officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${escaped(tabName(sheet.name))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations('worksheet', 'worksheets/sheet1.xml', 'styles', 'styles.xml'),
    'xl/styles.xml': STYLES,
    'xl/worksheets/sheet1.xml': sheetXml(cells),
  };
  return zipped(Object.entries(parts).map(([path, xml]) => ({ path, bytes: strToU8(`${HEAD}${xml}`) })));
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const RELATIONS = `${OFFICE}/relationships`;
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const TYPES =
  `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>` +
  `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/></Types>`;
/** 0 text, 1 head, 2 text that would pass for a formula: it keeps the mark of a text when the cell is edited. */
const STYLES =
  `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts>` +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>' +
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs></styleSheet>';

function relations(...pairs: readonly string[]): string {
  const each = pairs.flatMap((type, i) =>
    i % 2 === 0 ? [`<Relationship Id="rId${i / 2 + 1}" Type="${RELATIONS}/${type}" Target="${pairs[i + 1]}"/>`] : [],
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`;
}

/** In half signs; what is longer is as wide, so no more of a text is looked at. */
const WIDEST = 60;

function sheetXml(cells: readonly (readonly Cell[])[]): string {
  const columns = (cells[0] ?? []).map((_, i) => {
    const widest = Math.max(...cells.map((row) => widthOf(String(row[i] ?? '').slice(0, WIDEST))));
    return `<col min="${i + 1}" max="${i + 1}" width="${Math.min(WIDEST, Math.max(6, widest * 2 + 2))}" customWidth="1"/>`;
  });
  const names = columns.map((_, j) => letters(j));
  const rows = cells.map(
    (row, i) => `<row r="${i + 1}">${row.map((cell, j) => cellXml(cell, `${names[j]}${i + 1}`, i === 0)).join('')}</row>`,
  );
  const pane =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
  return `<worksheet xmlns="${MAIN}">${pane}<cols>${columns.join('')}</cols><sheetData>${rows.join('')}</sheetData></worksheet>`;
}

function cellXml(cell: Cell, ref: string, isHead: boolean): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${ref}"><v>${cell}</v></c>`;
  const style = isHead ? ' s="1"' : isFormulaLike(cell) ? ' s="2"' : '';
  return `<c r="${ref}" t="inlineStr"${style}><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
}

/** A, B, … Z, AA. */
function letters(column: number): string {
  const rest = Math.floor(column / 26);
  return `${rest === 0 ? '' : letters(rest - 1)}${String.fromCharCode(65 + (column % 26))}`;
}

/** At most 31 signs, none that a tab cannot bear. */
function tabName(name: string): string {
  const plain = name.replace(/[\\/?*[\]:'\p{Cc}]/gu, ' ').trim();
  return plain === '' ? 'Sheet1' : plain.slice(0, 31);
}
