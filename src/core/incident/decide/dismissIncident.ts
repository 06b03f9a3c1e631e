/** 不列入: no sudden incident, with the reason and the name of who decided so. */
import { toldBut } from '../audience';
import { mayDo } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import type { IncidentEvent } from '../events';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { warningRooms } from './issueWarning';
import { leavingRooms } from './leaving';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** A warning still in force is lifted by it: the risk is over. Refuses `not_authorised`, `reason_required`; asks for a code. */
export function dismissIncident(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'DismissIncident'>): Decision {
  const { actor, at } = envelope;
  const { reason } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const usage = `#${state.n} 不列入 理由`;
  const may = mayDo(scene, 'dismiss', state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', '不列入突发事件不在您的权限内。', usage, may);
  if (reason === null) return refuse('reason_required', '不列入突发事件须写明理由。', usage);
  const lifts = state.warning === null ? '' : '，同时解除预警';
  if (!command.confirmed) return { is: 'confirm', effect: `事件 #${state.n} 不列为突发事件${lifts}，提醒随即停止`, pages: [], open: [] };
  const by = doneBy(scene, envelope, person.id);
  const lift: IncidentEvent = { ...by, type: 'WarningLifted', text: reason, told: toldBut(actor, warningRooms(scene, state)) };
  return happened(...(state.warning === null ? [] : [lift]), {
    ...by,
    type: 'IncidentDismissed',
    reason,
    told: toldBut(actor, leavingRooms(scene, state)),
  });
}
