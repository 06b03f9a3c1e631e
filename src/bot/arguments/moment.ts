/** When something was done, as told in a command: always behind us. */
import type { Instant } from '../../core/instant';
import { momentSaid } from '../../core/report/momentSaid';
import { trimmed } from './spaces';

export interface Moment {
  readonly at: Instant;
  /** What stands before and behind it. */
  readonly before: string;
  readonly behind: string;
}

/** The first moment told, read into the past as in a report: 22:40, 昨晚十点, 刚才. Null where none is told. */
export function momentIn(words: string, now: Instant): Moment | null {
  const found = momentSaid(words, now);
  if (found === null) return null;
  return { at: found.at, before: words.slice(0, found.start).trimEnd(), behind: trimmed(words.slice(found.end)) };
}

/** The words without the moment told in them. */
export function around(moment: Moment | null, words: string): string {
  return moment === null ? words : trimmed([moment.before, moment.behind].join(' '));
}
