/** The work of an incident as the API shows it: tasks, directives, progress, telephone calls, changed members. */
import type { TextRef } from '../../core/incident/events';
import { directivesInOrder, tasksInOrder } from '../../core/incident/numbered';
import type { IncidentState } from '../../core/incident/state';
import { iso, isoOrNull } from './iso';

/** `texts`: words of the vault, masked; what was purged is null. Numbers are those people type. */
export function presentWork(state: IncidentState, texts: ReadonlyMap<string, string>) {
  const words = (ref: TextRef | null): string | null => (ref === null ? null : (texts.get(ref.id) ?? null));
  return {
    tasks: tasksInOrder(state).map((task, i) => ({
      ...{ number: i + 1, id: task.id, template: task.template, what: words(task.what), owner: task.owner, group: task.group },
      ...{ givenBy: task.givenBy ?? null, givenAt: iso(task.givenAt), dueAt: isoOrNull(task.dueAt), doneAt: isoOrNull(task.doneAt) },
      ...{
        report: words(task.report),
        evidence: task.evidence.length,
        returned: task.returned,
        checkedAt: isoOrNull(task.checkedAt ?? null),
      },
    })),
    directives: directivesInOrder(state).map((directive, i) => ({
      ...{ number: i + 1, id: directive.id, leader: directive.leader, words: words(directive.words), assignee: directive.assignee },
      ...{ receivedAt: iso(directive.receivedAt), dueAt: isoOrNull(directive.dueAt), answeredAt: isoOrNull(directive.answeredAt) },
      answer: words(directive.answer),
    })),
    progress: state.progress.map(({ at, by, group, step, text }) => ({ at: iso(at), by, group, step: step ?? null, text: words(text) })),
    calls: state.calls.map(({ id, party, calledAt, by, spokeWith, text }) => ({
      ...{ id, party, calledAt: iso(calledAt), by },
      ...{ spokeWith: words(spokeWith), words: words(text) },
    })),
    members: Object.entries(state.members ?? {}).map(([person, { is, group }]) => ({ person, is, group })),
  };
}
