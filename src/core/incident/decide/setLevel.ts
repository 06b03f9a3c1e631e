/** 定级: a named person fixes the level; the bot only proposed one. */
import type { PlanLevel } from '../../plans/packSchema';
import { levelOf } from '../../plans/rulebook';
import { commandRooms, decisionRooms, dutyRooms, incidentRooms, toldBut } from '../audience';
import { askedAtLevel, mayAtLevel } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import type { IncidentEvent } from '../events';
import { refuse } from '../refusal';
import { type IncidentState, rankOf } from '../state';
import { statusBy, wantedLevel } from './levelParts';
import { papersReassigned } from './reassignPapers';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** Refuses `no_levels`, `no_such_level`, `already_graded`, `not_authorised`, `reason_required`; asks for a code first. */
export function setLevel(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'SetLevel'>): Decision {
  const { rules, roster } = scene;
  const { actor, at } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const wanted = wantedLevel(rules, command.rank);
  if (wanted.is === 'refusal') return wanted;
  const { level } = wanted;
  const current = levelOf(rules, rankOf(state));
  if (current !== null) return refuse('already_graded', `事件 #${state.n} 已经定级。`, `要改变级别请输入：#${state.n} 调级 级别 理由`);
  const may = mayAtLevel(scene, 'set', level.rank, state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', '定为这一级别不在您的权限内。', `#${state.n} 定级 ${level.sign}`, may);
  const suggested = state.assessed?.rank ?? state.suggestion.rank;
  if (suggested !== null && suggested !== command.rank && command.reason === null)
    return refuse(
      'reason_required',
      `与建议级别 ${levelOf(rules, suggested)?.sign ?? ''} 不同，须写明理由。`,
      `#${state.n} 定级 ${level.sign} 理由`,
    );
  const mayActivate = askedAtLevel(scene, 'activate', level.rank, state, at);
  const status = statusBy(level);
  if (!command.confirmed) return { is: 'confirm', effect: effectOf(state, level), pages: mayActivate, open: [] };
  const rooms = [...dutyRooms(roster), ...commandRooms(rules, roster), ...incidentRooms(roster, state)];
  const by = doneBy(scene, envelope, person.id);
  const set: IncidentEvent = {
    ...by,
    type: 'LevelSet',
    v: 2,
    rank: command.rank,
    status,
    reason: command.reason,
    suggested,
    told: toldBut(actor, rooms),
    mayActivate,
    askedIn: decisionRooms(rules, roster, level.rank, state.county),
  };
  return happened(set, ...papersReassigned(scene, state, envelope, by, level.rank));
}

function effectOf({ n }: IncidentState, level: PlanLevel): string {
  const proposed = statusBy(level) === 'proposed' ? '，报上级确认，确认前本局先按此级别办理' : '';
  return `将事件 #${n} 定为${level.zh}${proposed}，随后提请决定是否启动响应`;
}
