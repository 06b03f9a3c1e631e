/** 启动: the response begins, the groups the pack names are called, leaders get a summary. */
import { levelOf } from '../../plans/rulebook';
import { calledAt, newlyCalled, noticeRooms, summaryReaders, unique, withIds } from '../audience';
import { mayAtLevel } from '../authority';
import type { Envelope, IncidentCommand } from '../commands';
import { refuse } from '../refusal';
import { type IncidentState, rankOf } from '../state';
import { type Decision, happened, knownPerson, type Scene } from './scene';

type Activate = Extract<IncidentCommand, { type: 'ActivateResponse' }>;

/** Refuses `not_graded`, `already_activated`, `not_authorised`, `nobody_to_call`; asks for a code that names who will be paged. */
export function activateResponse(
  { rules, roster }: Scene,
  state: IncidentState,
  { actor, at, seed }: Envelope,
  command: Activate,
): Decision {
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const level = levelOf(rules, rankOf(state));
  if (level === null) return refuse('not_graded', `事件 #${state.n} 尚未定级，不能启动响应。`, `先定级：#${state.n} 定级 级别`);
  if (state.activated !== null) return refuse('already_activated', `事件 #${state.n} 的响应已经启动。`, '');
  const may = mayAtLevel({ rules, roster }, 'activate', level.rank, state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', `启动${level.zh}响应不在您的权限内。`, `#${state.n} 启动`, may);
  const called = withIds(seed, newlyCalled(state, calledAt(rules, roster, level.rank, state.county)));
  if (called.length === 0) return refuse('nobody_to_call', '通讯录中没有可点名的人员。', '请应急办补全工作组名单或补充事发县区后再启动');
  if (!command.confirmed)
    return {
      is: 'confirm',
      effect: `启动事件 #${state.n} 的${level.zh}应急响应，并点名集结`,
      pages: unique(called.map((a) => a.person)),
      open: [],
    };
  return happened({
    type: 'ResponseActivated',
    v: 1,
    rank: level.rank,
    by: person.id,
    conversation: actor.conversation,
    asked: called,
    told: { rooms: noticeRooms(rules, roster, state.county).filter((room) => room !== actor.room), people: [] },
    summaries: summaryReaders(rules, roster, at),
  });
}
