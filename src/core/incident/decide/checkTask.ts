/** 验收: whoever gave a task has looked at what was reported and finds it done. */
import { toldBut, unique } from '../audience';
import { mayAs } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { numberIn, tasksInOrder } from '../numbered';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { roomsOfTask } from './completeTask';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** Whoever gave it, or the commander; never the owner's own word. Refuses `no_such_task`, `not_authorised`, `not_done`, `already_checked`. */
export function checkTask(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'CheckTask'>): Decision {
  const { actor, at } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const task = state.tasks[command.task];
  if (task === undefined) return refuse('no_such_task', `事件 #${state.n} 没有这项任务。`, `#${state.n} 待办`);
  const usage = `#${state.n} 验收 ${numberIn(tasksInOrder(state), task.id)}`;
  const giver = task.givenBy === undefined ? [] : [task.givenBy];
  const may = unique([...giver, ...mayAs(scene, [scene.rules.pack.command.commander], state, at)]).filter((one) => one !== task.owner);
  if (!may.includes(person.id)) return refuse('not_authorised', '任务由交办的人或者负责指挥的人验收，承办人不验收自己的任务。', usage, may);
  if (task.doneAt === null) return refuse('not_done', '这项任务还没有报完成，不能验收。', `#${state.n} 待办`);
  if ((task.checkedAt ?? null) !== null) return refuse('already_checked', '这项任务已经验收。', `#${state.n} 状态`);
  return happened({
    ...doneBy(scene, envelope, person.id),
    type: 'TaskChecked',
    task: task.id,
    text: command.text,
    told: toldBut(actor, roomsOfTask(state, task), [task.owner]),
  });
}
