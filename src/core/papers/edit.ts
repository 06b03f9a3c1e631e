/** 改稿: an element of a draft in the words of a person. */
import type { PersonId } from '../roster/roster';
import type { PaperDraft, PaperItem } from './draft';

/** What somebody wants to stand in an element, named by its heading; `title`: 标题. */
export interface PaperEdit {
  readonly heading: string;
  readonly text: string;
}

/** The draft with these words in the place of what stood there; null where it has no such element. Pure. */
export function edited(draft: PaperDraft, { heading, text }: PaperEdit, by: PersonId): PaperDraft | null {
  if (heading === TITLE) return { ...draft, title: text };
  const item = elementNamed(draft, heading);
  if (item === null) return null;
  const lines = text.split('\n').map((line) => [{ text: line, from: { is: 'hand' as const, by } }]);
  return { ...draft, items: draft.items.map((one) => (one === item ? { ...one, lines, table: null } : one)) };
}

/** The element of this heading; else the only one whose heading holds the words. */
export function elementNamed({ items }: PaperDraft, heading: string): PaperItem | null {
  const whole = items.find((item) => item.heading === heading);
  if (whole !== undefined) return whole;
  const holding = items.filter((item) => heading.length >= LEAST && item.heading.includes(heading));
  return holding.length === 1 ? (holding[0] ?? null) : null;
}

const TITLE = '标题';
const LEAST = 2;
