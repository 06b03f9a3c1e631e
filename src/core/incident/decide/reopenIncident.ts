/** 事态反复: the response goes on after its end; people are called again as at activation. */
import { responseRooms, summaryReaders, toldBut, unique, wantedCalls, withIds } from '../audience';
import { mayAtLevel, mayDo } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import { type IncidentState, responseRankOf } from '../state';
import { endingRank } from './ending';
import { tasksAt } from './initialTasks';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** Whoever may activate at the level it had, or whom the plan names for it. Refuses `not_authorised`, `reason_required`, `nobody_to_call`. */
export function reopenIncident(scene: Scene, state: IncidentState, envelope: Envelope, { reason }: CommandOf<'ReopenIncident'>): Decision {
  const { rules, roster } = scene;
  const { actor, at, seed } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const usage = `#${state.n} 事态反复 理由`;
  const may = unique([...mayAtLevel(scene, 'activate', endingRank(state), state, at), ...mayDo(scene, 'reopen', state, at)]);
  if (!may.includes(person.id)) return refuse('not_authorised', '宣布事态反复不在您的权限内。', usage, may);
  if (reason === null) return refuse('reason_required', '宣布事态反复须写明情况。', usage);
  const rank = responseRankOf(state);
  const called = withIds(seed, wantedCalls(rules, roster, state, rank));
  if (called.length === 0) return refuse('nobody_to_call', '通讯录中没有可点名的人员。', '请应急办补全工作组名单或补充事发县区');
  return happened(
    {
      ...doneBy(scene, envelope, person.id),
      type: 'IncidentReopened',
      reason,
      asked: called,
      told: toldBut(actor, responseRooms(rules, roster, state)),
      summaries: summaryReaders(rules, roster, at),
    },
    ...tasksAt(scene, state, envelope, { by: person.id, rank, called }),
  );
}
