/** 调级: the level moves up or down, people are newly called or stood down, all deadlines are counted anew. */
import type { PlanLevel } from '../../plans/packSchema';
import { graver, levelOf } from '../../plans/rulebook';
import { responseRooms, summaryReaders, toldBut } from '../audience';
import { mayAtLevel } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import type { IncidentEvent } from '../events';
import { refuse } from '../refusal';
import { type IncidentState, rankOf } from '../state';
import { tasksAt } from './initialTasks';
import { pagesOf, recallAt, statusBy, wantedLevel } from './levelParts';
import { papersReassigned } from './reassignPapers';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** The authority of the graver level decides. Refuses `no_levels`, `no_such_level`, `not_graded`, `same_level`, `reason_required`, `not_authorised`; asks for a code. */
export function changeLevel(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'ChangeLevel'>): Decision {
  const { actor, at } = envelope;
  const { reason } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const wanted = wantedLevel(scene.rules, command.rank);
  if (wanted.is === 'refusal') return wanted;
  const to = wanted.level;
  const from = levelOf(scene.rules, rankOf(state));
  if (from === null) return refuse('not_graded', `事件 #${state.n} 尚未定级。`, `先定级：#${state.n} 定级 ${to.sign}`);
  if (from.rank === to.rank) return refuse('same_level', `事件 #${state.n} 现在就是这一级别。`, '');
  if (reason === null) return refuse('reason_required', '调整级别须写明理由。', `#${state.n} 调级 ${to.sign} 理由`);
  const may = mayAtLevel(scene, 'set', (graver(to.rank, from.rank) ? to : from).rank, state, at);
  if (!may.includes(person.id))
    return refuse('not_authorised', '调整到这一级别不在您的权限内。', `#${state.n} 调级 ${to.sign}〔理由〕`, may);
  if (!command.confirmed)
    return { is: 'confirm', effect: effectOf(state, from, to), pages: pagesOf(state, recallAt(scene, state, envelope, to.rank)), open: [] };
  const by = doneBy(scene, envelope, person.id);
  return happened(...levelChanged(scene, state, envelope, { ...by, v: 2, from: from.rank, to: to.rank, status: statusBy(to), reason }));
}

type Change = Pick<
  Extract<IncidentEvent, { type: 'LevelChanged' }>,
  'v' | 'by' | 'conversation' | 'oral' | 'from' | 'to' | 'status' | 'reason'
>;

/** The change itself with whom it calls, stands down and tells, and the work of those newly called. */
export function levelChanged(scene: Scene, state: IncidentState, envelope: Envelope, change: Change): readonly IncidentEvent[] {
  const { rules, roster } = scene;
  const recall = recallAt(scene, state, envelope, change.to);
  const { by, conversation, oral } = change;
  return [
    {
      ...change,
      type: 'LevelChanged',
      ...recall,
      told: toldBut(envelope.actor, responseRooms(rules, roster, state)),
      summaries: summaryReaders(rules, roster, envelope.at),
    },
    ...tasksAt(scene, state, envelope, { by, rank: change.to, called: recall.asked }),
    ...papersReassigned(
      scene,
      state,
      envelope,
      { ...doneBy(scene, envelope, by), conversation, ...(oral === undefined ? {} : { oral }) },
      change.to,
    ),
  ];
}

function effectOf({ n }: IncidentState, from: PlanLevel, to: PlanLevel): string {
  const proposed = statusBy(to) === 'proposed' ? '，报上级确认，确认前先按此级别响应' : '';
  return `将事件 #${n} 由${from.zh}调整为${to.zh}${proposed}；未办结时限改级重计`;
}
