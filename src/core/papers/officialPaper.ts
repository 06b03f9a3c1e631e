/** From a draft to the paper as it is laid out: headings numbered, elements in sentences, paragraphs or lists (GB/T 9704-2012). */
import { type Line, type PaperDraft, type PaperItem, textOf } from './draft';
import type { Block, OfficialPaper } from './official';
import { dayZh, joint, listOf } from './parts';
import { numeralZh } from './title';

/** What the draft does not know: given by the office when it signs and sends. */
export interface OfficialDetails {
  /** 发文机关 as it signs. */
  readonly organ: string;
  /** In red at the top; null: the organ. */
  readonly masthead: string | null;
  readonly urgency: OfficialPaper['urgency'];
  /** By hand, never of our own making; null leaves the place empty. */
  readonly number: string | null;
  /** Shown on papers upward alone; null while nobody has signed. */
  readonly signer: string | null;
  /** Day of signing; null leaves it empty. */
  readonly signedAt: number | null;
  readonly attachments: readonly string[];
  /** 印发机关, with the day of sending; null where none is shown. */
  readonly printed: { readonly by: string; readonly at: number } | null;
}

/** The paper with every word final. The same draft and details always give the same paper. Pure. */
export function officialPaper(draft: PaperDraft, details: OfficialDetails): OfficialPaper {
  const { organ, masthead, urgency, number, signer, signedAt, attachments, printed } = details;
  const form = draft.form ?? 'document';
  return {
    form,
    ...(form === 'bulletin' ? { issue: number ?? draft.issue ?? null } : {}),
    masthead: masthead ?? draft.masthead ?? organ,
    urgency,
    number,
    signer: draft.audience === 'upward' ? signer : null,
    title: draft.title,
    to: draft.to.map(({ zh }) => zh),
    body: tracedBody(draft.items).map(plain),
    attachments,
    organ,
    date: signedAt === null ? null : dayZh(signedAt),
    note: textOf(draft.note),
    copies: draft.copies.map(({ zh }) => zh),
    printed: printed === null || form === 'sheet' ? null : { by: printed.by, on: dayZh(printed.at) },
  };
}

/** A block of the body whose every piece still says where it comes from; the page shows it, a document has its words alone. */
export type TracedBlock =
  | { readonly is: 'heading'; readonly level: 1 | 2; readonly parts: Line }
  | { readonly is: 'paragraph'; readonly parts: Line }
  | { readonly is: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly Line[])[] };

function plain(block: TracedBlock): Block {
  if (block.is === 'table') return { ...block, rows: block.rows.map((row) => row.map(textOf)) };
  const { parts, ...rest } = block;
  return { ...rest, text: textOf(parts) };
}

interface Section {
  readonly heading: string | null;
  readonly items: readonly PaperItem[];
}

/** The body as it is laid out. Elements that say nothing are left out; so are sections in which none says anything. Pure. */
export function tracedBody(items: readonly PaperItem[]): readonly TracedBlock[] {
  const sections = sectionsOf(items.filter(({ lines, table }) => lines.length > 0 || table !== null));
  const headed = sections.filter(({ heading }) => heading !== null);
  return sections.flatMap((section): readonly TracedBlock[] => {
    const number = numeralZh(headed.indexOf(section) + 1);
    return [...(section.heading === null ? [] : [heading(1, `${number}、${section.heading}`)]), ...elementsOf(section)];
  });
}

/** Neighbours under one heading stand together. */
function sectionsOf(items: readonly PaperItem[]): readonly Section[] {
  const starts = items.flatMap((item, i) => (isBeside(items[i - 1], item) ? [] : [i]));
  return starts.map((start, i) => ({ heading: items[start]?.section ?? null, items: items.slice(start, starts[i + 1]) }));
}

function isBeside(before: PaperItem | undefined, item: PaperItem): boolean {
  return before !== undefined && before.section === item.section && before.flow === item.flow;
}

function elementsOf({ heading: title, items }: Section): readonly TracedBlock[] {
  if (items[0]?.flow === 'sentence') return [paragraph(items.flatMap(sentenceOf)), ...items.flatMap(tableOf)];
  return items.flatMap((item, i): readonly TracedBlock[] => {
    if (item.flow === 'paragraph') return [...labelled(item), ...tableOf(item)];
    const under =
      title === null ? heading(1, `${numeralZh(i + 1)}、${item.heading}`) : heading(2, `（${numeralZh(i + 1)}）${item.heading}`);
    return [under, ...item.lines.map((line) => paragraph(line)), ...tableOf(item)];
  });
}

function heading(level: 1 | 2, text: string): TracedBlock {
  return { is: 'heading', level, parts: [joint(text)] };
}

/** The element's name ahead of its first paragraph; alone where a list follows. */
function labelled({ heading: name, lines: [first, ...rest] }: PaperItem): readonly TracedBlock[] {
  const label = joint(`${name}：`);
  if (first === undefined) return [{ is: 'paragraph', parts: [label] }];
  return [paragraph([label, ...first]), ...rest.map((line) => paragraph(line))];
}

function sentenceOf({ heading: name, lines }: PaperItem): Line {
  return ended([joint(`${name}：`), ...listOf(lines, '；')]);
}

function tableOf({ table }: PaperItem): readonly TracedBlock[] {
  return table === null ? [] : [{ is: 'table', columns: table.columns, rows: table.rows }];
}

function paragraph(line: Line): TracedBlock {
  return { is: 'paragraph', parts: ended(line) };
}

/** A sentence ends with a full stop, unless it ends with a mark already. */
function ended(line: Line): Line {
  return /[。！？：]$/.test(textOf(line)) ? line : [...line, joint('。')];
}
