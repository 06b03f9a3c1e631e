/** What the cells of a worksheet hold: texts by their number, dates by their style, merged areas (ECMA-376 part 1, section 18.3). */
import { daysLater } from '../../core/calendar/calendar';
import { type Cell, placeOf, refOf } from '../../core/roster/month/sheet';
import type { Node } from './tree';

export interface Coded {
  readonly texts: readonly string[];
  /** Styles by which a number is a day. */
  readonly dates: ReadonlySet<number>;
  readonly from1904: boolean;
}

/** Formats that every workbook knows as dates. */
const BUILT_IN = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);

/** Indexes of the cell styles that show a day. */
export function dateStyles(styles: Node | undefined): ReadonlySet<number> {
  const own = new Map((styles?.all('numFmt') ?? []).map(({ attributes }) => [Number(attributes.numFmtId), attributes.formatCode ?? '']));
  const formats = (styles?.all('cellXfs')[0]?.children ?? []).map(({ attributes }) => Number(attributes.numFmtId ?? 0));
  const isDate = (id: number): boolean =>
    BUILT_IN.has(id) ||
    /[dm年月日]/iu.test((own.get(id) ?? '').replaceAll(/"[^"]*"|\[[^\]]*\]/gu, (quoted) => (/[年月日]/u.test(quoted) ? quoted : '')));
  return new Set(formats.flatMap((id, style) => (isDate(id) ? [style] : [])));
}

/** Cells with something in them, by their place. */
export function cellsOf(root: Node, coded: Coded): ReadonlyMap<string, Omit<Cell, 'area'>> {
  const found = new Map<string, Omit<Cell, 'area'>>();
  for (const cell of root.all('c')) {
    const { r: ref = '', t: type = 'n', s: style = '0' } = cell.attributes;
    const value = cell.all('v')[0]?.text ?? '';
    const text =
      type === 's'
        ? (coded.texts[Number(value)] ?? '')
        : type === 'inlineStr'
          ? cell
              .all('t')
              .map((t) => t.text)
              .join('')
          : value;
    const isDay = (type === 'n' || type === '') && value !== '' && coded.dates.has(Number(style));
    if (text.trim() !== '') found.set(ref, { ref, text: text.trim(), day: isDay ? dayOfSerial(Number(value), coded.from1904) : null });
  }
  return found;
}

/** Days are counted from the last of 1899; the workbook believes in a 29 February 1900, which no roster reaches. */
function dayOfSerial(serial: number, from1904: boolean): string | null {
  if (!Number.isFinite(serial) || serial < 61 || serial > 80_000) return null;
  return daysLater(from1904 ? '1904-01-01' : '1899-12-30', Math.floor(serial));
}

/** Merged areas: the first cell, and all the others. */
export function areasOf(root: Node): readonly {
  readonly first: string;
  readonly places: readonly { readonly row: number; readonly column: number; readonly ref: string }[];
}[] {
  return root.all('mergeCell').map(({ attributes: { ref = 'A1' } }) => {
    const [from = 'A1', to = from] = ref.split(':');
    const [top, left] = placeOf(from);
    const [bottom, right] = placeOf(to);
    const rows = Array.from({ length: Math.min(bottom - top + 1, MOST) }, (_, i) => top + i);
    const columns = Array.from({ length: Math.min(right - left + 1, MOST) }, (_, i) => left + i);
    return { first: from, places: rows.flatMap((row) => columns.map((column) => ({ row, column, ref: refOf(row, column) }))) };
  });
}

/** Rows and columns of one area that matter; a month has 31 days. */
const MOST = 120;
