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
  return {
    masthead: masthead ?? organ,
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
    printed: printed === null ? null : { by: printed.by, on: dayZh(printed.at) },
  };
}

/** Elements that say nothing are left out; so are sections in which none says anything. */
function bodyOf(items: readonly PaperItem[]): readonly Block[] {
  const speaking = items.filter(({ lines, table }) => lines.length > 0 || table !== null);
  const blocks: Block[] = [];
  let sections = 0;
  for (const [i, item] of speaking.entries()) {
    const opens = item.section !== null && speaking[i - 1]?.section !== item.section;
    if (opens) blocks.push({ is: 'heading', level: 1, text: `${numeralZh((sections += 1))}、${item.section}` });
    const before = speaking[i - 1];
    const joins = item.flow === 'sentence' && item.table === null && before?.flow === 'sentence' && before.section === item.section;
    if (joins) blocks.push(...joined(blocks.pop(), item));
    else
      blocks.push(
        ...blocksOf(item, 1 + speaking.slice(0, i).filter((one) => one.flow === 'headed' && one.section === item.section).length),
      );
  }
  return blocks;
}

function blocksOf(item: PaperItem, nth: number): readonly Block[] {
  const table: readonly Block[] =
    item.table === null ? [] : [{ is: 'table', columns: item.table.columns, rows: item.table.rows.map((row) => row.map(textOf)) }];
  const [first, ...rest] = item.lines.map(textOf);
  if (item.flow === 'headed') {
    const heading = item.section === null ? `${numeralZh(nth)}、${item.heading}` : `（${numeralZh(nth)}）${item.heading}`;
    return [
      { is: 'heading', level: item.section === null ? 1 : 2, text: heading },
      ...item.lines.map((line) => paragraph(textOf(line))),
      ...table,
    ];
  }
  if (item.flow === 'sentence') return [paragraph(`${item.heading}：${item.lines.map(textOf).join('；')}`), ...table];
  return [
    paragraph(first === undefined ? `${item.heading}：` : `${item.heading}：${first}`, first === undefined),
    ...rest.map((line) => paragraph(line)),
    ...table,
  ];
}

/** One sentence more in the paragraph before. */
function joined(before: Block | undefined, item: PaperItem): readonly Block[] {
  const sentence = paragraph(`${item.heading}：${item.lines.map(textOf).join('；')}`);
  if (before === undefined || before.is !== 'paragraph') return [...(before === undefined ? [] : [before]), sentence];
  return [{ is: 'paragraph', text: `${before.text}${sentence.text}` }];
}

type Paragraph = Extract<Block, { is: 'paragraph' }>;

/** A sentence ends with a full stop, unless a list follows or it ends with a mark already. */
function paragraph(text: string, open = false): Paragraph {
  return { is: 'paragraph', text: open || /[。！？：]$/.test(text) ? text : `${text}。` };
}
