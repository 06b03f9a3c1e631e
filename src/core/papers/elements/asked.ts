/** Elements of what was given to do and of what was said: tasks, directives, telephone calls, warnings, transfers. */

import { deadlines } from '../../deadlines/deadlines';
import { directivesInOrder, tasksInOrder } from '../../incident/numbered';
import type { DirectiveState, IncidentState, TaskState } from '../../incident/state';
import { TASK_DONE } from '../../plans/rulebook';
import { type Brief, type Filled, type Filler, type IncidentBrief, NOTHING, newestOf } from '../brief';
import { groupPart, levelPart, taskPart } from '../courseLines';
import type { Line, Part } from '../draft';
import { recipientPart } from '../names';
import { due, fullMinuteZh, joint, listed, person, phoneOf, quoted, quotedByName, say, told } from '../parts';
import { countyPart } from './intake';

/** Fillers of this theme, by the name data use. */
export const ASKED: Readonly<Record<string, Filler<IncidentBrief>>> = {
  task_what: (brief) => ofTask(brief, (task) => line(taskPart(brief, task.id))),
  task_owner: (brief) => ofTask(brief, (task) => [...line(groupPart(brief, task.group)), person(brief, task.owner)]),
  task_due: (brief) => ofTask(brief, (task) => taskDue(brief, task)),
  task_given: (brief) => ofTask(brief, (task) => givenLine(brief, task)),
  task_report: (brief) => ofTask(brief, (task) => taskReport(brief, task)),
  directive_leader: (brief) => ofDirective(brief, (one) => [person(brief, one.leader)]),
  directive_date: (brief) => ofDirective(brief, (one) => [told(brief, one.version, fullMinuteZh(one.receivedAt))]),
  directive_words: (brief) => ofDirective(brief, (one) => line(quoted(brief, one.version, one.words))),
  directive_to: (brief) => ofDirective(brief, (one) => (one.assignee === null ? [] : [person(brief, one.assignee)])),
  directive_due: (brief) => ofDirective(brief, (one) => directiveDue(brief, one)),
  directive_feedback: (brief) => ofDirective(brief, (one) => feedback(brief, one)),
  call_caller: (brief) => ofCall(brief, (call) => [person(brief, call.by)]),
  call_party: (brief) => ofCall(brief, (call) => (call.party === null ? [] : [recipientPart(brief, { kind: 'party', id: call.party })])),
  call_spoke_with: (brief) => ofCall(brief, (call) => line(quotedByName(brief, call.version, call.spokeWith))),
  call_at: (brief) => ofCall(brief, (call) => [told(brief, call.version, fullMinuteZh(call.calledAt))]),
  call_words: (brief) => ofCall(brief, (call) => line(quoted(brief, call.version, call.text))),
  warning_words: (brief) => warned(brief, (part) => line(part)),
  warning_level: warningLevel,
  warning_at: (brief) => warned(brief, (_, version, at) => [told(brief, version, fullMinuteZh(at))]),
  lift_words: (brief) => lifted(brief, (part) => line(part)),
  lift_at: (brief) => lifted(brief, (_, version, at) => [told(brief, version, fullMinuteZh(at))]),
  area: (brief) => (countyPart(brief) === null ? NOTHING : [line(countyPart(brief))]),
  transfer_organ: (brief) => transferred(brief, (organ) => [recipientPart(brief, { kind: 'party', id: organ })]),
  transfer_why: (brief) => transferred(brief, (_, version, reason) => line(quoted(brief, version, reason))),
  duty_contact: dutyContact,
  issuer: ({ ctx }) => [[listed(ctx.office.organ)]],
};

function line(part: Part | null): Line {
  return part === null ? [] : [part];
}

function shown(found: Line): Filled {
  return found.length === 0 ? NOTHING : [found];
}

/** The task a paper is about, else the newest. */
function ofTask(brief: IncidentBrief, show: (task: TaskState) => Line): Filled {
  const { state } = brief.record;
  const task = state.tasks[brief.ctx.about ?? ''] ?? tasksInOrder(state).at(-1);
  return task === undefined ? NOTHING : shown(show(task));
}

