/** Official papers as .docx in the layout of GB/T 9704-2012: masthead, number, title, body, signature, 版记. */
import { Document, LineRuleType, Packer } from 'docx';
import type { OfficialPaper } from '../core/papers/official';
import type { PaperRenderer } from '../ports/paperRenderer';
import { body } from './body';
import { foot } from './foot';
import { head } from './head';
import { FONTS, FOOTER, LINE, MARGIN, PAGE, SIZE } from './layout';
import { pageNumbers } from './pageNumbers';

/** Renders with the `docx` library; nothing is fetched, no font, picture or macro goes in. */
export const docxRenderer: PaperRenderer = {
  docx: (paper) => Packer.toBuffer(documentOf(paper)),
};

function documentOf(paper: OfficialPaper): Document {
  return new Document({
    title: paper.title,
    creator: paper.organ,
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: {
        document: {
          run: { font: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: FONTS.fangsong.name }, size: SIZE.body * 2 },
          paragraph: { spacing: { line: LINE, lineRule: LineRuleType.EXACT } },
        },
      },
    },
    sections: [
      {
        properties: {
          page: { size: PAGE, margin: { ...MARGIN, header: 0, footer: FOOTER } },
        },
        footers: pageNumbers(),
        children: [...head(paper), ...body(paper), ...foot(paper)],
      },
    ],
  });
}
