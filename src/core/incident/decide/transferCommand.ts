/** 上级接管: a higher organ commands from now on; the record says which and since when. */
import { commanders, responseRooms, toldBut } from '../audience';
import { mayDo } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { notYet } from './moment';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** Refuses `not_authorised`, `organ_required`, `in_future`. A still higher organ may take over from the first. */
export function transferCommand(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'TransferCommand'>): Decision {
  const { rules, roster } = scene;
  const { actor, at } = envelope;
  const { organ, takenAt } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const usage = `#${state.n} 上级接管 机关 时间`;
  const may = mayDo(scene, 'taken_over', state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', '登记上级接管不在您的权限内。', usage, may);
  if (organ === null) return refuse('organ_required', '须写明由哪个上级机关接管。', usage);
  const early = notYet(takenAt, at, usage);
  if (early !== null) return early;
  return happened({
    ...doneBy(scene, envelope, person.id),
    type: 'CommandTransferred',
    organ,
    at: takenAt,
    told: toldBut(actor, responseRooms(rules, roster, state)),
    summaries: commanders(rules, roster),
  });
}
