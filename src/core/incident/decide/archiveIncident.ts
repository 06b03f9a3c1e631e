/** 归档: the keeper of the archive closes the record once nothing the plan wants done first is open. */
import { mayDo } from '../authority';
import type { Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { blockingWork } from './aftermath';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** Told to nobody. Refuses `not_authorised`, and `aftermath_open` with the list of what is missing. */
export function archiveIncident(scene: Scene, state: IncidentState, envelope: Envelope): Decision {
  const person = knownPerson(envelope.actor);
  if (person.is === 'refusal') return person;
  const may = mayDo(scene, 'archive', state, envelope.at);
  if (!may.includes(person.id)) return refuse('not_authorised', '归档由档案人员办理。', `#${state.n} 归档`, may);
  const open = blockingWork(scene.rules, state).map((work) => work.zh);
  if (open.length > 0) return refuse('aftermath_open', `事件 #${state.n} 尚有事项没有办完，不能归档：${open.join('、')}。`, '办完后再归档');
  return happened({ ...doneBy(scene, envelope, person.id), type: 'IncidentArchived', told: { rooms: [], people: [] } });
}
