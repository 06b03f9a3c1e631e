/** 成员 加、减: who takes part in this incident beside, or instead of, those whom the plan names. */
import { holders, type PersonId } from '../../roster/roster';
import { callOf, isAdded, isRemoved, toldBut, unique, wantedCalls } from '../audience';
import { mayAs } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import { type IncidentState, responseRankOf } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';
import { concerned, followers, roomFor } from './workParts';

/**
 * Once the response runs the new member is called at once; before, at activation. Refuses `not_authorised`, `no_such_person`,
 * `not_concerned`, `no_such_group`, `already_member`.
 */
export function addMember(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'AddMember'>): Decision {
  const { actor, seed } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const usage = `#${state.n} 成员 加 @人 工作组`;
  const { group } = command;
  const may = mayChange(scene, state, envelope, group);
  if (!may.includes(person.id)) return refuse('not_authorised', '增加成员由负责指挥的人、值班人员或者本组负责人办理。', usage, may);
  const stranger = concerned(scene, state, command.person, usage);
  if (stranger !== null) return stranger;
  const known = [...scene.rules.pack.groups, ...scene.rules.pack.functions];
  if (group !== null && !known.some(({ id }) => id === group))
    return refuse('no_such_group', '预案里没有这个工作组。', `可写：${known.map(({ zh }) => zh).join('、')}`);
  if (takesPart(scene, state, command.person)) return refuse('already_member', '此人已经在本次响应的成员之中。', `#${state.n} 状态`);
  const call = callOf(command.person, group, roomFor(scene, state, command.person, null));
  return happened({
    ...doneBy(scene, envelope, person.id),
    ...{ type: 'MemberAdded', person: command.person, group },
    asked: state.activated === null ? [] : [{ ...call, id: `${seed}-0` }],
    told: toldBut(actor, followers(scene, state)),
  });
}

/** Nobody asks the person any more; work that is his has to be passed on first. Refuses `not_authorised`, `not_member`, `owes_work`, `reason_required`. */
export function removeMember(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'RemoveMember'>): Decision {
  const { actor } = envelope;
  const { reason } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const usage = `#${state.n} 成员 减 @人 理由`;
  const calls = Object.values(state.asks).filter((ask) => ask.kind === 'call_out' && ask.person === command.person);
  const may = mayChange(scene, state, envelope, calls.at(-1)?.group ?? null);
  if (!may.includes(person.id)) return refuse('not_authorised', '减少成员由负责指挥的人、值班人员或者本组负责人办理。', usage, may);
  if (!takesPart(scene, state, command.person)) return refuse('not_member', '此人不在本次响应的成员之中。', `#${state.n} 状态`);
  const owed = Object.values(state.tasks).filter((task) => task.owner === command.person && task.doneAt === null);
  if (owed.length > 0)
    return refuse('owes_work', `此人还有 ${owed.length} 项任务没有办完，请先转派。`, `#${state.n} 转派 任务编号 @人 理由`);
  if (reason === null) return refuse('reason_required', '减少成员须写明理由。', usage);
  return happened({
    ...doneBy(scene, envelope, person.id),
    ...{ type: 'MemberRemoved', person: command.person, reason },
    stoodDown: calls.flatMap((ask) => (ask.stoodDownAt === null ? [ask.id] : [])),
    told: toldBut(actor, followers(scene, state), [command.person]),
  });
}

/** Command and duty room everywhere, a leader within the group. */
function mayChange(scene: Scene, state: IncidentState, { at }: Envelope, group: string | null): readonly PersonId[] {
  const { commander, deputies } = scene.rules.pack.command;
  const everywhere = [commander, ...deputies, 'duty_leader', 'duty_officer', 'emergency_office'];
  const leaders = group === null ? [] : holders(scene.roster, 'group_leader', group);
  return unique([...mayAs(scene, everywhere, state, at), ...leaders]);
}

/** Called now or, before the response runs, to be called when it begins. */
function takesPart({ rules, roster }: Scene, state: IncidentState, person: PersonId): boolean {
  if (isRemoved(state, person)) return false;
  if (isAdded(state, person)) return true;
  if (state.activated === null) return false;
  const called = Object.values(state.asks).some((ask) => ask.kind === 'call_out' && ask.person === person && ask.stoodDownAt === null);
  return called || wantedCalls(rules, roster, state, responseRankOf(state)).some((call) => call.person === person);
}
