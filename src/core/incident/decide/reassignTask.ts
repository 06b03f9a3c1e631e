/** 转派: a task passes to somebody else; what it is and when it is due stay as they were. */
import { toldBut, unique } from '../audience';
import type { CommandOf, Envelope } from '../commands';
import { numberIn, tasksInOrder } from '../numbered';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { roomsOfTask } from './completeTask';
import { mayGive } from './giveTask';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';
import { concerned, isAbout, roomFor, workingGroup } from './workParts';

/**
 * Whoever gave it, or may give work to the new owner. The old owner is told and owes nothing more; the new one is asked at once.
 * Refuses `no_such_task`, `not_authorised`, `already_done`, `no_such_person`, `not_concerned`, `same_owner`, `reason_required`.
 */
export function reassignTask(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'ReassignTask'>): Decision {
  const { actor, seed } = envelope;
  const { owner, reason } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const task = state.tasks[command.task];
  if (task === undefined) return refuse('no_such_task', `事件 #${state.n} 没有这项任务。`, `#${state.n} 待办`);
  const usage = `#${state.n} 转派 ${numberIn(tasksInOrder(state), task.id)} @人 理由`;
  const giver = task.givenBy === undefined ? [] : [task.givenBy];
  const may = unique([...giver, ...mayGive(scene, state, envelope, owner)]);
  if (!may.includes(person.id)) return refuse('not_authorised', '任务由交办的人、负责指挥的人或者本组负责人转派。', usage, may);
  if (task.doneAt !== null) return refuse('already_done', '这项任务已经报完成，不能再转派。', `#${state.n} 状态`);
  const stranger = concerned(scene, state, owner, usage);
  if (stranger !== null) return stranger;
  if (owner === task.owner) return refuse('same_owner', '这项任务本来就由此人承办。', usage);
  if (reason === null) return refuse('reason_required', '转派任务须写明理由。', usage);
  const group = workingGroup(scene, owner);
  const open = Object.values(state.asks).filter((ask) => ask.kind === 'task' && ask.stoodDownAt === null && isAbout(ask, task.id));
  const room = roomFor(scene, state, owner, actor.room);
  return happened({
    ...doneBy(scene, envelope, person.id),
    ...{ type: 'TaskReassigned', task: task.id, from: task.owner, owner, group, reason },
    stoodDown: open.map((ask) => ask.id),
    asked: [{ id: `${seed}-0`, kind: 'task', person: owner, room, group, standInFor: null, about: task.id }],
    told: toldBut(
      actor,
      roomsOfTask(state, task).filter((other) => other !== room),
      [task.owner, ...giver],
    ),
  });
}
