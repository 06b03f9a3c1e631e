/** The text of a paper inside an office's template: each paragraph is made like the one in which `{{body}}` stood. */
import type { Block } from '../core/papers/official';
import { type Face, FONTS, HEADINGS } from './layout';
import { escaped, writable } from './text';

/** The paragraphs and tables that take the place of the one with the field; an empty text leaves one empty paragraph. */
export function bodyXml(paragraph: string, blocks: readonly Block[]): string {
  const look = lookOf(paragraph);
  const made = blocks.map((block) => (block.is === 'table' ? tableXml(block, look) : paragraphXml(block.text, look, faceOf(block))));
  return made.length === 0 ? paragraphXml('', look, null) : made.join('');
}

/** Paragraph and run properties as the template has them. */
interface Look {
  readonly paragraph: string;
  readonly run: string;
}

function lookOf(xml: string): Look {
  const paragraph = /<w:pPr>.*?<\/w:pPr>|<w:pPr\/>/s.exec(xml)?.[0] ?? '';
  // A style's own marks of the paragraph end are run properties too: the run's stand behind them.
  const run = /<w:r(?: [^>]*)?>\s*(<w:rPr>.*?<\/w:rPr>)/s.exec(xml.replace(paragraph, ''))?.[1] ?? '';
  return { paragraph, run };
}

function paragraphXml(text: string, { paragraph, run }: Look, face: Face | null): string {
  const lines = writable(text).split('\n').map(escaped).join('</w:t><w:br/><w:t xml:space="preserve">');
  return `<w:p>${paragraph}<w:r>${faced(run, face)}<w:t xml:space="preserve">${lines}</w:t></w:r></w:p>`;
}

/** Headings of the first two levels have faces of their own in any official paper; the text has the template's. */
function faceOf(block: Exclude<Block, { readonly is: 'table' }>): Face | null {
  const face = block.is === 'heading' ? HEADINGS[block.level] : 'fangsong';
  return face === 'fangsong' ? null : face;
}

function faced(run: string, face: Face | null): string {
  if (face === null) return run;
  const { name } = FONTS[face];
  const fonts = `<w:rFonts w:ascii="${name}" w:hAnsi="${name}" w:eastAsia="${name}"/>`;
  const rest = run.replace(/^<w:rPr>|<\/w:rPr>$/g, '').replace(/<w:rFonts[^>]*\/>/, '');
  // rStyle comes first where there is one; nothing else may stand before the fonts.
  const [style = ''] = /<w:rStyle[^>]*\/>/.exec(rest) ?? [];
  return `<w:rPr>${style}${fonts}${rest.replace(style, '')}</w:rPr>`;
}

const EDGE = 'w:val="single" w:sz="4" w:space="0" w:color="000000"';
const EDGES = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map((side) => `<w:${side} ${EDGE}/>`).join('');

/** As wide as the text, columns alike; indents of the body do not hold in cells. */
function tableXml({ columns, rows }: Extract<Block, { readonly is: 'table' }>, { run }: Look): string {
  const look = { paragraph: '', run };
  const cell = (text: string): string => `<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>${paragraphXml(text, look, null)}</w:tc>`;
  const row = (cells: readonly string[], head: string): string =>
    `<w:tr><w:trPr><w:cantSplit/>${head}</w:trPr>${columns.map((_, i) => cell(cells[i] ?? '')).join('')}</w:tr>`;
  const grid = columns.map(() => '<w:gridCol/>').join('');
  const properties = `<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>${EDGES}</w:tblBorders></w:tblPr>`;
  return `<w:tbl>${properties}<w:tblGrid>${grid}</w:tblGrid>${row(columns, '<w:tblHeader/>')}${rows.map((cells) => row(cells, '')).join('')}</w:tbl>`;
}
