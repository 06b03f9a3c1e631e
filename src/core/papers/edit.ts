/** 改稿: an element of a draft in the words of a person. */
import { type Refusal, refuse } from '../incident/refusal';
import type { PersonId } from '../roster/roster';
import type { PaperDraft, PaperItem, Recipient } from './draft';

/** What somebody wants to stand in an element, named by its heading; beside them 标题 and 抄送, units of the plan's recipient book. */
export interface PaperEdit {
  readonly heading: string;
  readonly text: string;
}

/** The draft with all of these edits, by a known person. `book`: units that may get a copy. Pure; refuses `no_such_element`, `no_such_party`. */
export function withEdits(draft: PaperDraft, edits: readonly PaperEdit[], by: PersonId | null, book: Book): PaperDraft | Refusal {
  let made = draft;
  for (const edit of edits) {
    const next = by === null ? null : edit.heading === COPIES ? copied(made, edit.text, book) : edited(made, edit, by);
    const known = draft.items.map(({ heading }) => heading).join('、');
    if (next === null) return refuse('no_such_element', `文稿中没有“${edit.heading}”这一项。`, `可写：标题、抄送、${known}`);
    if ('is' in next) return next;
    made = next;
  }
  return made;
}

type Book = readonly { readonly id: string; readonly zh: string }[];

/** Each by its name or by a part that no other unit has; 无 is nobody. */
function copied(draft: PaperDraft, text: string, book: Book): PaperDraft | Refusal {
  const words = text.split(/[、，,；;。\s]+/u).filter((word) => word !== '' && word !== '无');
  const copies: Recipient[] = [];
  for (const word of words) {
    const holding = book.filter(({ zh }) => word.length >= LEAST && zh.includes(word));
    const found = book.find(({ zh }) => zh === word) ?? (holding.length === 1 ? holding[0] : undefined);
    if (found === undefined)
      return refuse('no_such_party', `本预案的收文单位中没有“${word}”。`, `抄送可写：${book.map(({ zh }) => zh).join('、')}`);
    copies.push({ kind: 'party', id: found.id, zh: found.zh });
  }
  return { ...draft, copies };
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
const COPIES = '抄送';
const LEAST = 2;
