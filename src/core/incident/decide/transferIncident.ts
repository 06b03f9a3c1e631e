/** 转办: another organ is competent; its receipt is recorded later. */
import { toldBut } from '../audience';
import { mayDo } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { leavingRooms } from './leaving';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** The organ is a party of the plan. Refuses `no_such_party`, `not_authorised`, `reason_required`; asks for a code. */
export function transferIncident(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'TransferIncident'>): Decision {
  const { rules } = scene;
  const { actor, at } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const organ = rules.pack.parties.find((party) => party.id === command.organ);
  if (organ === undefined)
    return refuse('no_such_party', '本预案没有列出这个单位。', `可转办：${rules.pack.parties.map((party) => party.zh).join('、')}`);
  const usage = `#${state.n} 转办 ${organ.zh} 理由`;
  const may = mayDo(scene, 'transfer', state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', '转办不在您的权限内。', usage, may);
  if (command.reason === null) return refuse('reason_required', '转办须写明理由。', usage);
  if (!command.confirmed)
    return { is: 'confirm', effect: `将事件 #${state.n} 转${organ.zh}办理，本局待其签收，提醒随即停止`, pages: [], open: [] };
  return happened({
    ...doneBy(scene, envelope, person.id),
    type: 'IncidentTransferred',
    organ: organ.id,
    reason: command.reason,
    told: toldBut(actor, leavingRooms(scene, state)),
  });
}
