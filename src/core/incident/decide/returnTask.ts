/** 退回任务: what was reported as done is not, and is asked for again. */
import { toldBut, unique } from '../audience';
import { mayAs } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { numberIn, tasksInOrder } from '../numbered';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { roomsOfTask } from './completeTask';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';
import { roomFor } from './workParts';

/** Whoever gave it, or the commander. Refuses `no_such_task`, `not_authorised`, `not_done`, `reason_required`. */
export function returnTask(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'ReturnTask'>): Decision {
  const { actor, at, seed } = envelope;
  const { reason } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const task = state.tasks[command.task];
  if (task === undefined) return refuse('no_such_task', `事件 #${state.n} 没有这项任务。`, `#${state.n} 任务`);
  const usage = `#${state.n} 退回任务 ${numberIn(tasksInOrder(state), task.id)} 理由`;
  const giver = task.givenBy === undefined ? [] : [task.givenBy];
  const may = unique([...giver, ...mayAs(scene, [scene.rules.pack.command.commander], state, at)]);
  if (!may.includes(person.id)) return refuse('not_authorised', '任务由交办的人或者负责指挥的人退回。', usage, may);
  if (task.doneAt === null) return refuse('not_done', '这项任务还没有报完成，不用退回。', `#${state.n} 状态`);
  if (reason === null) return refuse('reason_required', '退回任务须写明理由。', usage);
  const rooms = roomsOfTask(state, task);
  const room = rooms[0] ?? roomFor(scene, state, task.owner, actor.room);
  const again = { kind: 'task' as const, person: task.owner, room, group: task.group, standInFor: null, about: task.id };
  return happened({
    ...doneBy(scene, envelope, person.id),
    type: 'TaskReturned',
    task: task.id,
    reason,
    asked: [{ ...again, id: `${seed}-0` }],
    told: toldBut(actor, rooms.slice(1)),
  });
}
