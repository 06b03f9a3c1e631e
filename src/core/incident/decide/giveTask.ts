/** 任务: one person is given one piece of work; 收到 accepts it, 完成 is another word. */
import { holders, type PersonId } from '../../roster/roster';
import { unique } from '../audience';
import { countyPeople, mayAs } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';
import { concerned, inGroup, roomFor, workingGroup } from './workParts';

/** Refuses `no_such_person`, `not_concerned`, `not_authorised`, `what_required`, `due_passed`. */
export function giveTask(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'GiveTask'>): Decision {
  const { actor, at, seed } = envelope;
  const { owner, what, dueAt } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const usage = `#${state.n} 任务 @人 内容 时限`;
  const may = mayGive(scene, state, envelope, owner);
  if (!may.includes(person.id)) return refuse('not_authorised', '给此人交办任务不在您的权限内。', usage, may);
  const stranger = concerned(scene, state, owner, usage);
  if (stranger !== null) return stranger;
  if (what === null) return refuse('what_required', '任务须写明要做什么。', usage);
  if (dueAt !== null && dueAt <= at) return refuse('due_passed', '所写的完成时限已经过去。', usage);
  const id = `${seed}-0`;
  const group = workingGroup(scene, owner);
  return happened({
    ...doneBy(scene, envelope, person.id),
    type: 'TasksGiven',
    tasks: [{ id, template: null, what, owner, group, dueAt }],
    asked: [{ id, kind: 'task', person: owner, room: roomFor(scene, state, owner, actor.room), group, standInFor: null }],
    told: { rooms: [], people: [] },
  });
}

/** Command, duty room, emergency office and section in charge to everybody; a leader within the group, a county's head within the county. */
export function mayGive(scene: Scene, state: IncidentState, { at }: Envelope, owner: PersonId): readonly PersonId[] {
  const { rules, roster } = scene;
  const { commander, deputies } = rules.pack.command;
  const everywhere = [commander, ...deputies, 'duty_leader', 'duty_officer', 'emergency_office', 'section_in_charge'];
  const groups = [...rules.pack.groups, ...rules.pack.functions].filter((group) => inGroup(roster, group.id).includes(owner));
  const county = countyPeople(roster, state.county).includes(owner) ? holders(roster, 'territorial_head', state.county) : [];
  return unique([
    ...mayAs(scene, everywhere, state, at),
    ...groups.flatMap((group) => holders(roster, 'group_leader', group.id)),
    ...county,
  ]);
}
