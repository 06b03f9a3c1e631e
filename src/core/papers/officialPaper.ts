/** From a draft to the paper as it is laid out: headings numbered, elements in sentences, paragraphs or lists (GB/T 9704-2012). */
import { type PaperDraft, type PaperItem, textOf } from './draft';
import type { Block, OfficialPaper } from './official';
import { dayZh } from './parts';
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
    body: bodyOf(draft.items),
    attachments,
    organ,
    date: signedAt === null ? null : dayZh(signedAt),
    note: textOf(draft.note),
    copies: draft.copies.map(({ zh }) => zh),
    printed: printed === null || form === 'sheet' ? null : { by: printed.by, on: dayZh(printed.at) },
  };
}

interface Section {
  readonly heading: string | null;
  readonly items: readonly PaperItem[];
}

/** Elements that say nothing are left out; so are sections in which none says anything. */
function bodyOf(items: readonly PaperItem[]): readonly Block[] {
  const sections = sectionsOf(items.filter(({ lines, table }) => lines.length > 0 || table !== null));
  const headed = sections.filter(({ heading }) => heading !== null);
  return sections.flatMap((section): readonly Block[] => {
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

function elementsOf({ heading: title, items }: Section): readonly Block[] {
  if (items[0]?.flow === 'sentence') return [paragraph(items.map(sentenceOf).join('')), ...items.flatMap(tableOf)];
  return items.flatMap((item, i): readonly Block[] => {
    const lines = item.lines.map(textOf);
    if (item.flow === 'paragraph') return [...labelled(item.heading, lines), ...tableOf(item)];
    const under =
      title === null ? heading(1, `${numeralZh(i + 1)}、${item.heading}`) : heading(2, `（${numeralZh(i + 1)}）${item.heading}`);
    return [under, ...lines.map((line) => paragraph(line)), ...tableOf(item)];
  });
}

function heading(level: 1 | 2, text: string): Block {
  return { is: 'heading', level, text };
}

/** The element's name ahead of its first paragraph; alone where a list follows. */
function labelled(name: string, [first, ...rest]: readonly string[]): readonly Block[] {
  if (first === undefined) return [{ is: 'paragraph', text: `${name}：` }];
  return [paragraph(`${name}：${first}`), ...rest.map((line) => paragraph(line))];
}

function sentenceOf({ heading: name, lines }: PaperItem): string {
  return ended(`${name}：${lines.map(textOf).join('；')}`);
}

function tableOf({ table }: PaperItem): readonly Block[] {
  return table === null ? [] : [{ is: 'table', columns: table.columns, rows: table.rows.map((row) => row.map(textOf)) }];
}

function paragraph(text: string): Block {
  return { is: 'paragraph', text: ended(text) };
}

/** A sentence ends with a full stop, unless it ends with a mark already. */
function ended(text: string): string {
  return /[。！？：]$/.test(text) ? text : `${text}。`;
}
