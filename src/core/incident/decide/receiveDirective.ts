/** 批示: a leader's words, word for word, go to the one who has to answer them. */
import { holders, nameOf, type PersonId } from '../../roster/roster';
import { commanders, dutyRooms, keeping, toldBut, unique } from '../audience';
import { mayAs, peopleOf } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { type Refusal, refuse } from '../refusal';
import type { IncidentState } from '../state';
import { notYet } from './moment';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';
import { concerned, roomFor, workingGroup } from './workParts';

type Receive = CommandOf<'ReceiveDirective'>;

/**
 * Duty officers, the emergency office, and the leader himself. Sent to nobody by name it is the section's in charge. Refuses `not_a_leader`,
 * `not_authorised`, `words_required`, `in_future`, `due_passed`, `no_such_person`, `not_concerned`, `assignee_required`.
 */
export function receiveDirective(scene: Scene, state: IncidentState, envelope: Envelope, command: Receive): Decision {
  const { actor, at, seed } = envelope;
  const { leader, words, receivedAt, dueAt } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const usage = `#${state.n} 批示 领导 原话 @承办人 时限`;
  const may = unique([...mayAs(scene, ['duty_officer', 'emergency_office'], state, at), leader]);
  const fault = notHeard(scene, command, usage) ?? notYet(receivedAt, at, usage);
  if (fault !== null) return fault;
  if (!may.includes(person.id)) return refuse('not_authorised', '批示由值班员、应急办或者领导本人登记。', usage, may);
  if (words === null) return refuse('words_required', '批示须逐字照录原话。', usage);
  if (dueAt !== null && dueAt <= at) return refuse('due_passed', '所写的反馈时限已经过去。', usage);
  const assignee = command.assignee ?? usualAssignee(scene, state, envelope);
  if (assignee === null) return refuse('assignee_required', '牵头科室无人，批示须写明交谁办理。', usage);
  const stranger = concerned(scene, state, assignee, usage);
  if (stranger !== null) return stranger;
  const id = `${seed}-0`;
  const room = roomFor(scene, state, assignee, actor.room);
  return happened({
    ...doneBy(scene, envelope, person.id),
    type: 'DirectiveReceived',
    id,
    leader,
    words,
    receivedAt,
    dueAt,
    asked: [{ id, kind: 'directive', person: assignee, room, group: workingGroup(scene, assignee), standInFor: null }],
    told: toldBut(
      actor,
      dutyRooms(scene.roster).filter((r) => r !== room),
    ),
  });
}

function notHeard(scene: Scene, { leader }: Receive, usage: string): Refusal | null {
  const leaders = leadersOf(scene);
  if (leaders.includes(leader)) return null;
  const names = leaders.map((one) => nameOf(scene.roster, one)).join('、');
  return refuse('not_a_leader', `批示须是局领导作出的，可写：${names}。`, usage, leaders);
}

/** The director, those who command, and whoever signs papers in the bureau's name, for this plan or another. */
function leadersOf({ rules, roster }: Scene): readonly PersonId[] {
  const slots = rules.pack.authority.flatMap((row) => (row.act === 'sign' ? row.roles : []));
  const signers = slots.flatMap((slot) => holders(roster, rules.pack.roles.find((role) => role.id === slot)?.bound_to?.role ?? slot));
  return unique([...holders(roster, 'director'), ...commanders(rules, roster), ...signers]);
}

function usualAssignee(scene: Scene, state: IncidentState, { at }: Envelope): PersonId | null {
  return peopleOf(scene, 'section_in_charge', state, at)[0] ?? keeping(scene.roster, 'duty_officer', at)[0] ?? null;
}
