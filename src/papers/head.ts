/** Masthead, number, red line, title, recipients: the part of a paper above its text. */
import { AlignmentType, BorderStyle, LineRuleType, type Paragraph, Tab, TabStopType, TextRun } from 'docx';
import type { OfficialPaper } from '../core/papers/official';
import { MASTHEAD_BEFORE, mm, pt, RED, RED_LINE_SPACE_PT, SIZE, TYPE_WIDTH } from './layout';
import { blank, CENTRED, characters, paragraph, run } from './runs';

/** In the order of the page. */
export function head(paper: OfficialPaper): readonly Paragraph[] {
  return [
    ...(paper.urgency === null ? [] : [paragraph([run(paper.urgency, 'heiti')])]),
    mark(paper),
    blank(),
    numberLine(paper),
    blank(),
    title(paper),
    blank(),
    ...(paper.to.length === 0 ? [] : [paragraph([run(`${paper.to.join('，')}：`, 'fangsong')])]),
  ];
}

/** As large as fits on one line, at most 22 mm high. */
function mark({ masthead, urgency }: OfficialPaper): Paragraph {
  const size = Math.min(LARGEST_MARK, Math.floor(((154 / 25.4) * 72) / [...masthead].length));
  const before = urgency === null ? MASTHEAD_BEFORE : MASTHEAD_BEFORE - mm(10);
  return paragraph([run(masthead, 'xiaobiaosong', size, RED)], {
    ...CENTRED,
    spacing: { before, line: pt(size), lineRule: LineRuleType.EXACT },
  });
}

const LARGEST_MARK = 54;
const EMPTY_NUMBER = '　　〔　　〕　　号';

/** Upward: number left and signer right, one character in on both sides; otherwise the number stands in the middle. */
function numberLine({ number, signer }: OfficialPaper): Paragraph {
  const shown = run(number ?? EMPTY_NUMBER, 'fangsong');
  const border = { bottom: { style: BorderStyle.SINGLE, size: RED_LINE_SIZE, space: RED_LINE_SPACE_PT, color: RED } };
  if (signer === null) return paragraph([shown], { ...CENTRED, border });
  return paragraph([indented(), shown, new TextRun({ children: [new Tab()] }), run('签发人：', 'fangsong'), run(signer, 'kaiti')], {
    border,
    tabStops: [{ type: TabStopType.RIGHT, position: TYPE_WIDTH - characters(1) }],
  });
}

/** One character in, without moving the red line under it. */
function indented(): TextRun {
  return run('　', 'fangsong');
}

/** 1.5 pt. */
const RED_LINE_SIZE = 12;

/** Two lines below the red line; long ones in several lines of their own pitch. */
function title({ title: words }: OfficialPaper): Paragraph {
  return paragraph([run(words, 'xiaobiaosong', SIZE.title)], {
    alignment: AlignmentType.CENTER,
    spacing: { before: pt(28.9), line: pt(33), lineRule: LineRuleType.EXACT },
  });
}
