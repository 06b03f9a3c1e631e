/** 版记 at the foot of the last page: 抄送, then who printed it and when, between lines as wide as the type area. */
import {
  BorderStyle,
  FrameAnchorType,
  FrameWrap,
  HeightRule,
  type IParagraphOptions,
  LineRuleType,
  type Paragraph,
  Tab,
  TabStopType,
  TextRun,
} from 'docx';
import type { OfficialPaper } from '../core/papers/official';
import { INNER_LINE, MARGIN, OUTER_LINE, PAGE, pt, SIZE, TYPE_WIDTH } from './layout';
import { paragraph, run } from './runs';
import { widthOf } from './text';

/**
 * Empty where nothing is to be said. Each row is a frame of its own with a place on the page: a table that hangs at the foot, or a frame
 * with a line "between" its rows, does so in some programs only. A frame stands on the page of the paragraph behind it, so a last,
 * invisible one follows.
 */
export function imprint(paper: OfficialPaper): readonly Paragraph[] {
  const rows = rowsOf(paper);
  if (rows.length === 0) return [];
  return [...rows.map((row, i) => framed(row, rows.slice(i), bordersOf(paper, i, rows.length))), invisible()];
}

interface Row {
  readonly runs: readonly TextRun[];
  /** Of print. */
  readonly lines: number;
  /** Characters that all lines but the first stand in. */
  readonly hanging: number;
}

/** A letter names only who gets a copy; a bulletin says 报, 送, 发, each on a line of its own. */
function rowsOf({ form, copies, printed }: OfficialPaper): readonly Row[] {
  const sent = copies.length === 0 ? [] : [form === 'bulletin' ? listed(copies) : copied(copies)];
  if (printed === null || form === 'letter') return sent;
  const by = [small(`　${printed.by}`), new TextRun({ children: [new Tab()] }), small(`${printed.on}印发`)];
  return [...sent, { runs: by, lines: 1, hanging: 0 }];
}

function listed(copies: readonly string[]): Row {
  const runs = copies.flatMap((words, i) => [...(i === 0 ? [] : [new TextRun({ break: 1 })]), small(`　${words}`)]);
  return { runs, lines: copies.reduce((sum, words) => sum + Math.ceil((widthOf(words) + 1) / A_LINE), 0), hanging: 0 };
}

/** What goes on stands below the first name, behind 抄送 and its colon. */
function copied(copies: readonly string[]): Row {
  const words = `　抄送：${copies.join('，')}。`;
  const more = Math.max(0, widthOf(words) - A_LINE);
  return { runs: [small(words)], lines: 1 + Math.ceil(more / (A_LINE - HANGING)), hanging: HANGING };
}

const HANGING = 4;
const ONE = pt(SIZE.small);
/** Characters on a line, the last one left free. */
const A_LINE = Math.floor(TYPE_WIDTH / ONE) - 1;
const PITCH = pt(22);

function small(text: string): TextRun {
  return run(text, 'fangsong', SIZE.small);
}

/** Outer lines around all rows, inner ones between two. */
function bordersOf({ form }: OfficialPaper, row: number, count: number): IParagraphOptions['border'] {
  if (form === 'letter') return {};
  return { top: line(row === 0 ? OUTER_LINE : INNER_LINE), ...(row === count - 1 ? { bottom: line(OUTER_LINE) } : {}) };
}

/** One character in on both sides, by a space in front so that the lines stay whole. `below`: this row and all under it. */
function framed({ runs, lines, hanging }: Row, below: readonly Row[], border: IParagraphOptions['border']): Paragraph {
  const height = below.reduce((sum, row) => sum + row.lines, 0) * PITCH;
  return paragraph(runs, {
    frame: {
      type: 'absolute',
      position: { x: 0, y: PAGE.height - MARGIN.bottom - height },
      anchor: { horizontal: FrameAnchorType.MARGIN, vertical: FrameAnchorType.PAGE },
      width: TYPE_WIDTH,
      height: lines * PITCH,
      rule: HeightRule.EXACT,
      wrap: FrameWrap.AROUND,
    },
    spacing: { line: PITCH, lineRule: LineRuleType.EXACT },
    indent: { left: hanging * ONE, hanging: hanging * ONE },
    tabStops: [{ type: TabStopType.RIGHT, position: TYPE_WIDTH - ONE }],
    border,
  });
}

function invisible(): Paragraph {
  return paragraph([run('', 'fangsong', 1)], { spacing: { line: pt(1), lineRule: LineRuleType.EXACT } });
}

const line = (size: number) => ({ style: BorderStyle.SINGLE, size, space: 0, color: '000000' });
