/** Page numbers between dashes: odd pages at the right, even ones at the left, one character in. */
import { AlignmentType, Footer, PageNumber, TextRun } from 'docx';
import { FONTS, SIZE } from './layout';
import { characters, paragraph } from './runs';

/** Footers of odd and even pages. */
export function pageNumbers(): { readonly default: Footer; readonly even: Footer } {
  return { default: numbered(AlignmentType.RIGHT, 'right'), even: numbered(AlignmentType.LEFT, 'left') };
}

function numbered(alignment: (typeof AlignmentType)['RIGHT' | 'LEFT'], side: 'left' | 'right'): Footer {
  const { name } = FONTS.songti;
  const number = new TextRun({
    children: ['— ', PageNumber.CURRENT, ' —'],
    font: { ascii: name, hAnsi: name, eastAsia: name },
    size: SIZE.small * 2,
  });
  return new Footer({ children: [paragraph([number], { alignment, indent: { [side]: characters(1) } })] });
}
