/** 终止: whoever had the authority to activate declares the end; open obligations are listed first and then fall silent. */
import { deadlines } from '../../deadlines/deadlines';
import { levelOf, RECORD_DUE, type Rulebook, TASK_DONE } from '../../plans/rulebook';
import { RECORD_KINDS, type RecordKind } from '../../plans/schema/records';
import { responseRooms, summaryReaders, toldBut } from '../audience';
import { mayAtLevel } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import type { IncidentEvent } from '../events';
import { isOpen, recordKey, recordsInOrder, recordsOf } from '../records/find';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { hintFor } from './activateResponse';
import { endingRank, wrongGrounds } from './ending';
import { aftermathTasks } from './initialTasks';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/**
 * In one act where nobody proposed it before (README of the expected tables, 7). Refuses `not_authorised`, `reason_required`,
 * `no_such_ground`, `ground_required`; asks for a code.
 */
export function terminateResponse(
  scene: Scene,
  state: IncidentState,
  envelope: Envelope,
  command: CommandOf<'TerminateResponse'>,
): Decision {
  const { rules, roster } = scene;
  const { actor, at } = envelope;
  const { reason } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const rank = endingRank(state);
  const title = `${levelOf(rules, rank)?.zh ?? ''}应急响应`;
  const may = mayAtLevel(scene, 'terminate', rank, state, at);
  if (!may.includes(person.id))
    return refuse('not_authorised', '终止应急响应不在您的权限内。', hintFor(scene, state, person.id, '拟终止〔理由〕'), may);
  const usage = `#${state.n} 终止 理由`;
  if (reason === null) return refuse('reason_required', '终止响应须写明理由。', usage);
  const grounds = command.grounds ?? state.termination?.grounds ?? [];
  const wrong = wrongGrounds(rules, grounds, usage);
  if (wrong !== null) return wrong;
  const open = openAtEnd(rules, state);
  const missing = missingRecords(rules, state);
  const without = missing.length === 0 ? '' : `；尚未登记${missing.map((kind) => RECORD_KINDS[kind]).join('、')}`;
  if (!command.confirmed)
    return {
      is: 'confirm',
      effect: `终止事件 #${state.n} 的${title}，响应中的提醒随即停止，终报等后期事项除外${without}`,
      pages: [],
      open,
    };
  const by = doneBy(scene, envelope, person.id);
  const told = toldBut(actor, responseRooms(rules, roster, state));
  const proposed: IncidentEvent = { ...by, type: 'TerminationProposed', reason, grounds, mayDecide: [], told: { rooms: [], people: [] } };
  return happened(
    ...(state.termination === null ? [proposed] : []),
    { ...by, type: 'ResponseTerminated', reason, open, told, summaries: summaryReaders(rules, roster, at) },
    ...aftermathTasks(scene, state, envelope, person.id),
  );
}

/** Kinds of records that the plan wants before the end and that nobody has entered. */
function missingRecords({ pack }: Rulebook, state: IncidentState): readonly RecordKind[] {
  return pack.records.flatMap(({ kind, before_end }) => (before_end && recordsOf(state, kind).length === 0 ? [kind] : []));
}

/** Keys of deadlines still open, of tasks and records that are not done and have no moment of their own, and of records that are missing. */
function openAtEnd(rules: Rulebook, state: IncidentState): readonly string[] {
  const rows = deadlines(rules, state);
  const timed = new Set(rows.map((row) => row.key));
  const tasks = Object.values(state.tasks).filter((task) => task.doneAt === null && !timed.has(`${TASK_DONE}:${task.id}`));
  const records = recordsInOrder(state).filter((record) => isOpen(record) && !timed.has(recordKey(rules, record, record.period.n)));
  return [
    ...rows.flatMap((row) => (row.status === 'open' ? [row.key] : [])),
    ...tasks.map((task) => `${TASK_DONE}:${task.id}`),
    ...records.map((record) => `${RECORD_DUE}:${record.id}`),
    ...missingRecords(rules, state).map((kind) => `${RECORD_DUE}:${kind}`),
  ];
}
