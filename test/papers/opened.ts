/** A docx taken apart for a test: its parts as text, its paragraphs with their properties. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import type { OfficialPaper } from '../../src/core/papers/official';
import { docxRenderer } from '../../src/papers/docx';

/** One of the invented papers of docs/examples. */
export function example(name: string): OfficialPaper {
  return JSON.parse(readFileSync(join(__dirname, '../../docs/examples', `${name}.json`), 'utf8')) as OfficialPaper;
}

export interface Opened {
  /** A part as text, e.g. `word/document.xml`. */
  part(name: string): string;
  readonly names: readonly string[];
  /** Body paragraphs in their order, those in tables too. */
  readonly paragraphs: readonly Written[];
  /** The first paragraph whose words begin so. */
  saying(words: string): Written;
}

export interface Written {
  readonly text: string;
  readonly xml: string;
  /** Value of an attribute of the first such element, e.g. `value('ind', 'right')`. */
  value(element: string, attribute: string): string | null;
}

/** Rendered and opened again. */
export async function opened(paper: OfficialPaper): Promise<Opened> {
  return openedFile(await docxRenderer.docx(paper));
}

export function openedFile(docx: Uint8Array): Opened {
  const parts = unzipSync(docx);
  const part = (name: string): string => strFromU8(parts[name] ?? new Uint8Array());
  const paragraphs = (part('word/document.xml').match(/<w:p>.*?<\/w:p>|<w:p [^>]*>.*?<\/w:p>/gs) ?? []).map(written);
  return {
    part,
    names: Object.keys(parts),
    paragraphs,
    saying: (words) => {
      const found = paragraphs.find(({ text }) => text.startsWith(words));
      if (found === undefined) throw new Error(`nothing says ${words}`);
      return found;
    },
  };
}

export function written(xml: string): Written {
  const text = [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:(tab|br)\/>/g)]
    .map(([, words, sign]) => words ?? (sign === 'tab' ? '\t' : '\n'))
    .join('');
  return {
    text,
    xml,
    value: (element, attribute) => new RegExp(`<w:${element}(?: [^>]*)? w:${attribute}="([^"]*)"`).exec(xml)?.[1] ?? null,
  };
}
