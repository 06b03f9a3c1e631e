/** Official papers as .docx in the layout of GB/T 9704-2012 (procedure section 8). */
import { Document, type IPropertiesOptions, LineRuleType, Packer } from 'docx';
import type { OfficialPaper } from '../core/papers/official';
import type { PaperRenderer } from '../ports/paperRenderer';
import { body } from './body';
import { foot } from './foot';
import { head } from './head';
import { FONTS, FOOTER, LETTER, LINE, MARGIN, PAGE, SIZE } from './layout';
import { letterFooter, letterHeader } from './letter';
import { pageNumbers } from './pageNumbers';
import { refuseSecrets } from './secrets';
import { settled } from './settled';

/** Renders with the `docx` library; nothing is fetched, no font, picture or macro goes in. */
export const docxRenderer: PaperRenderer = {
  docx: async (paper) => {
    refuseSecrets(paper);
    return settled(await Packer.toBuffer(documentOf(paper)));
  },
};

function documentOf(paper: OfficialPaper): Document {
  const { ascii, eastAsia } = { ascii: 'Times New Roman', eastAsia: FONTS.fangsong.name };
  return new Document({
    title: paper.title,
    creator: paper.organ,
    lastModifiedBy: paper.organ,
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: {
        document: {
          run: { font: { ascii, hAnsi: ascii, eastAsia }, size: SIZE.body * 2, language: { value: 'en-US', eastAsia: 'zh-CN' } },
          paragraph: { spacing: { line: LINE, lineRule: LineRuleType.EXACT } },
        },
      },
    },
    sections: [sectionOf(paper)],
  });
}

function sectionOf(paper: OfficialPaper): IPropertiesOptions['sections'][number] {
  const isLetter = paper.form === 'letter';
  return {
    properties: {
      titlePage: isLetter,
      page: { size: PAGE, margin: { ...MARGIN, header: isLetter ? LETTER.top : 0, footer: isLetter ? LETTER.foot : FOOTER } },
    },
    ...(isLetter ? { headers: { first: letterHeader(paper) } } : {}),
    footers: { ...pageNumbers(isLetter ? FOOTER - LETTER.foot : 0), ...(isLetter ? { first: letterFooter() } : {}) },
    children: [...head(paper), ...body(paper), ...foot(paper)],
  };
}
