/** 响应级别: how strongly we act changes alone; the incident stays as grave as it is. */
import { graver, levelOf } from '../../plans/rulebook';
import { responseRooms, summaryReaders, toldBut } from '../audience';
import { mayAtLevel, mayDo } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import { type IncidentState, responseRankOf } from '../state';
import { tasksAt } from './initialTasks';
import { pagesOf, recallAt, wantedLevel } from './levelParts';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** Needs both the plan's power to change the response and the power over the graver of the two levels. Refuses as 调级; asks for a code. */
export function changeResponseLevel(
  scene: Scene,
  state: IncidentState,
  envelope: Envelope,
  command: CommandOf<'ChangeResponseLevel'>,
): Decision {
  const { rules, roster } = scene;
  const { actor, at } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const wanted = wantedLevel(rules, command.rank);
  if (wanted.is === 'refusal') return wanted;
  const to = wanted.level;
  const from = levelOf(rules, responseRankOf(state));
  if (from === null) return refuse('not_activated', `事件 #${state.n} 尚未启动响应。`, `#${state.n} 启动`);
  if (from.rank === to.rank) return refuse('same_level', `事件 #${state.n} 现在就按这一级别响应。`, '');
  if (command.reason === null) return refuse('reason_required', '调整响应级别须写明理由。', `#${state.n} 响应级别 ${to.sign} 理由`);
  const overLevel = mayAtLevel(scene, 'set', (graver(to.rank, from.rank) ? to : from).rank, state, at);
  const may = mayDo(scene, 'change_response_level', state, at).filter((p) => overLevel.includes(p));
  if (!may.includes(person.id))
    return refuse('not_authorised', '按这一级别响应不在您的权限内。', `#${state.n} 响应级别 ${to.sign}〔理由〕`, may);
  const recall = recallAt(scene, state, envelope, to.rank);
  const effect = `将事件 #${state.n} 的响应由${from.zh}调整为${to.zh}，事件级别不变；响应的未办结时限改级重计`;
  if (!command.confirmed) return { is: 'confirm', effect, pages: pagesOf(state, recall), open: [] };
  return happened(
    {
      ...doneBy(scene, envelope, person.id),
      type: 'ResponseLevelChanged',
      from: from.rank,
      to: to.rank,
      reason: command.reason,
      ...recall,
      told: toldBut(actor, responseRooms(rules, roster, state)),
      summaries: summaryReaders(rules, roster, at),
    },
    ...tasksAt(scene, state, envelope, { by: person.id, rank: to.rank, called: recall.asked }),
  );
}
