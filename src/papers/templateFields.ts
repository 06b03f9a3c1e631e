/** The merge fields an office may write into its own document, and what each stands for. */
import type { OfficialPaper } from '../core/papers/official';

/** By name, in the order of the page; an empty value leaves its place empty. `body` is no text but the paragraphs themselves. */
export const FIELDS: Readonly<Record<string, (paper: OfficialPaper) => string>> = {
  masthead: ({ masthead }) => masthead,
  urgency: ({ urgency }) => urgency ?? '',
  issue: ({ issue }) => issue ?? '',
  number: ({ number }) => number ?? '',
  signer: ({ signer }) => signer ?? '',
  title: ({ title }) => title,
  to: ({ to }) => to.join('，'),
  body: () => '',
  attachments: ({ attachments: names }) => (names.length > 1 ? names.map((name, i) => `${i + 1}. ${name}`) : names).join('\n'),
  organ: ({ organ }) => organ,
  date: ({ date }) => date ?? '',
  note: ({ note }) => note ?? '',
  copies: ({ copies }) => copies.join('，'),
  printed_by: ({ printed }) => printed?.by ?? '',
  printed_on: ({ printed }) => printed?.on ?? '',
};

/** Where a field stands in a text: `{{title}}`, spaces inside the braces do not count. */
export const FIELD = /\{\{\s*([^{}]*?)\s*\}\}/g;
/** What looks like the beginning or the end of a field and is none. */
export const LOOSE = /\{\{|\}\}/;
