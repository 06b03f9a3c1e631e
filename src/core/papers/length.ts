/** How long a paper is going to be, in lines of 28 characters (GB/T 9704-2012), before anything is rendered. */
import { type PaperItem, textOf } from './draft';

const CHARACTERS_A_LINE = 28;
const INDENT = 2;

/** Lines of the body; half-width characters count half, a row of a list is one line. An estimate: the renderer has the last word. */
export function bodyLines(items: readonly PaperItem[]): number {
  let lines = 0;
  let open = 0;
  const close = (): void => {
    lines += Math.ceil(open / CHARACTERS_A_LINE);
    open = 0;
  };
  for (const [i, item] of items.entries()) {
    const before = items[i - 1];
    if (item.lines.length === 0 && item.table === null) continue;
    if (item.section !== before?.section || item.flow !== 'sentence') close();
    if (item.section !== null && item.section !== before?.section) lines += 1;
    const width = widthOf(`${item.heading}：${item.lines.map(textOf).join('；')}。`);
    open += open === 0 ? INDENT + width : width;
    lines += item.table?.rows.length ?? 0;
  }
  close();
  return lines;
}

function widthOf(text: string): number {
  return [...text].reduce((sum, c) => sum + (c.charCodeAt(0) < 0x100 ? 0.5 : 1), 0);
}
