/** A workbook as an office program writes it: shared texts, dates by style, merged areas, all zipped. */
import { strToU8, zipSync } from 'fflate';

/** A text, a day `{ day: '2026-10-01' }` stored as a number with a date's style, a number, or nothing. */
export type Written = string | number | { readonly day: string } | null;

export interface Sheet {
  readonly name?: string;
  readonly rows: readonly (readonly Written[])[];
  /** `A1:F1` */
  readonly merged?: readonly string[];
}

/** The bytes of an xlsx with these sheets. */
export function workbook(...sheets: readonly Sheet[]): Uint8Array {
  const texts: string[] = [];
  const parts = sheets.map((sheet, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheetXml(sheet, texts)] as const);
  const names = sheets.map(({ name }, i) => `<sheet name="${name ?? `Sheet${i + 1}`}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('');
  const links = sheets.map((_, i) => `<Relationship Id="rId${i + 1}" Type="t" Target="worksheets/sheet${i + 1}.xml"/>`).join('');
  const files: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns="m" xmlns:r="r"><sheets>${names}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="p">${links}</Relationships>`,
    'xl/styles.xml':
      '<styleSheet xmlns="m"><numFmts><numFmt numFmtId="176" formatCode="m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/></cellXfs></styleSheet>',
    ...Object.fromEntries(parts),
  };
  files['xl/sharedStrings.xml'] =
    `<sst xmlns="m">${texts.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>`;
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([name, xml]) => [name, strToU8(`<?xml version="1.0" encoding="UTF-8"?>${xml}`)])),
  );
}

function sheetXml({ rows, merged = [] }: Sheet, texts: string[]): string {
  const lines = rows.map(
    (cells, row) =>
      `<row r="${row + 1}">${cells.map((cell, column) => cellXml(cell, `${letter(column)}${row + 1}`, texts)).join('')}</row>`,
  );
  const areas = merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('');
  return `<worksheet xmlns="m"><sheetData>${lines.join('')}</sheetData><mergeCells>${areas}</mergeCells></worksheet>`;
}

function cellXml(cell: Written, ref: string, texts: string[]): string {
  if (cell === null) return `<c r="${ref}"/>`;
  if (typeof cell === 'number') return `<c r="${ref}"><v>${cell}</v></c>`;
  if (typeof cell === 'object')
    return `<c r="${ref}" s="1"><v>${(Date.parse(`${cell.day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000}</v></c>`;
  texts.push(cell);
  return `<c r="${ref}" t="s"><v>${texts.length - 1}</v></c>`;
}

function letter(column: number): string {
  return String.fromCharCode(65 + column);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
