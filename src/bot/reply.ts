/** Answers that belong to no incident event: refusals, questions, choices, help; stored as data, worded at sending. */
import type { Confirm, Refusal } from '../core/incident/refusal';

export interface ListedIncident {
  readonly n: number;
  readonly county: string | null;
  readonly level: string | null;
}

export type Reply =
  | Refusal
  | ({ readonly code: string; readonly n: number } & Confirm)
  /** `prompt`: what waits for the answer, so that a button answers this question and no later one; absent when nothing waits. */
  | { readonly is: 'choice'; readonly incidents: readonly ListedIncident[]; readonly prompt?: string }
  | { readonly is: 'list'; readonly incidents: readonly ListedIncident[] }
  | { readonly is: 'unknown_verb'; readonly nearest: readonly string[] }
  | { readonly is: 'help'; readonly verbs: readonly string[] }
  | { readonly is: 'greeting' }
  | { readonly is: 'stopped' };

/** Minutes a confirmation code is good for (interfaces.md section 4). */
export const CODE_MINUTES = 5;
