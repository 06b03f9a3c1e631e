/** Page head and foot of a letter (信函格式): the mark over a red double line, another one at the foot, no page number on the first page. */
import { BorderStyle, Footer, Header, LineRuleType } from 'docx';
import type { OfficialPaper } from '../core/papers/official';
import { LETTER, MARGIN, pt, RED, RED_LINE_SPACE_PT } from './layout';
import { mark } from './mark';
import { paragraph, run } from './runs';

/** 170 mm wide, in the middle of the page: wider than the type area on both sides. */
const WIDE = { indent: { left: LETTER.sides - MARGIN.left, right: LETTER.sides - MARGIN.right } };
/** Both lines together, in eighths of a point. */
const DOUBLE = 24;

/** The mark 30 mm below the page's upper edge, 4 mm above its double line: thick above, thin below. */
export function letterHeader({ masthead }: OfficialPaper): Header {
  const line = { style: BorderStyle.THICK_THIN_SMALL_GAP, size: DOUBLE, space: RED_LINE_SPACE_PT, color: RED };
  return new Header({ children: [mark(masthead, { ...WIDE, border: { bottom: line } })] });
}

/** The double line 20 mm above the page's foot: thin above, thick below. */
export function letterFooter(): Footer {
  const line = { style: BorderStyle.THIN_THICK_SMALL_GAP, size: DOUBLE, space: 0, color: RED };
  const thin = { line: pt(1), lineRule: LineRuleType.EXACT };
  return new Footer({ children: [paragraph([run('', 'fangsong', 1)], { ...WIDE, border: { top: line }, spacing: thin })] });
}
