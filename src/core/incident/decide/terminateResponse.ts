/** 终止: whoever had the authority to activate declares the end; open obligations are listed first and then fall silent. */
import { deadlines } from '../../deadlines/deadlines';
import { graver, levelOf } from '../../plans/rulebook';
import { noticeRooms, summaryReaders } from '../audience';
import { mayAtLevel } from '../authority';
import type { Envelope, IncidentCommand } from '../commands';
import { refuse } from '../refusal';
import { type IncidentState, rankOf } from '../state';
import { type Decision, happened, knownPerson, type Scene } from './scene';

type Terminate = Extract<IncidentCommand, { type: 'TerminateResponse' }>;

/** The graver of the level the response began at and the level now decides who may (decisions.md section 1). Refuses `not_activated`, `not_authorised`, `reason_required`; asks for a code. */
export function terminateResponse({ rules, roster }: Scene, state: IncidentState, { actor, at }: Envelope, command: Terminate): Decision {
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const now = rankOf(state);
  const level = levelOf(rules, state.activated !== null && graver(state.activated.rank, now) ? state.activated.rank : now);
  if (state.activated === null || level === null) return refuse('not_activated', `事件 #${state.n} 尚未启动响应，无须终止。`, '');
  const may = mayAtLevel({ rules, roster }, 'terminate', level.rank, state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', `终止${level.zh}响应不在您的权限内。`, `#${state.n} 终止〔理由〕`, may);
  if (command.reason === null) return refuse('reason_required', '终止响应须写明理由。', `#${state.n} 终止 理由`);
  const open = deadlines(rules, state).flatMap((d) => (d.status === 'open' ? [d.key] : []));
  if (!command.confirmed) return { is: 'confirm', effect: `终止事件 #${state.n} 的${level.zh}应急响应，全部提醒随即停止`, pages: [], open };
  return happened({
    type: 'ResponseTerminated',
    v: 1,
    by: person.id,
    conversation: actor.conversation,
    reason: command.reason,
    open,
    told: { rooms: noticeRooms(rules, roster, state.county).filter((room) => room !== actor.room), people: [] },
    summaries: summaryReaders(rules, roster, at),
  });
}
