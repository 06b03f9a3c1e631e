/** 启动: the response begins, whoever the plan names is called, the plan's own tasks are given, leaders get a summary. */
import { levelOf } from '../../plans/rulebook';
import { nameOf, type PersonId } from '../../roster/roster';
import { newlyCalled, responseRooms, summaryReaders, toldBut, unique, wantedCalls, withIds } from '../audience';
import { isDeputy, mayAtLevel } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import { type IncidentState, rankOf } from '../state';
import { tasksAt } from './initialTasks';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';
import { wrongTrigger } from './trigger';

/** Refuses `not_graded`, `not_authorised`, `trigger_required`, `no_such_trigger`, `nobody_to_call`; asks for a code that names who will be paged. */
export function activateResponse(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'ActivateResponse'>): Decision {
  const { rules, roster } = scene;
  const { actor, at, seed } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const graded = rules.pack.level_scheme === 'graded';
  const level = levelOf(rules, rankOf(state));
  if (graded && level === null) return refuse('not_graded', `事件 #${state.n} 尚未定级，不能启动响应。`, `先定级：#${state.n} 定级 级别`);
  const rank = level?.rank ?? null;
  const title = `${level?.zh ?? ''}应急响应`;
  const may = mayAtLevel(scene, 'activate', rank, state, at);
  if (!may.includes(person.id))
    return refuse('not_authorised', '启动应急响应不在您的权限内。', hintFor(scene, state, person.id, '启动'), may);
  const trigger = command.trigger ?? state.assessed?.trigger ?? null;
  const wrong = wrongTrigger(rules, trigger, `#${state.n} 启动 情形`);
  if (wrong !== null) return wrong;
  const called = withIds(seed, newlyCalled(state, wantedCalls(rules, roster, state, rank)));
  if (called.length === 0) return refuse('nobody_to_call', '通讯录中没有可点名的人员。', '请应急办补全工作组名单或补充事发县区后再启动');
  if (!command.confirmed)
    return {
      is: 'confirm',
      effect: `启动事件 #${state.n} 的${title}${state.levels.at(-1)?.status === 'proposed' ? '（级别待上级确认，先按此级别响应）' : ''}，并点名集结`,
      pages: unique(called.map((a) => a.person)),
      open: [],
    };
  return happened(
    {
      ...doneBy(scene, envelope, person.id),
      type: 'ResponseActivated',
      rank,
      ...(trigger === null ? {} : { trigger }),
      asked: called,
      told: toldBut(actor, responseRooms(rules, roster, state)),
      summaries: summaryReaders(rules, roster, at),
    },
    ...tasksAt(scene, state, envelope, { by: person.id, rank, called }),
  );
}

/** What a deputy is told besides: he may once he is recorded as standing in. */
export function hintFor(scene: Scene, { n }: IncidentState, person: PersonId, verb: string): string {
  return isDeputy(scene, person) ? `须先由带班领导登记：#${n} 代行 @${nameOf(scene.roster, person)} 理由` : `#${n} ${verb}`;
}
