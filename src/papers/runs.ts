/** Runs and paragraphs as every part of a paper uses them. */
import { AlignmentType, type IParagraphOptions, LineRuleType, Paragraph, TextRun } from 'docx';
import { CHARACTER, CHARACTER_SPACE, type Face, FONTS, LINE, SIZE } from './layout';
import { writable } from './text';

/** A stretch in one face; `size` in points. */
export function run(text: string, face: Face, size: number = SIZE.body, color?: string): TextRun {
  const { name } = FONTS[face];
  const ascii = face === 'fangsong' || face === 'kaiti' ? 'Times New Roman' : name;
  return new TextRun({
    text: writable(text),
    font: { ascii, hAnsi: ascii, eastAsia: name, hint: 'eastAsia' },
    size: size * 2,
    ...(size === SIZE.body ? { characterSpacing: CHARACTER_SPACE } : {}),
    ...(color === undefined ? {} : { color }),
  });
}

/** One line of the grid, exact; options win. Punctuation may hang over the end of a line, as in print. */
export function paragraph(children: readonly TextRun[], options: IParagraphOptions = {}): Paragraph {
  return new Paragraph({ spacing: { line: LINE, lineRule: LineRuleType.EXACT }, ...options, children: [...children] });
}

/** So many characters, as an indent. */
export function characters(count: number): number {
  return Math.round(count * CHARACTER);
}

/** An empty line of the body. */
export function blank(): Paragraph {
  return paragraph([run('', 'fangsong')]);
}

/** In the middle of the type area. */
export const CENTRED = { alignment: AlignmentType.CENTER } as const;
