/** What the cells of a worksheet hold: texts by their number, dates by their style, merged areas (ECMA-376 part 1, section 18.3). */
import { daysLater } from '../../core/calendar/calendar';
import { type Cell, placeOf, SHEET_MOST } from '../../core/roster/month/sheet';
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

/** Where a merged area begins and how far it goes, as far as a sheet is read; its first cell counts. */
export interface Area {
  readonly first: string;
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** Merged areas in their order. */
export function areasOf(root: Node): readonly Area[] {
  return root.all('mergeCell').map(({ attributes: { ref = 'A1' } }) => {
    const [from = 'A1', to = from] = ref.split(':');
    const [top, left] = placeOf(from);
    const [bottom, right] = placeOf(to);
    return { first: from, rows: range(top, bottom, SHEET_MOST.rows), columns: range(left, right, SHEET_MOST.columns) };
  });
}

function range(from: number, to: number, below: number): readonly number[] {
  return Array.from({ length: Math.max(0, Math.min(to, below - 1) - from + 1) }, (_, i) => from + i);
}
