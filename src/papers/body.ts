/** The text of a paper: headings of four levels, paragraphs with their first line two characters in, and tables. */
import type { Paragraph, Table } from 'docx';
import type { Block, OfficialPaper } from '../core/papers/official';
import type { Face } from './layout';
import { characters, paragraph, run } from './runs';
import { table } from './table';

/** Every block in its face. */
export function body({ body: blocks }: OfficialPaper): readonly (Paragraph | Table)[] {
  return blocks.map((block) => (block.is === 'table' ? table(block) : words(block)));
}

type Words = Exclude<Block, { readonly is: 'table' }>;

function words(block: Words): Paragraph {
  return paragraph([run(block.text, faceOf(block))], {
    indent: { firstLine: characters(2) },
    ...(block.is === 'heading' ? { keepNext: true } : {}),
  });
}

/** 一、黑体 （一）楷体, all below and the text itself 仿宋. */
const HEADINGS: Readonly<Record<1 | 2 | 3 | 4, Face>> = { 1: 'heiti', 2: 'kaiti', 3: 'fangsong', 4: 'fangsong' };

function faceOf(block: Words): Face {
  return block.is === 'heading' ? HEADINGS[block.level] : 'fangsong';
}
