/** 调级: the level moves up or down, people are newly called or stood down, all deadlines are counted anew. */

import { graver, levelOf } from '../../plans/rulebook';
import type { PersonId } from '../../roster/roster';
import { calledAt, newlyCalled, noticeRooms, summaryReaders, unique, withIds } from '../audience';
import { mayAtLevel } from '../authority';
import type { Envelope, IncidentCommand } from '../commands';
import { refuse } from '../refusal';
import { type AskState, type IncidentState, rankOf } from '../state';
import { type Decision, happened, knownPerson, type Scene } from './scene';
import { signs } from './setLevel';

type ChangeLevel = Extract<IncidentCommand, { type: 'ChangeLevel' }>;

/** The authority of the graver level decides. Refuses `no_levels`, `no_such_level`, `not_graded`, `same_level`, `reason_required`, `not_authorised`; asks for a code. */
export function changeLevel({ rules, roster }: Scene, state: IncidentState, { actor, at, seed }: Envelope, command: ChangeLevel): Decision {
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  if (rules.pack.level_scheme === 'none') return refuse('no_levels', '本预案不分级。', '');
  const to = levelOf(rules, command.rank);
  if (to === null) return refuse('no_such_level', '本预案没有这个级别。', `可用级别：${signs(rules)}`);
  const from = levelOf(rules, rankOf(state));
  if (from === null) return refuse('not_graded', `事件 #${state.n} 尚未定级。`, `先定级：#${state.n} 定级 ${to.sign}`);
  if (from.rank === to.rank) return refuse('same_level', `事件 #${state.n} 现在就是${from.zh}。`, '');
  if (command.reason === null) return refuse('reason_required', '调整级别须写明理由。', `#${state.n} 调级 ${to.sign} 理由`);
  const may = mayAtLevel({ rules, roster }, 'set', (graver(to.rank, from.rank) ? to : from).rank, state, at);
  if (!may.includes(person.id))
    return refuse('not_authorised', `由${from.zh}调整为${to.zh}不在您的权限内。`, `#${state.n} 调级 ${to.sign}〔理由〕`, may);
  const calls = state.activated === null ? [] : calledAt(rules, roster, to.rank, state.county);
  const asked = withIds(seed, newlyCalled(state, calls));
  const effect = `将事件 #${state.n} 由${from.zh}调整为${to.zh}${to.set.status === 'proposed' ? '，报上级确认，确认前先按此级别响应' : ''}；未办结时限改级重计`;
  const dismissed = noLongerCalled(state, calls);
  if (!command.confirmed) return { is: 'confirm', effect, pages: unique([...asked, ...dismissed].map((a) => a.person)), open: [] };
  return happened({
    type: 'LevelChanged',
    v: 1,
    from: from.rank,
    to: to.rank,
    status: to.set.status,
    by: person.id,
    conversation: actor.conversation,
    reason: command.reason,
    asked,
    stoodDown: dismissed.map((a) => a.id),
    stoodDownIn: unique(dismissed.flatMap((a) => a.room ?? [])),
    told: { rooms: noticeRooms(rules, roster, state.county).filter((room) => room !== actor.room), people: [] },
    summaries: summaryReaders(rules, roster, at),
  });
}

/** Members of groups whom the new level does not call, whether they have answered or not; the county stays with its incident. */
function noLongerCalled(state: IncidentState, calls: readonly { readonly person: PersonId }[]): readonly AskState[] {
  const still = new Set(calls.map((c) => c.person));
  return Object.values(state.asks).filter(
    (a) => a.kind === 'call_out' && a.group !== null && a.stoodDownAt === null && !still.has(a.standInFor ?? a.person),
  );
}
