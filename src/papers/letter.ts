/** Page head and foot of a letter (信函格式): the mark over a red double line, another one at the foot, no page number on the first page. */
import { BorderStyle, Footer, Header, type IParagraphOptions, LineRuleType, type Paragraph } from 'docx';
import type { OfficialPaper } from '../core/papers/official';
import { LETTER, MARGIN, mm, pt, RED } from './layout';
import { mark } from './mark';
import { paragraph, run } from './runs';

/** 170 mm wide, in the middle of the page: wider than the type area on both sides. */
const WIDE = { indent: { left: LETTER.sides - MARGIN.left, right: LETTER.sides - MARGIN.right } };
/** In eighths of a point. */
const THICK = 18;
const THIN = 6;
const GAP = pt(2);

/** The mark 30 mm below the page's upper edge, 4 mm above its double line: thick above, thin below. */
export function letterHeader({ masthead }: OfficialPaper): Header {
  return new Header({ children: [mark(masthead, { ...WIDE, after: mm(4) }), double(THICK, THIN)] });
}

/** The double line 20 mm above the page's foot: thin above, thick below. */
export function letterFooter(): Footer {
  return new Footer({ children: [double(THIN, THICK)] });
}

/** Upper and lower edge of a line without words: programs disagree on which way up their own double lines stand. */
function double(above: number, below: number): Paragraph {
  const border: IParagraphOptions['border'] = { top: line(above), bottom: line(below) };
  return paragraph([run('', 'fangsong', 1)], { ...WIDE, border, spacing: { line: GAP, lineRule: LineRuleType.EXACT } });
}

function line(size: number) {
  return { style: BorderStyle.SINGLE, size, space: 0, color: RED };
}
