/** 进展: what a group or a county has done since, told to the rooms that follow the incident. */

import { holds, type PersonId } from '../../roster/roster';
import { dutyRooms, keeping, noticeRooms } from '../audience';
import { hasAnyRole } from '../authority';
import type { Envelope, IncidentCommand } from '../commands';
import { refuse } from '../refusal';
import { type IncidentState, openAsks } from '../state';
import { type Decision, happened, knownPerson, type Scene } from './scene';

type ReportProgress = Extract<IncidentCommand, { type: 'ReportProgress' }>;

/** Refuses `unknown_person` and, for guests and the system administrator (procedure.md section 4), `not_authorised`: the officer on duty takes it down for them. */
export function reportProgress({ rules, roster }: Scene, state: IncidentState, { actor, at }: Envelope, command: ReportProgress): Decision {
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  if (!hasAnyRole(roster, person.id) || holds(roster, person.id, 'sysadmin'))
    return refuse('not_authorised', '进展由工作组成员、属地局或值班人员报告。', '', keeping(roster, 'duty_officer', at));
  const group =
    roster.grants.find((g) => g.person === person.id && (g.role === 'group_leader' || g.role === 'group_member'))?.scope ?? null;
  const rooms = state.activated === null ? dutyRooms(roster) : noticeRooms(rules, roster, state.county);
  const by = { v: 1 as const, by: person.id, conversation: actor.conversation };
  const { text, step } = command;
  const called = step === undefined ? [] : calledToScene(state, person.id);
  return happened(
    {
      ...{ ...by, type: 'ProgressReported', text, group, ...(step === undefined ? {} : { step }) },
      told: { rooms: rooms.filter((room) => room !== actor.room), people: [] },
    },
    ...(called.length === 0 ? [] : [{ ...by, type: 'Acknowledged' as const, asks: called, via: 'text' as const }]),
  );
}

/** Whoever is on the way or there has heard the call, and is not asked for his 收到 any more. */
function calledToScene(state: IncidentState, person: PersonId): readonly string[] {
  const calls = openAsks(state).filter((ask) => ask.person === person && (ask.kind === 'call_out' || ask.kind === 'prior_handling'));
  return calls.map((ask) => ask.id);
}
