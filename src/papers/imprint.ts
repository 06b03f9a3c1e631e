/** 版记 at the foot of the last page: 抄送, then who printed it and when, between lines as wide as the type area. */
import {
  BorderStyle,
  FrameAnchorType,
  FrameWrap,
  HorizontalPositionAlign,
  type IParagraphOptions,
  LineRuleType,
  type Paragraph,
  Tab,
  TabStopType,
  TextRun,
  VerticalPositionAlign,
} from 'docx';
import type { OfficialPaper } from '../core/papers/official';
import { INNER_LINE, OUTER_LINE, pt, SIZE, TYPE_WIDTH } from './layout';
import { paragraph, run } from './runs';

/**
 * Empty where nothing is to be said. Neighbouring paragraphs of one frame stand in it together; the frame hangs on the page of the
 * paragraph behind it, so a last, invisible one follows.
 */
export function imprint(paper: OfficialPaper): readonly Paragraph[] {
  const rows = rowsOf(paper);
  if (rows.length === 0) return [];
  const isLined = paper.form !== 'letter';
  return [...rows.map((runs, i) => framed(runs, paper.form === 'bulletin' ? 0 : 4, isLined ? linesOf(i, rows.length) : null)), invisible()];
}

/** A letter names only who gets a copy; a bulletin says 报, 送, 发, each on a line of its own. */
function rowsOf({ form, copies, printed }: OfficialPaper): readonly (readonly TextRun[])[] {
  const list = form === 'bulletin' ? copies : copies.length === 0 ? [] : [`抄送：${copies.join('，')}。`];
  const rows =
    list.length === 0 ? [] : [list.flatMap((words, i) => [...(i === 0 ? [] : [new TextRun({ break: 1 })]), small(`　${words}`)])];
  if (printed === null || form === 'letter') return rows;
  return [...rows, [small(`　${printed.by}`), new TextRun({ children: [new Tab()] }), small(`${printed.on}印发`)]];
}

/** Outer lines around all rows, an inner one between two. Each is said by the row above it: a line "between" undoes the frame in some programs. */
function linesOf(row: number, count: number): IParagraphOptions['border'] {
  return { ...(row === 0 ? { top: line(OUTER_LINE) } : {}), bottom: line(row === count - 1 ? OUTER_LINE : INNER_LINE) };
}

function small(text: string): TextRun {
  return run(text, 'fangsong', SIZE.small);
}

/** As wide as the type area, at its foot. */
const FRAME = {
  type: 'alignment',
  alignment: { x: HorizontalPositionAlign.LEFT, y: VerticalPositionAlign.BOTTOM },
  anchor: { horizontal: FrameAnchorType.MARGIN, vertical: FrameAnchorType.MARGIN },
  width: TYPE_WIDTH,
  wrap: FrameWrap.AROUND,
} as const;
const ONE = pt(SIZE.small);

/** One character in on both sides, by a space in front so that the lines stay whole; what goes on stands `hanging` characters in. */
function framed(runs: readonly TextRun[], hanging: number, border: IParagraphOptions['border'] | null): Paragraph {
  return paragraph(runs, {
    frame: FRAME,
    spacing: { line: pt(22), lineRule: LineRuleType.EXACT },
    indent: { left: hanging * ONE, hanging: hanging * ONE },
    tabStops: [{ type: TabStopType.RIGHT, position: TYPE_WIDTH - ONE }],
    ...(border === null ? {} : { border }),
  });
}

function invisible(): Paragraph {
  return paragraph([run('', 'fangsong', 1)], { spacing: { line: pt(1), lineRule: LineRuleType.EXACT } });
}

const line = (size: number) => ({ style: BorderStyle.SINGLE, size, space: 1, color: '000000' });
