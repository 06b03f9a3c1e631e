/** 回执: the other organ has received what was handed over. */
import { dutyRooms, toldBut } from '../audience';
import { mayAs } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { notYet } from './moment';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** The duty room records it. Refuses `not_authorised`, `already_received`, `who_required`, `in_future`. */
export function recordReceipt(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'RecordReceipt'>): Decision {
  const { actor, at } = envelope;
  const { who, receivedAt } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const usage = `#${state.n} 回执 签收人 时间`;
  const may = mayAs(scene, ['duty_officer', 'duty_leader'], state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', '回执由值班室登记。', usage, may);
  if ((state.left?.receipt ?? null) !== null) return refuse('already_received', `事件 #${state.n} 的回执已经登记。`, '');
  if (who === null) return refuse('who_required', '须写明对方由谁签收。', usage);
  const early = notYet(receivedAt, at, usage);
  if (early !== null) return early;
  const told = toldBut(actor, dutyRooms(scene.roster));
  return happened({ ...doneBy(scene, envelope, person.id), type: 'TransferReceived', who, receivedAt, told });
}
