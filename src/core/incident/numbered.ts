/** Short numbers by which people name tasks, directives and oral approvals: 1, 2, 3 in the order they were recorded, never given twice. */
import type { DirectiveState, IncidentState, OralApproval, TaskState } from './state';

interface Recorded {
  readonly id: string;
  readonly version: number;
}

export function tasksInOrder({ tasks }: IncidentState): readonly TaskState[] {
  return inOrder(tasks);
}

export function directivesInOrder({ directives }: IncidentState): readonly DirectiveState[] {
  return inOrder(directives);
}

export function approvalsInOrder({ approvals }: IncidentState): readonly OralApproval[] {
  return inOrder(approvals);
}

/** The number of an entry of one of the lists above, from 1; 0 where it is none of them. */
export function numberIn(list: readonly Recorded[], id: string): number {
  return list.findIndex((entry) => entry.id === id) + 1;
}

/** A stored state comes back with its keys in another order; entries of one event are told apart by the counter at the end of their ids. */
function inOrder<T extends Recorded>(entries: Readonly<Record<string, T>>): readonly T[] {
  return Object.values(entries).sort((a, b) => a.version - b.version || counterOf(a) - counterOf(b));
}

function counterOf({ id }: Recorded): number {
  return Number(/\d+$/.exec(id)?.[0] ?? 0);
}
