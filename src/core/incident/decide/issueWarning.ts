/** 预警: the plan's warning is issued; it says nothing of how grave an incident is (procedure section 1.5). */

import { UNSPECIFIED } from '../../plans/packSchema';
import type { Rulebook } from '../../plans/rulebook';
import type { RoomId } from '../../roster/roster';
import { commandRooms, dutyRooms, incidentRooms, toldBut } from '../audience';
import { mayAs, mayDo } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { type Refusal, refuse } from '../refusal';
import type { IncidentState } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** The plan's issuer, else whoever approves public texts. Refuses `not_authorised`, `warning_without_levels`, `no_such_level`, `text_required`. A new warning takes the place of the old one. */
export function issueWarning(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'IssueWarning'>): Decision {
  const { actor, at } = envelope;
  const { rank, text } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const { issuer } = scene.rules.pack.warning;
  const may = issuer === UNSPECIFIED ? mayDo(scene, 'public_release', state, at) : mayAs(scene, [issuer], state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', '发布预警不在您的权限内。', `#${state.n} 预警`, may);
  const wrong = wrongGrade(scene.rules, rank, state.n);
  if (wrong !== null) return wrong;
  if (text === null) return refuse('text_required', '预警须写明内容和应采取的措施。', `#${state.n} 预警 内容`);
  return happened({
    ...doneBy(scene, envelope, person.id),
    type: 'WarningIssued',
    rank,
    text,
    told: toldBut(actor, warningRooms(scene, state)),
  });
}

/** Grades of a warning are the plan's own, counted from its first; where it has none, none may be used. */
function wrongGrade({ pack }: Rulebook, rank: number | null, n: number): Refusal | null {
  const { levels } = pack.warning;
  if (rank === null) return null;
  if (levels === UNSPECIFIED) return refuse('warning_without_levels', '本预案的预警不分级。', `#${n} 预警 内容`);
  return rank - 1 in levels ? null : refuse('no_such_level', '本预案没有这个预警级别。', `可用级别：${levels.join('、')}`);
}

/** Where a warning is announced; whoever saw it sees the lift. */
export function warningRooms({ rules, roster }: Scene, state: IncidentState): readonly RoomId[] {
  return [...dutyRooms(roster), ...commandRooms(rules, roster), ...incidentRooms(roster, state)];
}
