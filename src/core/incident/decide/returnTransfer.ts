/** 退回: the other organ sends it back; the officer on duty takes it up again like a report. */
import { dutyRooms, keeping, toldBut, withIds } from '../audience';
import { mayAs } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** The received time stays. Refuses `not_authorised`, `reason_required`. */
export function returnTransfer(scene: Scene, state: IncidentState, envelope: Envelope, { reason }: CommandOf<'ReturnTransfer'>): Decision {
  const { roster } = scene;
  const { actor, at, seed } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const may = mayAs(scene, ['duty_officer', 'duty_leader'], state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', '退回由值班室登记。', `#${state.n} 退回 理由`, may);
  if (reason === null) return refuse('reason_required', '退回须写明对方的理由。', `#${state.n} 退回 理由`);
  const officers = keeping(roster, 'duty_officer', at);
  const room = dutyRooms(roster)[0] ?? null;
  const called = officers.includes(person.id) ? [] : officers.slice(0, 1);
  return happened({
    ...doneBy(scene, envelope, person.id),
    type: 'TransferReturned',
    reason,
    asked: withIds(
      seed,
      called.map((officer) => ({ kind: 'duty_ack' as const, person: officer, room, group: null, standInFor: null })),
    ),
    told: toldBut(actor, dutyRooms(roster), keeping(roster, 'duty_leader', at)),
  });
}
