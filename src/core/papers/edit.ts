/** 改稿: an element of a draft in the words of a person. */
import { type Refusal, refuse } from '../incident/refusal';
import type { PersonId } from '../roster/roster';
import type { PaperDraft, PaperItem } from './draft';

/** What somebody wants to stand in an element, named by its heading; `title`: 标题. */
export interface PaperEdit {
  readonly heading: string;
  readonly text: string;
}

/** The draft with all of these edits, by a known person. Pure; refuses `no_such_element`. */
export function withEdits(draft: PaperDraft, edits: readonly PaperEdit[], by: PersonId | null): PaperDraft | Refusal {
  let made = draft;
  for (const edit of edits) {
    const next = by === null ? null : edited(made, edit, by);
    const known = draft.items.map(({ heading }) => heading).join('、');
    if (next === null) return refuse('no_such_element', `文稿中没有“${edit.heading}”这一项。`, `可写：标题、${known}`);
    made = next;
  }
  return made;
}

/** These words in the place of what stood there; null where it has no such element. */
function edited(draft: PaperDraft, { heading, text }: PaperEdit, by: PersonId): PaperDraft | null {
  if (heading === TITLE) return { ...draft, title: text };
  const item = elementNamed(draft, heading);
  if (item === null) return null;
  const lines = text.split('\n').map((line) => [{ text: line, from: { is: 'hand' as const, by } }]);
  return { ...draft, items: draft.items.map((one) => (one === item ? { ...one, lines, table: null } : one)) };
}

/** The element of this heading; else the only one whose heading holds the words. */
function elementNamed({ items }: PaperDraft, heading: string): PaperItem | null {
  const whole = items.find((item) => item.heading === heading);
  if (whole !== undefined) return whole;
  const holding = items.filter((item) => heading.length >= LEAST && item.heading.includes(heading));
  return holding.length === 1 ? (holding[0] ?? null) : null;
}

const TITLE = '标题';
const LEAST = 2;
