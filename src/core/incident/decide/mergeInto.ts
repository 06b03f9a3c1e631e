/** 并案: this report goes on as another incident; decided here, taken in there in the same transaction. */
import { toldBut } from '../audience';
import { mayDo } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import { type IncidentState, openAsks } from '../state';
import { leavingRooms } from './leaving';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** Whoever was still asked here is told that the ask has ended. Refuses `same_incident`, `not_authorised`; asks for a code. */
export function mergeInto(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'MergeInto'>): Decision {
  const { actor, at } = envelope;
  const { n: into, reason } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  if (into === state.n) return refuse('same_incident', '不能并入自己。', `#${state.n} 并案 #另一事件`);
  const may = mayDo(scene, 'merge', state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', '并案不在您的权限内。', `#${state.n} 并案 #${into}`, may);
  if (!command.confirmed)
    return { is: 'confirm', effect: `将事件 #${state.n} 并入 #${into}，接报时间取较早的一次，本事件不再单独办理`, pages: [], open: [] };
  const asked = openAsks(state).map((ask) => ask.person);
  return happened({
    ...doneBy(scene, envelope, person.id),
    type: 'IncidentMerged',
    into,
    reason,
    told: toldBut(actor, leavingRooms(scene, state), asked),
  });
}
