/** What an act is told with. */
import type { EventOf, IncidentEvent } from '../../../incident/events';
import { kindZh, type Rulebook, TASK_DONE } from '../../../plans/rulebook';
import type { Line } from '../../message';
import type { View } from '../view';

export interface ActWords {
  /** What kind of act it was: shown in every room. */
  readonly heading: string;
  readonly lines: readonly Line[];
}

/** One composer for every act of a family; a new act does not compile without its words. */
export type Acts<T extends IncidentEvent['type']> = { readonly [K in T]: (view: View, event: EventOf<K>) => ActWords };

/** What people call the obligation of a key; the kind is the part before the colon. */
export function owedZh({ profile, pack, hash }: Rulebook, key: string): string {
  const kind = key.split(':')[0] ?? key;
  const known = kind === TASK_DONE || profile.steps.some((step) => step.id === kind);
  return known ? kindZh({ profile, pack, hash }, kind) : '待办事项';
}

/** Names of outside parties; an unknown one is 有关单位. */
export function partiesZh({ rules }: View, ids: readonly string[]): string {
  return ids.map((id) => rules.pack.parties.find((party) => party.id === id)?.zh ?? '有关单位').join('、');
}
