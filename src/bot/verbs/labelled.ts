/** An opinion sheet as people type it: parts behind labels, in any order. */
import { trimmed } from '../arguments/spaces';

/** What stands behind each label, up to the next one; words without a label stand in front. */
export function labelled(rest: string): { readonly words: string; readonly parts: Readonly<Record<string, string>> } {
  const [head = '', ...pieces] = rest.split(/(来源|链接|热度|不实|诉求|回应|效果)\s*[:：]/u);
  const parts = pieces.flatMap((label, i) => (i % 2 === 0 ? [[label, trimmed(pieces[i + 1] ?? '')] as const] : []));
  return { words: trimmed(head), parts: Object.fromEntries(parts) };
}
