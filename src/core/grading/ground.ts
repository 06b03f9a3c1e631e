/** The reason of a suggestion, as people read it. */
import type { Span } from '../report/fields';

/** Why: the sentence people read, the clause of the plan, whose rule it is (S plan, N national, P other public plan, J own) and the words it rests on. */
export interface Ground {
  readonly zh: string;
  readonly clause: string;
  readonly mark: string;
  readonly words: readonly Span[];
}
