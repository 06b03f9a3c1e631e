/** 不适用: an obligation is set aside, never silently: with the reason and the name of who decided it. */
import { kindZh } from '../../plans/rulebook';
import { dutyRooms, toldBut } from '../audience';
import { mayDo } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import { type IncidentState, rankOf } from '../state';
import { openObligation, owing } from './obligations';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** Refuses what `openObligation` refuses, `not_authorised`, `reason_required`. */
export function waiveObligation(
  scene: Scene,
  state: IncidentState,
  envelope: Envelope,
  { key, reason }: CommandOf<'WaiveObligation'>,
): Decision {
  const { actor, at } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const found = openObligation(scene, state, key);
  if (found.is === 'refusal') return found;
  const usage = `#${state.n} 不适用 ${kindZh(scene.rules, found.row.kind)} 理由`;
  const may = mayDo(scene, 'not_applicable', state, at, rankOf(state));
  if (!may.includes(person.id)) return refuse('not_authorised', '认定不适用不在您的权限内。', usage, may);
  if (reason === null) return refuse('reason_required', '认定不适用须写明理由。', usage);
  const told = toldBut(actor, dutyRooms(scene.roster), owing(scene, state, found.row, at));
  return happened({ ...doneBy(scene, envelope, person.id), type: 'ObligationWaived', key, reason, told });
}
