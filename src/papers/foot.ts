/** Attachments, signature with its empty place for the seal, note, and the 版记 at the foot of the last page. */
import {
  AlignmentType,
  BorderStyle,
  LineRuleType,
  type Paragraph,
  RelativeHorizontalPosition,
  RelativeVerticalPosition,
  Tab,
  Table,
  TableAnchorType,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from 'docx';
import type { OfficialPaper } from '../core/papers/official';
import { INNER_LINE, OUTER_LINE, pt, SIZE, TYPE_WIDTH } from './layout';
import { blank, characters, paragraph, run } from './runs';

/** Everything behind the text. A floating table stands on the page of the paragraph behind it: the 版记 needs a last, invisible one. */
export function foot(paper: OfficialPaper): readonly (Paragraph | Table)[] {
  return [...attachments(paper), blank(), blank(), ...signature(paper), ...note(paper), ...imprint(paper), invisible()];
}

function invisible(): Paragraph {
  return paragraph([run('', 'fangsong', 1)], { spacing: { line: pt(1), lineRule: LineRuleType.EXACT } });
}

/** One line below the text, two characters in; several are numbered. */
function attachments({ attachments: names }: OfficialPaper): readonly Paragraph[] {
  const many = names.length > 1;
  const lines = names.map((name, i) =>
    paragraph([run(`${i === 0 ? '附件：' : ''}${many ? `${i + 1}. ` : ''}${name}`, 'fangsong')], {
      indent: { left: characters(i === 0 ? 2 : 5) },
    }),
  );
  return lines.length === 0 ? [] : [blank(), ...lines];
}

/** The date four characters from the right; the organ stands centred above it, where a seal will cover both. */
function signature({ organ, date }: OfficialPaper): readonly Paragraph[] {
  const shown = date ?? EMPTY_DATE;
  const middle = DATE_INDENT + widthOf(shown) / 2;
  const right = Math.max(0, middle - widthOf(organ) / 2);
  return [
    paragraph([run(organ, 'fangsong')], { alignment: AlignmentType.RIGHT, indent: { right: characters(right) } }),
    paragraph([run(shown, 'fangsong')], { alignment: AlignmentType.RIGHT, indent: { right: characters(DATE_INDENT) } }),
  ];
}

const DATE_INDENT = 4;
const EMPTY_DATE = '　　年　月　日';

/** In characters of the body; digits are half as wide. */
function widthOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + (/[0-9 ]/.test(sign) ? 0.5 : 1), 0);
}

function note({ note: words }: OfficialPaper): readonly Paragraph[] {
  return words === null ? [] : [paragraph([run(`（${words}）`, 'fangsong')], { indent: { left: characters(2) } })];
}

/** A table as wide as the type area that hangs at the foot of the last page: 抄送, then who printed it and when. */
function imprint({ copies, printed }: OfficialPaper): readonly Table[] {
  if (printed === null) return [];
  const by = [
    run(`　${printed.by}`, 'fangsong', SIZE.small),
    new TextRun({ children: [new Tab()] }),
    run(`${printed.on}印发　`, 'fangsong', SIZE.small),
  ];
  const lines = [...(copies.length === 0 ? [] : [[run(`　抄送：${copies.join('，')}。`, 'fangsong', SIZE.small)]]), by];
  return [
    new Table({
      width: { size: TYPE_WIDTH, type: WidthType.DXA },
      columnWidths: [TYPE_WIDTH],
      layout: TableLayoutType.FIXED,
      float: {
        horizontalAnchor: TableAnchorType.MARGIN,
        relativeHorizontalPosition: RelativeHorizontalPosition.LEFT,
        verticalAnchor: TableAnchorType.MARGIN,
        relativeVerticalPosition: RelativeVerticalPosition.BOTTOM,
      },
      borders: {
        top: line(OUTER_LINE),
        bottom: line(OUTER_LINE),
        insideHorizontal: line(INNER_LINE),
        left: NO_LINE,
        right: NO_LINE,
        insideVertical: NO_LINE,
      },
      rows: lines.map((children) => new TableRow({ children: [cell(children)] })),
    }),
  ];
}

function cell(children: readonly TextRun[]): TableCell {
  return new TableCell({
    width: { size: TYPE_WIDTH, type: WidthType.DXA },
    margins: { left: 0, right: 0 },
    children: [
      paragraph(children, {
        spacing: { line: pt(22), lineRule: LineRuleType.EXACT },
        tabStops: [{ type: TabStopType.RIGHT, position: TYPE_WIDTH }],
      }),
    ],
  });
}

const NO_LINE = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const line = (size: number) => ({ style: BorderStyle.SINGLE, size, color: '000000' });
