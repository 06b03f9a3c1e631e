/** Tables inside papers: as wide as the type area, columns by what they hold, the head repeated on every page. */
import { AlignmentType, BorderStyle, LineRuleType, Table, TableCell, TableLayoutType, TableRow, VerticalAlignTable, WidthType } from 'docx';
import type { Block } from '../core/papers/official';
import { type Face, pt, SIZE, TYPE_WIDTH } from './layout';
import { paragraph, run } from './runs';
import { widthOf } from './text';

/** Rows never break over pages; a cell that is missing stays empty. */
export function table({ columns, rows }: Extract<Block, { readonly is: 'table' }>): Table {
  const isPressed = sum(askedBy(columns, rows)) > ALL;
  const shown = isPressed ? rows.map((cells) => cells.map(byDay)) : rows;
  const widths = widthsOf(askedBy(columns, shown));
  const row = (cells: readonly string[], face: Face): TableRow =>
    new TableRow({
      cantSplit: true,
      ...(face === 'heiti' ? { tableHeader: true } : {}),
      children: widths.map((width, i) => cell(cells[i] ?? '', width, face)),
    });
  return new Table({
    width: { size: TYPE_WIDTH, type: WidthType.DXA },
    columnWidths: [...widths],
    layout: TableLayoutType.FIXED,
    borders: { top: LINE, bottom: LINE, left: LINE, right: LINE, insideHorizontal: LINE, insideVertical: LINE },
    rows: [row(columns, 'heiti'), ...shown.map((cells) => row(cells, 'fangsong'))],
  });
}

/** Half a point. */
const LINE = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
const PADDING = pt(4);

function cell(text: string, width: number, face: Face): TableCell {
  const isHead = face === 'heiti';
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins: { left: PADDING, right: PADDING, top: pt(2), bottom: pt(2) },
    verticalAlign: VerticalAlignTable.CENTER,
    children: text.split('\n').map((line) =>
      paragraph([run(line, face, SIZE.table)], {
        alignment: isHead ? AlignmentType.CENTER : AlignmentType.LEFT,
        spacing: { line: pt(18), lineRule: LineRuleType.EXACT },
      }),
    ),
  });
}

/** Wider than this, in characters, no column asks for; narrower than that it is not pressed while others have more. */
const WIDEST = 18;
const LEAST = 6;
/** Characters of a table on one line. */
const ALL = TYPE_WIDTH / pt(SIZE.table);

/** What each column asks for: its longest line, or half of its head, which may stand in two. */
function askedBy(columns: readonly string[], rows: readonly (readonly string[])[]): readonly number[] {
  return columns.map((head, i) => {
    const half = widthOf(head) > SHORT ? Math.ceil(widthOf(head) / 2) : widthOf(head);
    return Math.min(WIDEST, Math.max(1, half, ...rows.map((cells) => longest(cells[i] ?? ''))) + 1);
  });
}

/** A head of so few characters is not broken. */
const SHORT = 4;

/** Where they ask for more than there is, all keep a little and share the rest. The last takes what rounding leaves. */
function widthsOf(asked: readonly number[]): readonly number[] {
  const widths = shared(asked).map((one) => Math.floor((TYPE_WIDTH / ALL) * one));
  const rest = TYPE_WIDTH - sum(widths);
  return widths.map((width, i) => (i === asked.length - 1 ? width + rest : width));
}

/** Together exactly as wide as the type area. */
function shared(asked: readonly number[]): readonly number[] {
  const least = asked.map((one) => Math.min(one, LEAST));
  if (sum(asked) <= ALL || sum(least) >= ALL) return asked.map((one) => (one * ALL) / sum(asked));
  const unit = (ALL - sum(least)) / (sum(asked) - sum(least));
  return asked.map((one, i) => (least[i] ?? 0) + (one - (least[i] ?? 0)) * unit);
}

/** A moment is broken behind its day and nowhere else. */
function byDay(text: string): string {
  return text.replace(/(\d月\d{1,2}日)(\d{1,2}时)/g, '$1\n$2');
}

function sum(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0);
}

/** Figures stand a little off the words beside them. */
function longest(text: string): number {
  return Math.max(
    ...text.split('\n').map((line) => widthOf(line) + (line.match(/\d(?=\p{Script=Han})|\p{Script=Han}(?=\d)/gu) ?? []).length / 4),
  );
}
