/** Tables inside papers: as wide as the type area, columns by what they hold, the head repeated on every page. */
import { AlignmentType, BorderStyle, LineRuleType, Table, TableCell, TableLayoutType, TableRow, VerticalAlignTable, WidthType } from 'docx';
import type { Block } from '../core/papers/official';
import { type Face, pt, SIZE, TYPE_WIDTH } from './layout';
import { paragraph, run } from './runs';
import { widthOf } from './text';

/** Rows never break over pages; a cell that is missing stays empty. */
export function table({ columns, rows }: Extract<Block, { readonly is: 'table' }>): Table {
  const widths = widthsOf([columns, ...rows], columns.length);
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
    rows: [row(columns, 'heiti'), ...rows.map((cells) => row(cells, 'fangsong'))],
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

/** A column of so few characters is never broken; wider than the second, in characters, none counts. */
const SHORT = 6;
const WIDEST = 18;
/** Characters of a table on one line. */
const ALL = TYPE_WIDTH / pt(SIZE.table);

/** What a column's longest line asks for: short ones get it, the others share what is left; the last takes what rounding leaves. */
function widthsOf(lines: readonly (readonly string[])[], count: number): readonly number[] {
  const asked = Array.from({ length: count }, (_, i) =>
    Math.min(WIDEST, Math.max(1, ...lines.map((cells) => longest(cells[i] ?? ''))) + 1),
  );
  const short = sum(asked.filter((one) => one <= SHORT));
  // With room for all of them, or none for the others, every column is stretched or pressed alike.
  const isShared = sum(asked) > ALL && short < ALL / 2;
  const kept = isShared ? short : 0;
  const unit = (ALL - kept) / (sum(asked) - kept);
  const widths = asked.map((one) => Math.floor((TYPE_WIDTH / ALL) * one * (isShared && one <= SHORT ? 1 : unit)));
  const rest = TYPE_WIDTH - sum(widths);
  return widths.map((width, i) => (i === count - 1 ? width + rest : width));
}

function sum(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0);
}

function longest(text: string): number {
  return Math.max(...text.split('\n').map(widthOf));
}
