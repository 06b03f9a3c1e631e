/** What changed from one version of a paper to the next, element by element. */
import { type PaperDraft, type PaperItem, textOf } from './draft';

/** One element that is not what it was; null: it was not there, or is no more. */
export interface Difference {
  readonly key: string;
  readonly heading: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** Title, recipients and elements compared by their words, in the order of the later paper; what was dropped comes last. Pure. */
export function differencesOf(earlier: PaperDraft, later: PaperDraft): readonly Difference[] {
  const before = rowsOf(earlier);
  const after = rowsOf(later);
  const keys = [...after.keys(), ...[...before.keys()].filter((key) => !after.has(key))];
  return keys.flatMap((key) => {
    const was = before.get(key) ?? null;
    const is = after.get(key) ?? null;
    const heading = (is ?? was)?.heading ?? key;
    return was?.text === is?.text ? [] : [{ key, heading, from: was?.text ?? null, to: is?.text ?? null }];
  });
}

type Row = { readonly heading: string; readonly text: string };

function rowsOf({ title, to, copies, items }: PaperDraft): ReadonlyMap<string, Row> {
  const names = (people: PaperDraft['to']): string => people.map(({ zh }) => zh).join('、');
  return new Map<string, Row>([
    ['title', { heading: '标题', text: title }],
    ['to', { heading: '主送', text: names(to) }],
    ['copies', { heading: '抄送', text: names(copies) }],
    ...items.map((item): [string, Row] => [item.key, { heading: item.heading, text: wordsOf(item) }]),
  ]);
}

/** All words of an element, a line each; cells with a gap between them. */
export function wordsOf({ lines, table }: Pick<PaperItem, 'lines' | 'table'>): string {
  const rows = table === null ? [] : table.rows.map((cells) => cells.map(textOf).join('　'));
  return [...lines.map(textOf), ...rows].join('\n');
}
