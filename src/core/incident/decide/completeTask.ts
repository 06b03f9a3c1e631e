/** 完成: what came of a task, in words, with the evidence the plan wants. */
import { holders, type PersonId } from '../../roster/roster';
import { standInOf, toldBut, unique } from '../audience';
import type { CommandOf, Envelope } from '../commands';
import { numberIn, tasksInOrder } from '../numbered';
import { refuse } from '../refusal';
import type { IncidentState, TaskState } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';
import { isAbout } from './workParts';

/** Whoever gave it looks it over. Refuses `no_such_task`, `not_authorised`, `already_done`, `text_required`, `evidence_required`. */
export function completeTask(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'CompleteTask'>): Decision {
  const { actor } = envelope;
  const { text, evidence } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const task = state.tasks[command.task];
  if (task === undefined) return refuse('no_such_task', `事件 #${state.n} 没有这项任务。`, `#${state.n} 任务`);
  const usage = `#${state.n} 完成 ${numberIn(tasksInOrder(state), task.id)} 办理情况`;
  const may = mayComplete(scene, state, task);
  if (!may.includes(person.id)) return refuse('not_authorised', '任务由承办人、本组负责人或者替补报完成。', usage, may);
  if (task.doneAt !== null) return refuse('already_done', '这项任务已经报完成，无须重复。', `#${state.n} 状态`);
  if (text === null) return refuse('text_required', '报完成须写明办理情况。', usage);
  const wanted = evidenceFor(scene, task);
  if (wanted.length > 0 && evidence.length === 0)
    return refuse('evidence_required', `报完成须附凭据：${wanted.join('、')}。`, `${usage} 凭据`);
  return happened({
    ...doneBy(scene, envelope, person.id),
    type: 'TaskCompleted',
    task: task.id,
    text,
    evidence,
    told: toldBut(actor, roomsOfTask(state, task), task.givenBy === undefined ? [] : [task.givenBy]),
  });
}

/** The owner, the leader of the owner's group, the recorded stand-in and whoever was called in the owner's place. */
function mayComplete({ roster }: Scene, state: IncidentState, { id, owner, group }: TaskState): readonly PersonId[] {
  const called = Object.values(state.asks).flatMap((ask) =>
    ask.kind === 'task' && ask.stoodDownAt === null && isAbout(ask, id) ? [ask.person] : [],
  );
  const leaders = group === null ? [] : holders(roster, 'group_leader', group);
  return unique([owner, ...leaders, ...[standInOf(roster, owner) ?? []].flat(), ...called]);
}

/** What the step of the plan wants that the task belongs to. */
function evidenceFor({ rules }: Scene, { template }: TaskState): readonly string[] {
  return rules.pack.procedure.find((step) => step.tasks.some((task) => task.id === template))?.evidence ?? [];
}

/** Rooms in which somebody was asked for the task. */
export function roomsOfTask({ asks }: IncidentState, { id }: TaskState): readonly string[] {
  return Object.values(asks).flatMap((ask) => (ask.kind === 'task' && isAbout(ask, id) ? (ask.room ?? []) : []));
}
