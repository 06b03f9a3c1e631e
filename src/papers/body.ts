/** The text of a paper: headings of four levels, paragraphs with their first line two characters in, and tables. */
import { LineRuleType, type Paragraph, type Table } from 'docx';
import type { Block, OfficialPaper } from '../core/papers/official';
import { type Face, HEADINGS, pt, SIZE } from './layout';
import { characters, paragraph, run } from './runs';
import { table } from './table';

/** Every block in its face; the last one stays on the page of the signature below it. */
export function body({ body: blocks }: OfficialPaper): readonly (Paragraph | Table)[] {
  return blocks.flatMap((block, i) => {
    const keepNext = i === blocks.length - 1;
    return block.is === 'table' ? [space(true), table(block), space(keepNext)] : [words(block, keepNext)];
  });
}

/** A little room above and below a table. */
function space(keepNext: boolean): Paragraph {
  return paragraph([run('', 'fangsong', SIZE.table)], { spacing: { line: pt(8), lineRule: LineRuleType.EXACT }, keepNext });
}

type Words = Exclude<Block, { readonly is: 'table' }>;

function words(block: Words, isLast: boolean): Paragraph {
  return paragraph([run(block.text, faceOf(block))], {
    indent: { firstLine: characters(2) },
    ...(block.is === 'heading' || isLast ? { keepNext: true } : {}),
  });
}

function faceOf(block: Words): Face {
  return block.is === 'heading' ? HEADINGS[block.level] : 'fangsong';
}
