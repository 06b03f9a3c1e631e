/** 公开范围 摘要: the duty leader lets rooms that may see summaries see them of this incident (decisions.md section 6). */
import { toldBut } from '../audience';
import { mayDo } from '../authority';
import type { Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';
import { followers } from './workParts';

/** Refuses `not_authorised`, `already_widened`. No room is shown more than its own setting allows. */
export function widenExposure(scene: Scene, state: IncidentState, envelope: Envelope): Decision {
  const { actor, at } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const may = mayDo(scene, 'widen_exposure', state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', '公开范围由带班领导放宽。', `#${state.n} 公开范围 摘要`, may);
  if (state.exposure === 'summary') return refuse('already_widened', `事件 #${state.n} 的公开范围已经是摘要。`, `#${state.n} 状态`);
  const told = toldBut(actor, followers(scene, state));
  return happened({ ...doneBy(scene, envelope, person.id), type: 'ExposureWidened', exposure: 'summary', told });
}