function taskDue(brief: IncidentBrief, { id }: TaskState): Line {
  const row = deadlines(brief.ctx.rules, brief.record.state).find(({ key }) => key === `${TASK_DONE}:${id}`);
  return row === undefined ? [] : [due(row)];
}

function givenLine(brief: IncidentBrief, { version, givenAt, givenBy }: TaskState): Line {
  const at = told(brief, version, fullMinuteZh(givenAt));
  return givenBy === undefined ? [at] : say`${at}，${person(brief, givenBy)}`;
}

function taskReport(brief: IncidentBrief, { id }: TaskState): Line {
  const done = newestOf(brief.record, 'TaskCompleted', (event) => event.task === id);
  return done === null
    ? []
    : say`${told(brief, done.version, fullMinuteZh(done.at))}，${person(brief, done.event.by)}：${quoted(brief, done.version, done.event.text)}`;
}

function ofDirective(brief: IncidentBrief, show: (directive: DirectiveState) => Line): Filled {
  const { state } = brief.record;
  const directive = state.directives[brief.ctx.about ?? ''] ?? directivesInOrder(state).at(-1);
  return directive === undefined ? NOTHING : shown(show(directive));
}

function directiveDue(brief: IncidentBrief, { id }: DirectiveState): Line {
  const row = deadlines(brief.ctx.rules, brief.record.state).find(({ key }) => key.endsWith(`:${id}`) && key.startsWith('directive'));
  return row === undefined ? [] : [due(row)];
}

function feedback(brief: IncidentBrief, { id }: DirectiveState): Line {
  const answered = newestOf(brief.record, 'DirectiveAnswered', (event) => event.id === id);
  return answered === null
    ? []
    : say`${told(brief, answered.version, fullMinuteZh(answered.at))}，${person(brief, answered.event.by)}：${quoted(brief, answered.version, answered.event.text)}`;
}

type Call = IncidentState['calls'][number];

function ofCall(brief: IncidentBrief, show: (call: Call) => Line): Filled {
  const { calls } = brief.record.state;
  const call = calls.find(({ id }) => id === brief.ctx.about) ?? calls.at(-1);
  return call === undefined ? NOTHING : shown(show(call));
}

function warned(brief: IncidentBrief, show: (words: Part | null, version: number, at: number) => Line): Filled {
  const found = newestOf(brief.record, 'WarningIssued');
  return found === null ? NOTHING : shown(show(quoted(brief, found.version, found.event.text), found.version, found.at));
}

/** Only where the plan grants levels; a consumer alert bears no colour. */
function warningLevel(brief: IncidentBrief): Filled {
  const rank = newestOf(brief.record, 'WarningIssued')?.event.rank ?? null;
  return rank === null ? NOTHING : [[levelPart(brief, rank)]];
}

function lifted(brief: IncidentBrief, show: (words: Part | null, version: number, at: number) => Line): Filled {
  const found = newestOf(brief.record, 'WarningLifted');
  return found === null ? NOTHING : shown(show(quoted(brief, found.version, found.event.text), found.version, found.at));
}

function transferred(
  brief: IncidentBrief,
  show: (organ: string, version: number, reason: { readonly id: string; readonly commitment: string }) => Line,
): Filled {
  const found = newestOf(brief.record, 'IncidentTransferred');
  return found === null ? NOTHING : shown(show(found.event.organ, found.version, found.event.reason));
}

/** Whoever drafts it, with the duty room's own telephone; a person's own number stays masked. */
export function contactLine(brief: Pick<Brief, 'ctx' | 'form'>): Line {
  const { drafter, office } = brief.ctx;
  const name = drafter === null ? joint('值班室') : person(brief, drafter);
  const phone = office.phone === null ? (drafter === null ? null : phoneOf(brief, drafter)) : listed(office.phone);
  return [name, ...(phone === null ? [] : [joint('，电话'), phone])];
}

function dutyContact(brief: IncidentBrief): Filled {
  return [contactLine(brief)];
}
