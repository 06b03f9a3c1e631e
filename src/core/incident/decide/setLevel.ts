/** 定级: a named person fixes the level; the bot only proposed one. */
import { levelOf, type Rulebook } from '../../plans/rulebook';
import { commandRooms, dutyRooms, unique } from '../audience';
import { mayAtLevel } from '../authority';
import type { Envelope, IncidentCommand } from '../commands';
import { refuse } from '../refusal';
import { type IncidentState, rankOf } from '../state';
import { type Decision, happened, knownPerson, type Scene } from './scene';

type SetLevel = Extract<IncidentCommand, { type: 'SetLevel' }>;

/** Refuses `no_levels`, `no_such_level`, `already_graded`, `not_authorised`, `reason_required`; asks for a code first. */
export function setLevel({ rules, roster }: Scene, state: IncidentState, { actor, at }: Envelope, command: SetLevel): Decision {
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const level = levelOf(rules, command.rank);
  if (rules.pack.level_scheme === 'none') return refuse('no_levels', '本预案不分级。', '');
  if (level === null) return refuse('no_such_level', '本预案没有这个级别。', `可用级别：${signs(rules)}`);
  const current = levelOf(rules, rankOf(state));
  if (current !== null)
    return refuse('already_graded', `事件 #${state.n} 已定为${current.zh}。`, `要改变级别请输入：#${state.n} 调级 ${level.sign} 理由`);
  const may = mayAtLevel({ rules, roster }, 'set', level.rank, state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', `定为${level.zh}不在您的权限内。`, `#${state.n} 定级 ${level.sign}`, may);
  if (state.suggestion.rank !== null && state.suggestion.rank !== command.rank && command.reason === null)
    return refuse(
      'reason_required',
      `与建议级别 ${levelOf(rules, state.suggestion.rank)?.sign ?? ''} 不同，须写明理由。`,
      `#${state.n} 定级 ${level.sign} 理由`,
    );
  const mayActivate = mayAtLevel({ rules, roster }, 'activate', level.rank, state, at);
  if (!command.confirmed)
    return {
      is: 'confirm',
      effect: `将事件 #${state.n} 定为${level.zh}${level.set.status === 'proposed' ? '，报上级确认' : ''}，随后提请决定是否启动响应`,
      pages: [],
      open: [],
    };
  return happened({
    type: 'LevelSet',
    v: 1,
    rank: command.rank,
    status: level.set.status,
    by: person.id,
    conversation: actor.conversation,
    reason: command.reason,
    suggested: state.suggestion.rank,
    told: { rooms: unique([...dutyRooms(roster), ...commandRooms(rules, roster)]).filter((room) => room !== actor.room), people: [] },
    mayActivate,
  });
}

/** All level signs of the pack, gravest first. */
export function signs(rules: Rulebook): string {
  return rules.pack.levels.map((l) => l.sign).join('、');
}
