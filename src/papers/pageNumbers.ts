/** Page numbers between dashes: odd pages at the right, even ones at the left, one character in. */
import { AlignmentType, Footer, LineRuleType, PageNumber, TextRun } from 'docx';
import { FONTS, pt, SIZE } from './layout';
import { characters, paragraph } from './runs';

/** Footers of odd and even pages, so many twips above the place where the page's footer ends. */
export function pageNumbers(lift: number): { readonly default: Footer; readonly even: Footer } {
  return { default: numbered(AlignmentType.RIGHT, 'right', lift), even: numbered(AlignmentType.LEFT, 'left', lift) };
}

function numbered(alignment: (typeof AlignmentType)['RIGHT' | 'LEFT'], side: 'left' | 'right', lift: number): Footer {
  const { name } = FONTS.songti;
  const number = new TextRun({
    children: ['— ', PageNumber.CURRENT, ' —'],
    font: { ascii: name, hAnsi: name, eastAsia: name },
    size: SIZE.small * 2,
  });
  return new Footer({
    children: [paragraph([number], { alignment, indent: { [side]: characters(1) }, spacing: { ...PITCH, after: lift } })],
  });
}

/** A line as high as its characters, so that 7 mm stay free above it. */
const PITCH = { line: pt(SIZE.small), lineRule: LineRuleType.EXACT };
