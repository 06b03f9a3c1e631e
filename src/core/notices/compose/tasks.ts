/** Words that hand out work: a task to its owner, a leader's directive to who has to answer it. */
import { deadlines } from '../../deadlines/deadlines';
import type { Given } from '../../incident/events';
import { directivesInOrder, numberIn, tasksInOrder } from '../../incident/numbered';
import type { AskState, DirectiveState, TaskState } from '../../incident/state';
import { type Rulebook, TASK_DONE } from '../../plans/rulebook';
import type { Cited } from '../../plans/schema/cited';
import type { Intent } from '../intent';
import { full, type Line, type Message, open, summary } from '../message';
import { awaited, buttonOnly, calling, dueLine, isCard, standInLine } from './asks';
import { howToAnswer } from './intake';
import { clockText, message, people, person, quoted, said, type View } from './view';

/** A task of the plan by its id: of a step, of a group or function, or of what follows the end. */
export function templateOf({ pack }: Rulebook, id: string | null): (Pick<Cited, 'clause'> & { readonly zh: string }) | null {
  const all = [...pack.procedure, ...pack.groups, ...pack.functions].flatMap((part) => part.tasks);
  return [...all, ...pack.after_action].find((task) => task.id === id) ?? null;
}

/** The plan's own words may be seen in a summary, a person's only where everything may. */
export function taskLine(view: View, task: Given, label = '任务'): Line {
  const template = templateOf(view.rules, task.template);
  if (template !== null) return summary(`${label}：${template.zh}〔${template.clause}〕`);
  return full(`${label}：“`, said(view, task.what), '”');
}

/** Which task an act is about, and whose it is. */
export function taskOf(view: View, id: string): readonly Line[] {
  const task = view.state.tasks[id];
  return task === undefined ? [] : [taskLine(view, task), summary('承办：', person(view, task.owner))];
}

/**
 * The plan's own tasks came with the call and nobody is asked for them apart: the owner reads them in the private copy, where there is room
 * for them; the room is told how many there are.
 */
export function givenLines(view: View, { to }: Intent, asks: readonly AskState[]): readonly Line[] {
  const asked = new Set(Object.values(view.state.asks).map((a) => a.about ?? a.id));
  const owners = new Set(asks.map((a) => a.person));
  const own = Object.values(view.state.tasks).filter(
    (t) => t.doneAt === null && t.template !== null && owners.has(t.owner) && !asked.has(t.id),
  );
  if (own.length === 0) return [];
  if (!('person' in to)) return [summary(`另按预案交办任务 ${own.length} 项，见负责人私信`)];
  return [summary('您承办的任务：'), ...own.map((task) => summary(shortly(view, task)))];
}

function shortly(view: View, task: TaskState): string {
  const template = templateOf(view.rules, task.template);
  const due = doneBy(view, task);
  return `${template === null ? '任务' : `${template.zh}〔${template.clause}〕`}${due === null ? '' : `，${clockText(due, view.now)} 前`}`;
}

/** When the work itself is due; null where nothing times it. */
function doneBy(view: View, { id }: Given): number | null {
  return deadlines(view.rules, view.state).find((d) => d.key === `${TASK_DONE}:${id}`)?.dueAt ?? null;
}

/** 任务, to its owner: what, until when, and that 收到 is not yet 完成. Null once answered or done. */
export function taskGiven(view: View, intent: Intent): Message | null {
  const { n, tasks } = view.state;
  const asks = awaited(view, intent);
  const wanted = asks.flatMap((a) => tasks[a.about ?? a.id] ?? []).filter((t) => t.doneAt === null);
  if (wanted.length === 0) return null;
  const heading = intent.act?.type === 'TaskReturned' ? '任务退回，请重新办理' : '交办任务';
  if (isCard(intent)) return buttonOnly(view, intent, asks, heading);
  return message(
    view,
    heading,
    [
      ...called(view, asks),
      ...wanted.flatMap((task) => taskLines(view, task)),
      ...(intent.act?.type === 'TaskReturned' ? quoted(view, '退回理由', intent.act.reason) : []),
      ...dueLine(view, asks),
      open(...howToAnswer(n, intent.to), `；办完请回复：#${n} 完成〔任务编号〕〔办理情况〕`),
    ],
    calling(view, intent, asks),
  );
}

function taskLines(view: View, task: TaskState): readonly Line[] {
  const due = doneBy(view, task);
  return [
    taskLine(view, task, `任务（编号 ${numberIn(tasksInOrder(view.state), task.id)}）`),
    ...(due === null ? [] : [open(`请于 ${clockText(due, view.now)} 前办完`)]),
  ];
}

function called(view: View, asks: readonly AskState[]): readonly Line[] {
  const who = people(
    view,
    asks.map((a) => a.person),
  );
  return [...standInLine(view, asks), open('请办理：', ...who)];
}

/** 批示, to who has to answer it: word for word, by whom, until when. Null once answered. */
export function directiveGiven(view: View, intent: Intent): Message | null {
  const { n, directives } = view.state;
  const asks = awaited(view, intent);
  const wanted = asks.flatMap((a) => directives[a.about ?? a.id] ?? []).filter((d) => d.answeredAt === null);
  if (wanted.length === 0) return null;
  if (isCard(intent)) return buttonOnly(view, intent, asks, '领导批示，请办理');
  return message(
    view,
    '领导批示，请办理',
    [
      ...called(view, asks),
      ...wanted.flatMap((d) => [
        full(`批示（编号 ${numberIn(directivesInOrder(view.state), d.id)}）：`, person(view, d.leader), ' “', said(view, d.words), '”'),
        ...feedbackLine(view, d),
      ]),
      ...dueLine(view, asks),
      open(...howToAnswer(n, intent.to), `；办完请回复：#${n} 反馈〔批示编号〕〔办理情况〕`),
    ],
    calling(view, intent, asks),
  );
}

/** Until when its feedback is due: by the directive itself, else by the profile. */
function feedbackLine({ rules, state, now }: View, { id, dueAt }: DirectiveState): readonly Line[] {
  const due = dueAt ?? deadlines(rules, state).find((d) => d.kind === 'directive_feedback' && d.key.endsWith(`:${id}`))?.dueAt ?? null;
  return due === null ? [] : [open(`请于 ${clockText(due, now)} 前反馈`)];
}
