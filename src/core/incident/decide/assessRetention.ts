/** 保存评估: personal data are destroyed after the work, or kept because a named person says why and until when (procedure section 9.3). */
import type { PersonId } from '../../roster/roster';
import { dutyRooms, toldBut } from '../audience';
import { mayAs } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { type Refusal, refuse } from '../refusal';
import { purgeAfter } from '../retention';
import type { IncidentState } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

type Assess = CommandOf<'AssessRetention'>;

/** Refuses `not_authorised`, `reason_required`, `until_required`, `already_purged`; asks for a code. */
export function assessRetention(scene: Scene, state: IncidentState, envelope: Envelope, command: Assess): Decision {
  const { actor } = envelope;
  const { decision, until, reason } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const may = mayAssess(scene, state, envelope);
  const usage = `#${state.n} ${decision === 'hold' ? '保存评估 留存至〔日期〕〔理由〕' : '保存评估 销毁〔理由〕'}`;
  if (!may.includes(person.id)) return refuse('not_authorised', '个人信息的留存或销毁由局领导决定。', usage, may);
  const missing = whatIsMissing(state, envelope, command, usage);
  if (missing !== null) return missing;
  if (reason === null) return refuse('reason_required', '留存或销毁须写明理由。', usage);
  if (!command.confirmed) return { is: 'confirm', effect: effectOf(state, decision), pages: [], open: [] };
  const told = toldBut(actor, dutyRooms(scene.roster));
  return happened({ ...doneBy(scene, envelope, person.id), type: 'RetentionAssessed', decision, until, reason, told });
}

function effectOf({ n }: IncidentState, decision: Assess['decision']): string {
  return decision === 'hold'
    ? `批准留存事件 #${n} 的个人信息，到期自动销毁`
    : `销毁事件 #${n} 的全部原话、消息原文和发出内容，销毁后不能恢复，记录链不受影响`;
}

function whatIsMissing(state: IncidentState, { at }: Envelope, { decision, until }: Assess, usage: string): Refusal | null {
  if (state.purgedAt !== undefined) return refuse('already_purged', `事件 #${state.n} 的个人信息已经销毁。`, `#${state.n} 状态`);
  if (decision === 'purge') return null;
  return until === null || until <= at ? refuse('until_required', '留存须写明留存到哪一天，而且是以后的日期。', usage) : null;
}

/** Whoever signs papers for the office at any level, and the director; who keeps the archive only proposes. */
function mayAssess(scene: Scene, state: IncidentState, { at }: Envelope): readonly PersonId[] {
  const signers = scene.rules.pack.authority.filter((row) => row.act === 'sign').flatMap((row) => row.roles);
  return mayAs(scene, signers, state, at);
}

/** Written by the purge itself. Refuses `nothing_to_purge` before anybody decided and before the moment decided. */
export function recordPurge(
  _: Scene,
  state: IncidentState,
  { at }: Envelope,
  { texts, messages, payloads }: CommandOf<'RecordPurge'>,
): Decision {
  const due = purgeAfter(state);
  if (due === null || due > at || state.retention === undefined) return refuse('nothing_to_purge', `事件 #${state.n} 没有到期的销毁。`, '');
  return happened({ type: 'DataPurged', v: 1, by: state.retention.by, texts, messages, payloads });
}
