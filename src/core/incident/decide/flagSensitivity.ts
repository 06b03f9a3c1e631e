/** 敏感: sensitivity beats grade; the leader on duty is called at once (procedure section 1.7). */
import type { PersonId } from '../../roster/roster';
import { keeping, toldBut, unique } from '../audience';
import { mayAs, mayDo } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';
import { followers } from './workParts';

/** The duty leader, section heads and above. Refuses `not_authorised`, `already_flagged`, `not_flagged`, `reason_required`. */
export function flagSensitivity(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'FlagSensitivity'>): Decision {
  const { roster } = scene;
  const { actor, at } = envelope;
  const { on, reason } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const usage = `#${state.n} ${on ? '敏感' : '解除敏感'} 理由`;
  const may = mayFlag(scene, state, envelope);
  if (!may.includes(person.id)) return refuse('not_authorised', '敏感由带班领导、科室负责人以上认定。', usage, may);
  if (state.sensitive === on)
    return on
      ? refuse('already_flagged', `事件 #${state.n} 已经标为敏感。`, `#${state.n} 状态`)
      : refuse('not_flagged', `事件 #${state.n} 没有标为敏感。`, `#${state.n} 状态`);
  if (reason === null) return refuse('reason_required', `${on ? '标为' : '解除'}敏感须写明理由。`, usage);
  const paged = on ? keeping(roster, 'duty_leader', at).filter((leader) => leader !== person.id) : [];
  const told = toldBut(actor, followers(scene, state));
  return happened({ ...doneBy(scene, envelope, person.id), type: 'SensitivityFlagged', on, reason, paged, told });
}

/** As high as for keeping a matter off the list, and the command. */
function mayFlag(scene: Scene, state: IncidentState, { at }: Envelope): readonly PersonId[] {
  const { commander, deputies } = scene.rules.pack.command;
  return unique([...mayDo(scene, 'dismiss', state, at), ...mayAs(scene, ['duty_leader', commander, ...deputies], state, at)]);
}
