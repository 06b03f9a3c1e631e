/** The text of a paper: headings of four levels and paragraphs, first line two characters in. */
import type { Paragraph } from 'docx';
import type { Block, OfficialPaper } from '../core/papers/official';
import type { Face } from './layout';
import { characters, paragraph, run } from './runs';

/** Every block in its face. */
export function body({ body: blocks }: OfficialPaper): readonly Paragraph[] {
  return blocks.map((block) => paragraph([run(block.text, faceOf(block))], { indent: { firstLine: characters(2) } }));
}

/** 一、黑体 （一）楷体, all below and the text itself 仿宋. */
const HEADINGS: Readonly<Record<1 | 2 | 3 | 4, Face>> = { 1: 'heiti', 2: 'kaiti', 3: 'fangsong', 4: 'fangsong' };

function faceOf(block: Block): Face {
  return block.is === 'heading' ? HEADINGS[block.level] : 'fangsong';
}
