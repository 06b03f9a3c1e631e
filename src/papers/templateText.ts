/** The words of a document's XML, paragraph by paragraph, although the writing program has split them over many runs. */

/** One stretch of text as it stands in the XML: from and to of what is between its tags. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A paragraph of the XML with its stretches of text in their order. */
export interface Paragraph {
  /** Of the whole element, tags included. */
  readonly from: number;
  readonly to: number;
  readonly stretches: readonly Stretch[];
}

const TAG = /<(\/?)(w:p|w:t)(?=[\s/>])[^>]*?(\/?)>/g;

/** Every paragraph that holds text of its own, the inner ones of a text box by themselves. */
export function paragraphsOf(xml: string): readonly Paragraph[] {
  const found: Paragraph[] = [];
  const open: { readonly from: number; readonly stretches: Stretch[] }[] = [];
  let begun = 0;
  for (const { 0: tag, 1: closing, 2: name, 3: empty, index } of xml.matchAll(TAG)) {
    const end = index + tag.length;
    if (empty === '/') continue;
    if (name === 'w:t') {
      if (closing === '') begun = end;
      else open.at(-1)?.stretches.push({ from: begun, to: index });
    } else if (closing === '') open.push({ from: index, stretches: [] });
    else {
      const done = open.pop();
      if (done !== undefined && done.stretches.length > 0) found.push({ ...done, to: end });
    }
  }
  return found;
}

/** Its words as the XML has them, signs still escaped. */
export function wordsOf(xml: string, { stretches }: Paragraph): string {
  return stretches.map(({ from, to }) => xml.slice(from, to)).join('');
}

/** A piece of the XML and what takes its place. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

/** The XML with these pieces exchanged; they must not overlap. */
export function changed(xml: string, changes: readonly Change[]): string {
  return [...changes].sort((a, b) => b.from - a.from).reduce((text, { from, to, by }) => text.slice(0, from) + by + text.slice(to), xml);
}

/** Exchanges what stands from `start` to `end` of the paragraph's words: the first stretch touched takes it, the others lose their part. */
export function inWords({ stretches }: Paragraph, start: number, end: number, by: string): readonly Change[] {
  let before = 0;
  let isGiven = false;
  return stretches.flatMap(({ from, to }) => {
    const [first, last] = [Math.max(start, before), Math.min(end, before + to - from)];
    const offset = from - before;
    before += to - from;
    if (first >= last) return [];
    const change = { from: first + offset, to: last + offset, by: isGiven ? '' : by };
    isGiven = true;
    return [change];
  });
}
