/** A refusal is a value that teaches: stable code, one Chinese sentence, the rule and its source, what to type instead, who may. */
import type { PersonId } from '../roster/roster';
import { type Grounds, groundsOf } from './refusalGrounds';

export interface Refusal {
  readonly is: 'refusal';
  readonly code: string;
  readonly zh: string;
  /** What to type instead; empty when nothing helps. */
  readonly hint: string;
  /** Who may do it; shown by name and post. */
  readonly whom: readonly PersonId[];
  /** The rule behind it and where that stands; null where only a word is missing. */
  readonly grounds: Grounds | null;
}

/** A question whose answer is a confirmation code: what will happen and who will be paged. */
export interface Confirm {
  readonly is: 'confirm';
  /** The effect in one sentence. */
  readonly effect: string;
  readonly pages: readonly PersonId[];
  /** Obligations still open, for a termination. */
  readonly open: readonly string[];
  /** The same in words, listed before the question; missing where a count is enough. */
  readonly listed?: readonly string[];
}

export function refuse(code: string, zh: string, hint = '', whom: readonly PersonId[] = []): Refusal {
  return { is: 'refusal', code, zh, hint, whom, grounds: groundsOf(code) };
}
