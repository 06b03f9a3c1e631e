/** What stands above the text: urgency, mark, number, red line, title, recipients; each form of paper in its own order. */
import { AlignmentType, BorderStyle, LineRuleType, type Paragraph, Tab, TabStopType, TextRun } from 'docx';
import type { OfficialPaper } from '../core/papers/official';
import { CHARACTER, LINE, MASTHEAD_BEFORE, pt, RED, RED_LINE, RED_LINE_SPACE_PT, SIZE, TYPE_WIDTH } from './layout';
import { mark } from './mark';
import { blank, CENTRED, characters, paragraph, run } from './runs';
import { titleLines } from './titleLines';

/** In the order of the page. The mark of a letter stands in the page's header: see `letter.ts`. */
export function head(paper: OfficialPaper): readonly Paragraph[] {
  return [...above(paper), title(paper), ...addressed(paper)];
}

function above(paper: OfficialPaper): readonly Paragraph[] {
  switch (paper.form ?? 'document') {
    case 'document':
      return [...urgency(paper), marked(paper), blank(), blank(), numberLine(paper), blank(), blank()];
    case 'bulletin':
      return [...urgency(paper), marked(paper), issueLine(paper), unitLine(paper), blank(), blank()];
    case 'letter':
      return [letterNumber(paper), ...urgency(paper), blank(), blank()];
    case 'sheet':
      return [];
  }
}

function urgency({ urgency: words }: OfficialPaper): readonly Paragraph[] {
  return words === null ? [] : [paragraph([run(words, 'heiti')])];
}

/** The mark, 35 mm below the upper edge of the type area, whether the first line says how urgent it is or not. */
function marked(paper: OfficialPaper): Paragraph {
  return mark(paper.masthead, { before: MASTHEAD_BEFORE - (paper.urgency === null ? 0 : LINE) });
}

const EMPTY_NUMBER = '　　〔　　〕　　号';
const UNDERLINED = { bottom: { style: BorderStyle.SINGLE, size: RED_LINE, space: RED_LINE_SPACE_PT, color: RED } };

/** Upward: number left and signer right, one character in on both sides; otherwise the number stands in the middle. */
function numberLine({ number, signer }: OfficialPaper): Paragraph {
  const shown = run(number ?? EMPTY_NUMBER, 'fangsong');
  if (signer === null) return paragraph([shown], { ...CENTRED, border: UNDERLINED });
  return paragraph(
    [run('　', 'fangsong'), shown, new TextRun({ children: [new Tab()] }), run('签发人：', 'fangsong'), run(signer, 'kaiti')],
    { border: UNDERLINED, tabStops: [{ type: TabStopType.RIGHT, position: TYPE_WIDTH - characters(1) }] },
  );
}

/** 第X期, in the middle under the mark. */
function issueLine({ issue }: OfficialPaper): Paragraph {
  return paragraph([run(issue ?? '　　　　年第　　期', 'fangsong')], { ...CENTRED, spacing: { ...EXACT, before: LINE } });
}

/** The unit left, the date right, one character in, above the red line. */
function unitLine({ organ, date }: OfficialPaper): Paragraph {
  return paragraph([run(`　${organ}`, 'fangsong'), new TextRun({ children: [new Tab()] }), run(date ?? EMPTY_DATE, 'fangsong')], {
    spacing: { ...EXACT, before: LINE },
    border: UNDERLINED,
    tabStops: [{ type: TabStopType.RIGHT, position: TYPE_WIDTH - characters(1) }],
  });
}

/** Of a letter: at the right edge, 7/8 of a character below the double line. */
function letterNumber({ number }: OfficialPaper): Paragraph {
  return paragraph([run(number ?? EMPTY_NUMBER, 'fangsong')], {
    alignment: AlignmentType.RIGHT,
    spacing: { ...EXACT, before: Math.round((CHARACTER * 7) / 8) },
  });
}

/** What a date that nobody has given yet leaves free. */
export const EMPTY_DATE = '　　年　月　日';
const EXACT = { line: LINE, lineRule: LineRuleType.EXACT };

/** Centred; a long one in several lines of like length and of their own pitch. */
function title({ title: words }: OfficialPaper): Paragraph {
  const lines = titleLines(words).flatMap((line, i) => [
    ...(i === 0 ? [] : [new TextRun({ break: 1 })]),
    run(line, 'xiaobiaosong', SIZE.title),
  ]);
  return paragraph(lines, {
    ...CENTRED,
    spacing: { line: pt(TITLE_PITCH), lineRule: LineRuleType.EXACT },
    keepNext: true,
  });
}

const TITLE_PITCH = 33;

/** One line below the title, flush left, with a full-width colon. */
function addressed({ to }: OfficialPaper): readonly Paragraph[] {
  return to.length === 0 ? [blank()] : [blank(), paragraph([run(`${to.join('，')}：`, 'fangsong')])];
}
