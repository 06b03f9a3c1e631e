/** 明文: unmasked words or a number for one person who needs them, privately, with the reason on record (procedure section 9.3). */
import { roomsOf } from '../../roster/roster';
import { mayAs } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/**
 * The duty room and the emergency office, in a private chat, and only where the office's own chat may show everything: elsewhere what is
 * shown in a chat is always masked; the words of an evidence bundle are not shown there. Refuses `not_authorised`, `private_only`, `reveal_elsewhere`, `already_purged`, `reason_required`.
 */
export function revealWords(scene: Scene, state: IncidentState, envelope: Envelope, { what, reason }: CommandOf<'RevealWords'>): Decision {
  const { actor, at } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const usage = `#${state.n} 明文${what.is === 'phone' ? '〔@人〕' : ''}〔理由〕`;
  const may = mayAs(scene, ['duty_officer', 'duty_leader', 'emergency_office'], state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', '明文只给值班室和应急办看。', usage, may);
  if (actor.room !== null) return refuse('private_only', '明文不在群里显示，请私聊我再发一次。', usage);
  // A bundle is a file for whoever is logged in, it is not shown in a chat.
  if (what.is !== 'bundle' && roomsOf(scene.roster, 'duty')[0]?.exposure !== 'full')
    return refuse('reveal_elsewhere', '本单位的聊天平台不显示明文。', '完整号码请查值班通讯录，原文请登录查看');
  if (what.is === 'report' && state.purgedAt !== undefined)
    return refuse('already_purged', `事件 #${state.n} 的个人信息已经销毁。`, `#${state.n} 状态`);
  if (reason === null) return refuse('reason_required', '查看明文须写明理由，理由记入事件。', usage);
  return happened({ ...doneBy(scene, envelope, person.id), type: 'WordsRevealed', what, reason });
}
