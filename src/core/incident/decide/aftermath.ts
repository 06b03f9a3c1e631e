/** What is still to be done after the end: the plan's aftermath work that keeps an incident from being closed. */
import { deadlines } from '../../deadlines/deadlines';
import type { PlanPack } from '../../plans/packSchema';
import type { Rulebook } from '../../plans/rulebook';
import type { IncidentState } from '../state';

type Work = PlanPack['after_action'][number];

/** Aftermath work that blocks the archive and is open: its deadlines unmet, or the task that stands for it not done. */
export function blockingWork(rules: Rulebook, state: IncidentState): readonly Work[] {
  return rules.pack.after_action.filter((work) => work.blocks_archive && !isDone(rules, state, work));
}

/** Is this the review itself, which begins when all other aftermath work is done? */
export function isReview({ papers }: Work): boolean {
  return papers.includes('after_action_review');
}

/** Tasks given by people since the end and not done. */
export function openTasksSince({ tasks, terminated }: IncidentState): number {
  const since = terminated?.at ?? Number.POSITIVE_INFINITY;
  return Object.values(tasks).filter((task) => task.template === null && task.givenAt >= since && task.doneAt === null).length;
}

function isDone(rules: Rulebook, state: IncidentState, { id, deadlines: steps }: Work): boolean {
  if (steps.length === 0)
    return state.met[id] !== undefined || Object.values(state.tasks).some((t) => t.template === id && t.doneAt !== null);
  const rows = new Map(deadlines(rules, state).map((row) => [row.key, row.status]));
  return steps.every((step) => (rows.get(step) ?? 'open') !== 'open');
}
