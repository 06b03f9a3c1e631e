/** 反馈: what was done about a leader's directive. */
import { dutyRooms, standInOf, toldBut, unique } from '../audience';
import { mayAs } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { directivesInOrder, numberIn } from '../numbered';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** The one it was sent to, his stand-in, or the duty room. Refuses `no_such_directive`, `not_authorised`, `already_answered`, `text_required`. */
export function answerDirective(
  scene: Scene,
  state: IncidentState,
  envelope: Envelope,
  { id, text }: CommandOf<'AnswerDirective'>,
): Decision {
  const { roster } = scene;
  const { actor, at } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const directive = state.directives[id];
  if (directive === undefined) return refuse('no_such_directive', `事件 #${state.n} 没有这条批示。`, `#${state.n} 状态`);
  const usage = `#${state.n} 反馈 ${numberIn(directivesInOrder(state), id)} 办理情况`;
  const { assignee } = directive;
  const own = assignee === null ? [] : [assignee, ...[standInOf(roster, assignee) ?? []].flat()];
  const may = unique([...own, ...mayAs(scene, ['duty_officer', 'duty_leader', 'emergency_office'], state, at)]);
  if (!may.includes(person.id)) return refuse('not_authorised', '批示由承办人或者值班室反馈。', usage, may);
  if (directive.answeredAt !== null) return refuse('already_answered', '这条批示已经反馈，无须重复。', `#${state.n} 状态`);
  if (text === null) return refuse('text_required', '反馈须写明办理情况。', usage);
  const told = toldBut(actor, dutyRooms(roster), [directive.leader]);
  return happened({ ...doneBy(scene, envelope, person.id), type: 'DirectiveAnswered', id, text, told });
}
