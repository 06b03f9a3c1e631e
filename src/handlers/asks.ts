/** The rows of who was asked what, kept alike for every kind of stream. */
import type { Instant } from '../core/instant';
import type { PersonId } from '../core/roster/roster';
import type { Ask } from '../ports/streams';

interface AskEntry {
  readonly id: string;
  readonly person: PersonId;
  readonly kind: string;
  readonly askedAt: Instant;
  readonly answeredAt: Instant | null;
  readonly answer: string | null;
  readonly stoodDownAt: Instant | null;
}

interface Asking {
  readonly asks: Readonly<Record<string, AskEntry>>;
}

/** Rows of the asks that are not as they were before. */
export function asksChanged(before: Asking | null, after: Asking): readonly Ask[] {
  return Object.values(after.asks)
    .filter((ask) => before?.asks[ask.id] !== ask)
    .map(({ id, person, kind, askedAt, answeredAt, answer, stoodDownAt }) => ({
      id,
      person,
      kind,
      askedAt,
      answeredAt: answeredAt ?? stoodDownAt,
      answer: answer ?? (stoodDownAt === null ? null : 'stood_down'),
    }));
}
