/** 上级确认: a higher organ confirms the level this office could only propose, or names another. */
import { levelOf } from '../../plans/rulebook';
import { commanders, commandRooms, dutyRooms, incidentRooms, toldBut } from '../audience';
import { mayDo } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { levelChanged } from './changeLevel';
import { pagesOf, recallAt, wantedLevel } from './levelParts';
import { notYet } from './moment';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/**
 * Another level than the proposed one is a change of level at the word of the higher organ. Refuses `no_levels`, `no_such_level`,
 * `nothing_to_confirm`, `not_authorised`, `who_required`, `in_future`; asks for a code. A second confirmation confirms nothing.
 */
export function confirmLevel(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'ConfirmLevel'>): Decision {
  const { rules, roster } = scene;
  const { actor, at } = envelope;
  const { rank, who, confirmedAt } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const wanted = wantedLevel(rules, rank);
  if (wanted.is === 'refusal') return wanted;
  const current = state.levels.at(-1);
  if (current?.status !== 'proposed') return refuse('nothing_to_confirm', `事件 #${state.n} 没有待上级确认的级别。`, `#${state.n} 状态`);
  const may = mayDo(scene, 'confirm_by_superior', state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', '登记上级确认不在您的权限内。', `#${state.n} 上级确认`, may);
  const usage = `#${state.n} 上级确认 ${wanted.level.sign} 确认人 时间`;
  if (who === null) return refuse('who_required', '须写明上级由谁确认。', usage);
  const early = notYet(confirmedAt, at, usage);
  if (early !== null) return early;
  const other = rank !== current.rank;
  const from = levelOf(rules, current.rank)?.zh ?? '';
  if (!command.confirmed)
    return {
      is: 'confirm',
      effect: `登记上级确认事件 #${state.n} 为${wanted.level.zh}${other ? `，由${from}改级，未办结时限改级重计` : ''}`,
      pages: other ? pagesOf(state, recallAt(scene, state, envelope, rank)) : [],
      open: [],
    };
  const by = doneBy(scene, envelope, person.id);
  const change = { ...by, v: 2 as const, from: current.rank, to: rank, status: 'confirmed_by_superior' as const, reason: who };
  const rooms = [...dutyRooms(roster), ...commandRooms(rules, roster), ...incidentRooms(roster, state)];
  return happened(...(other ? levelChanged(scene, state, envelope, change) : []), {
    ...by,
    type: 'LevelConfirmed',
    rank,
    who,
    confirmedAt,
    told: toldBut(actor, other ? [] : rooms, other ? [] : commanders(rules, roster)),
  });
}
