/** Lists as an xlsx of one sheet: the few parts that table programs need, texts inline, never a formula, a link or a macro. */
import { strToU8 } from 'fflate';
import type { Cell, Sheet } from '../ports/files';
import { zippedWith } from './archive';
import { cellsOf, isFormulaLike } from './cells';
import { escaped, widthOf } from './text';

/** The bytes of the workbook: a bold head that stays while one scrolls, columns as wide as what they hold. */
export async function sheetFile(sheet: Sheet): Promise<Uint8Array> {
  const parts: Readonly<Record<string, string>> = {
    '[Content_Types].xml': TYPES,
    '_rels/.rels': relations('officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${escaped(tabName(sheet.name))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations('worksheet', 'worksheets/sheet1.xml', 'styles', 'styles.xml'),
    'xl/styles.xml': STYLES,
  };
  const files = Object.entries(parts).map(([path, xml]) => ({ path, bytes: strToU8(`${HEAD}${xml}`) }));
  return zippedWith(files, { path: 'xl/worksheets/sheet1.xml', pieces: await sheetXml(sheet) });
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

/** The sheet in pieces; the widths stand before the rows, so all rows are made before the first piece is packed. */
async function sheetXml(sheet: Sheet): Promise<readonly Uint8Array[]> {
  const names = sheet.columns.map((_, j) => letters(j));
  const widest = sheet.columns.map(() => 0);
  const pieces: Uint8Array[] = [];
  let row = 0;
  for await (const slice of cellsOf(sheet)) {
    const rows = slice.map((cells) => {
      row += 1;
      for (const [j, cell] of cells.entries()) widest[j] = Math.max(widest[j] ?? 0, widthOf(String(cell ?? '').slice(0, WIDEST)));
      return `<row r="${row}">${cells.map((cell, j) => cellXml(cell, `${names[j]}${row}`, row === 1)).join('')}</row>`;
    });
    pieces.push(strToU8(rows.join('')));
  }
  return [strToU8(`${HEAD}<worksheet xmlns="${MAIN}">${PANE}${widths(widest)}<sheetData>`), ...pieces, strToU8('</sheetData></worksheet>')];
}

const PANE =
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';

function widths(widest: readonly number[]): string {
  const columns = widest.map((signs, i) => {
    const width = Math.min(WIDEST, Math.max(6, signs * 2 + 2));
    return `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`;
  });
  return `<cols>${columns.join('')}</cols>`;
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
